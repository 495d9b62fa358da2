import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkCopy, putDatabase, settle } from '#store/copy';
import { holdAlone } from '#store/hold';
import { keyFile, keyIn, makeKey } from '#store/key';
import { StoreError } from '#store/store-error';
import { keptIn, root, runForHost } from './host.ts';
import { restoreThere } from './postgres.ts';

/**
 * npm run restore: puts a backup back, the database and its key; what was there is kept beside it.
 *   npm run restore -- DATABASE_FILE [KEY_FILE]
 * Of PostgreSQL it says how.
 */

const usage = `Say which backup: npm run restore -- backup/database/attune-….db backup/key/attune.db.key
The key may be left out where it is still in place, or in MEMBER_KEY.`;

async function restore(backup: string | undefined, keyBackup: string | undefined): Promise<string> {
  const { database, databaseUrl, memberKey } = keptIn(root);
  if (databaseUrl !== undefined) throw restoreThere(databaseUrl);
  if (backup === undefined) throw new StoreError(usage);
  // All that can be wrong is found before anything is changed.
  checkCopy(backup);
  const key = keyBackup === undefined ? undefined : keyIn(keyBackup);
  const there = keyFile(database);
  if (key === undefined && memberKey === undefined && !existsSync(there))
    throw new StoreError(
      `There is no key at ${there}: name its backup too, else everybody's opt-in is lost. Nothing was changed.`,
    );
  if (key !== undefined && memberKey !== undefined && memberKey !== key)
    throw new StoreError(
      'MEMBER_KEY in your settings is another key than the one you name. Take one of them away. Nothing was changed.',
    );
  // No bot may start between the two steps below.
  const letGo = await holdAlone(database, 0);
  const draft = `${database}.restoring`;
  const aside = `before-restore-${Date.now()}`;
  try {
    rmSync(draft, { force: true });
    copyFileSync(backup, draft);
    settle(draft);
    putDatabase(draft, database, `${database}.${aside}`);
    if (key !== undefined && memberKey === undefined && !(existsSync(there) && keyIn(there) === key)) {
      if (existsSync(there)) renameSync(there, `${there}.${aside}`);
      makeKey(there, key);
    }
  } finally {
    rmSync(draft, { force: true });
    letGo();
  }
  return 'Restored. Start Attune again. What was there before is kept beside it (before-restore).\n';
}

const { positionals } = parseArgs({ allowPositionals: true });
const [backup, keyBackup] = positionals.map((path) => resolve(path));
await runForHost(() => restore(backup, keyBackup));
