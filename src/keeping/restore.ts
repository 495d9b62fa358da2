import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkCopy, generationsIn, putDatabase, settle } from '#store/copy';
import { isThere } from '#store/files';
import { hashesUnder } from '#store/hash';
import { holdAlone } from '#store/hold';
import { copiedKeyIn, keyFile, keyIn, makeKey } from '#store/key';
import { requireNoFolder } from '#store/sqlite';
import { StoreError } from '#store/store-error';
import { keptIn, root, runForHost, timeInName } from './host.ts';
import { restoreThere } from './postgres.ts';

/**
 * npm run restore: puts a backup back, the database and its key; what was there is kept beside it.
 *   npm run restore -- DATABASE_FILE [KEY_FILE | --key-lost]
 * Of PostgreSQL it says how.
 */

const usage = `Say which backup: npm run restore -- backup/database/attune-….db backup/key/attune.db.key
The key may be left out where it is still in place, or in MEMBER_KEY.`;

const whereNoKey = `name its backup too: npm run restore -- DATABASE_FILE KEY_FILE
If it is lost: npm run restore -- DATABASE_FILE --key-lost; then start Attune, and do what it says.
Nothing was changed.`;

await runForHost(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { 'key-lost': { type: 'boolean', default: false } },
  });
  const [backup, keyBackup] = positionals.map((path) => resolve(path));
  const { database, databaseUrl, memberKey } = keptIn(root);
  if (databaseUrl !== undefined) throw restoreThere(databaseUrl);
  if (backup === undefined || positionals.length > 2) throw new StoreError(usage);
  // All that can be wrong is found before anything is changed.
  checkCopy(backup);
  requireNoFolder(database);
  const key = keyFor(database, memberKey, keyBackup);
  if (!values['key-lost']) requireFits(backup, key.is, keyBackup ?? key.where);
  // No bot may start between the two steps.
  const letGo = await holdAlone(database, 0);
  const draft = `${database}.restoring`;
  const keyPath = keyFile(database);
  const isKeyAside = key.put !== undefined && isThere(keyPath);
  const isAside = isThere(database) || isKeyAside;
  const aside = `before-restore-${timeInName()}`;
  try {
    rmSync(draft, { force: true });
    copyFileSync(backup, draft);
    settle(draft);
    putDatabase(draft, database, `${database}.${aside}`);
    if (key.put !== undefined) {
      if (isKeyAside) renameSync(keyPath, `${keyPath}.${aside}`);
      makeKey(keyPath, key.put);
    }
  } finally {
    rmSync(draft, { force: true });
    letGo();
  }
  return `Restored. Start Attune again.${isAside ? ' What was there before is kept beside it (before-restore).' : ''}
What members chose or took back since that backup is as it was then, also a wish for no notes: tell them.
`;
});

/** The key that there will be afterwards, where it is from, and whether it has to be put in place. */
type Key = { is: string | undefined; where: string; put?: string };

function keyFor(database: string, fromEnv: string | undefined, keyBackup: string | undefined): Key {
  const named = keyBackup === undefined ? undefined : copiedKeyIn(keyBackup);
  // A key that something was added to opens what was written before as well, so it stays.
  const isOrGrewFrom = (key: string | undefined) =>
    named === undefined || key === named || key?.startsWith(`${named}.`) === true;
  if (fromEnv !== undefined) {
    if (isOrGrewFrom(fromEnv)) return { is: fromEnv, where: 'MEMBER_KEY' };
    throw new StoreError(
      'MEMBER_KEY in your settings is another key than the one you name. Take one of them away. Nothing was changed.',
    );
  }
  const where = keyFile(database);
  const there = keyThere(where, named !== undefined);
  return isOrGrewFrom(there) || named === undefined ? { is: there, where } : { is: named, where, put: named };
}

/** A damaged key is what another is put back for; without another it has to be told. */
function keyThere(path: string, mayBeDamaged: boolean): string | undefined {
  try {
    return isThere(path) ? keyIn(path) : undefined;
  } catch (error) {
    if (mayBeDamaged) return undefined;
    throw error;
  }
}

/** @throws StoreError where the choices in this backup could not be read with this key */
function requireFits(backup: string, key: string | undefined, where: string): void {
  if (key === undefined) throw new StoreError(`There is no key at ${where}: ${whereNoKey}`);
  const { generation, earlier } = hashesUnder(key);
  const written = generationsIn(backup);
  if (written.length === 0 || [...earlier, generation].some((one) => written.includes(one))) return;
  throw new StoreError(`The key in ${where} is not the one that this backup was written with: ${whereNoKey}`);
}
