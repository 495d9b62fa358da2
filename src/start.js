// Starts src/main.ts soon and in little memory. What Node compiles, and the JavaScript that it makes of TypeScript, is
// kept in node_modules/.cache/attune, and so is what the data holds. When a file has changed, a child fills it first:
// stripping types keeps 16 MB for the life of a process. Nothing depends on it: where it cannot be written, a start
// only takes longer and more memory. `node src/main.ts` does the same without all this.
import './node-version.js';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}node_modules/.cache/attune`;
const stamp = `${cache}/stamp`;

/** The files of a folder and below, without what is only for trying: Node reads that by itself. */
const filesIn = (folder) =>
  readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('trying'))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .sort();
const code = () => [...filesIn('src'), ...filesIn('commands')].filter((file) => file.endsWith('.ts'));

/** Changes whenever a file does, or Node, or how it is run. */
function now() {
  const files = [...code(), ...filesIn('data'), `${root}package-lock.json`];
  const state = files.map((file) => {
    const { mtimeMs, size } = statSync(file);
    return [file, mtimeMs, size];
  });
  return createHash('sha256')
    .update(JSON.stringify([state, process.version, process.execArgv]))
    .digest('hex');
}

function isWarm() {
  try {
    return readFileSync(stamp, 'utf8') === now();
  } catch {
    return false;
  }
}

/** Loads all that a start loads, and leaves it in the cache. */
async function warm() {
  const state = now();
  module.enableCompileCache(cache);
  const { load } = await import('./main.ts');
  const { keep } = await import('./kept.ts');
  await load();
  keep();
  module.flushCompileCache();
  writeFileSync(stamp, state);
}

if (process.argv[2] === '--warm') {
  // What is wrong is told by the start itself.
  await warm().catch(() => undefined);
} else {
  // Until main.ts has something to close.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
  if (!isWarm()) {
    const args = [...process.execArgv, fileURLToPath(import.meta.url), '--warm'];
    await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'exit').catch(() => undefined);
  }
  module.enableCompileCache(cache);
  const { start } = await import('./main.ts');
  await start();
  // What only the start needed is given back now; by itself V8 keeps it for as long as little is done.
  globalThis.gc?.({ type: 'major', flavor: 'last-resort' });
}
