// Starts src/main.ts in less memory: Node's own stripping of types keeps about 16 MB for the life of the process, so a
// child strips every file once (positions stay the same) and is gone. `node src/main.ts` does the same without this.
import './node-version.js';
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Not by name above: an old Node, which lacks them, would end before it is told which one is needed.
const { globSync, readFileSync } = fs;
const { registerHooks, stripTypeScriptTypes } = module;

const root = fileURLToPath(new URL('..', import.meta.url));
const self = fileURLToPath(import.meta.url);

if (process.argv[2] === '--strip') {
  // The town is left out: it is only for trying, and Node reads it by itself.
  const files = globSync(['src/**/*.ts', 'commands/**/*.ts'], { cwd: root, exclude: ['src/trying/**'] });
  const plain = files.map((file) => [
    pathToFileURL(`${root}${file}`).href,
    stripTypeScriptTypes(readFileSync(`${root}${file}`, 'utf8')),
  ]);
  process.stdout.write(JSON.stringify(plain));
} else {
  // Until main.ts has something to close.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] };
  const plain = new Map(JSON.parse(execFileSync(process.execPath, [self, '--strip'], options)));
  registerHooks({
    load(url, context, next) {
      const source = plain.get(url);
      plain.delete(url);
      return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true };
    },
  });
  await import('./main.ts');
}
