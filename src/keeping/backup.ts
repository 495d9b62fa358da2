import { existsSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { copyDatabase } from '#store/copy';
import { keyFile, keyIn, makeKey } from '#store/key';
import { keptIn, root, runForHost } from './host.ts';
import { backUpThere } from './postgres.ts';

/**
 * npm run backup: the database as one file, while the bot runs, and its key apart from it.
 *   npm run backup -- [--to FOLDER] [--key-to FOLDER]
 * Of PostgreSQL it says how.
 */

const apart = 'Keep the two in different places: whoever has both could test who opted in.\n';
const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(root, 'backup', 'database') },
    'key-to': { type: 'string', default: join(root, 'backup', 'key') },
  },
});

await runForHost(async () => {
  const { database, databaseUrl, memberKey } = keptIn(root);
  if (databaseUrl !== undefined) throw backUpThere(databaseUrl);
  const time = new Date().toISOString().slice(0, 23).replace('T', '-').replace(/[:.]/g, '');
  const to = resolve(values.to, `attune-${time}.db`);
  mkdirSync(resolve(values.to), { recursive: true, mode: 0o700 });
  await copyDatabase(database, to);
  return `The database is in ${to}\n${backUpKey(database, memberKey)}`;
});

/** A key does not change, so one copy is enough: it is only made where there is none. */
function backUpKey(database: string, fromEnv: string | undefined): string {
  if (fromEnv !== undefined)
    return 'The key is MEMBER_KEY in your settings (.env): keep a copy of it somewhere else.\n';
  const source = keyFile(database);
  const key = keyIn(source);
  const to = resolve(values['key-to'], basename(source));
  mkdirSync(resolve(values['key-to']), { recursive: true, mode: 0o700 });
  if (existsSync(to) && keyIn(to) === key) return `Its key is in ${to} (as before)\n${apart}`;
  const place = existsSync(to) ? to.replace(/\.key$/, `.${Date.now()}.key`) : to;
  makeKey(place, key);
  return `Its key is in ${place}\n${apart}`;
}
