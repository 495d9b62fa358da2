import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase, partOf } from '#store/copy';
import { isThere } from '#store/files';
import { copiedKeyIn, keyFile, keyIn, makeKey } from '#store/key';
import { keptIn, root, runForHost, timeInName } from './host.ts';
import { backUpThere } from './postgres.ts';

/**
 * npm run backup: the database as one file, while the bot runs, and its key apart from it.
 *   npm run backup -- [--to FOLDER] [--key-to FOLDER]
 * Of PostgreSQL it says how.
 */

const apart = 'Keep the two in different places: whoever has both could test who opted in.\n';

await runForHost(async () => {
  const { values } = parseArgs({
    options: {
      to: { type: 'string', default: join(root, 'backup', 'database') },
      'key-to': { type: 'string', default: join(root, 'backup', 'key') },
    },
  });
  const { database, databaseUrl, memberKey } = keptIn(root);
  if (databaseUrl !== undefined) throw backUpThere(databaseUrl);
  const to = resolve(values.to, `attune-${timeInName()}.db`);
  mkdirSync(resolve(values.to), { recursive: true, mode: 0o700 });
  // Half a copy is of no use to anybody but a thief.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      rmSync(partOf(to), { force: true });
      process.exit(1);
    });
  await copyDatabase(database, to);
  try {
    // After it: a key that is changed in between opens what was copied before as well.
    return `The database is in ${to}\n${backUpKey(database, resolve(values['key-to']), memberKey)}`;
  } catch (error) {
    // It would look like the newest good one.
    rmSync(to, { force: true });
    throw error;
  }
});

/** A key seldom changes, so one copy is enough: it is only made where there is none. */
function backUpKey(database: string, folder: string, fromEnv: string | undefined): string {
  if (fromEnv !== undefined)
    return 'The key is MEMBER_KEY in your settings (.env): keep a copy of it somewhere else.\n';
  const source = keyFile(database);
  const key = keyIn(source);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const there = keysIn(folder);
  const same = there.find((file) => file.key === key);
  if (same) return `Its key is in ${same.path} (as before)\n${apart}`;
  const first = join(folder, basename(source));
  const to = isThere(first) ? first.replace(/\.key$/, `.${timeInName()}.key`) : first;
  makeKey(to, key);
  const older = there.filter((file) => key.startsWith(`${file.key}.`)).map(({ path }) => path);
  const useless = older.length > 0 ? `The key was changed since. Delete the older ones: ${older.join(', ')}\n` : '';
  return `Its key is in ${to}\n${useless}${apart}`;
}

/** What lies there and is no key, or may not be read, is none of ours. */
function keysIn(folder: string): { path: string; key: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.key'))
    .flatMap((name) => {
      const path = join(folder, name);
      try {
        return [{ path, key: copiedKeyIn(path) }];
      } catch {
        return [];
      }
    });
}
