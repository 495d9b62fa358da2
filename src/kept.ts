import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What files hold, kept parsed under a hash of their text: to parse YAML takes a good part of a start (see start.js). */

type Parsed = Record<string, unknown>;

export function keeping(path: string) {
  let before: Parsed | undefined;
  const parsed: Parsed = {};
  return {
    /** What `parse` makes of a text, which must be JSON; it is not asked again when that was kept. */
    kept(text: string, parse: () => unknown): unknown {
      before ??= readParsed(path);
      const key = createHash('sha256').update(text).digest('base64');
      parsed[key] ??= before[key] ?? parse();
      return parsed[key];
    },
    /** Keeps all that was asked for until now, and nothing else. */
    keep(): void {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.${process.pid}`, JSON.stringify(parsed));
      renameSync(`${path}.${process.pid}`, path);
    },
  };
}

function readParsed(path: string): Parsed {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Parsed;
  } catch {
    return {};
  }
}

export const { kept, keep } = keeping(
  fileURLToPath(new URL('../node_modules/.cache/attune/parsed.json', import.meta.url)),
);
