import '../node-version.js';
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { settingsIn } from '#config';
import { Mendable } from '#mendable';
import { checkCopy, putDatabase, settle } from '#store/copy';
import { keyFile, keyIn, makeKey } from '#store/key';

/**
 * npm run restore: puts a backup back, the database and its key; what was there is kept beside it.
 *   npm run restore -- DATABASE_FILE [KEY_FILE]
 */

const home = fileURLToPath(new URL('../..', import.meta.url));
const usage = `Say which backup: npm run restore -- backup/database/attune-….db backup/key/attune.db.key
The key may be left out where it is still in place, or in MEMBER_KEY.
`;

function restore(backup: string, keyBackup: string | undefined): string {
  const { database = join(home, 'attune.db'), memberKey } = settingsIn(home);
  // All that can be wrong is found before anything is changed.
  checkCopy(backup);
  const key = keyBackup === undefined ? undefined : keyIn(keyBackup);
  const there = keyFile(database);
  if (key === undefined && memberKey === undefined && !existsSync(there)) {
    return `There is no key at ${there}: name its backup too, else everybody's opt-in is lost. Nothing was changed.\n`;
  }
  if (key !== undefined && memberKey !== undefined && memberKey !== key) {
    return 'MEMBER_KEY in your settings is another key than the one you name. Take one of them away. Nothing was changed.\n';
  }
  const draft = `${database}.restoring`;
  const aside = `before-restore-${Date.now()}`;
  rmSync(draft, { force: true });
  copyFileSync(backup, draft);
  settle(draft);
  try {
    putDatabase(draft, database, `${database}.${aside}`);
  } finally {
    rmSync(draft, { force: true });
  }
  if (key !== undefined && memberKey === undefined && !(existsSync(there) && keyIn(there) === key)) {
    if (existsSync(there)) renameSync(there, `${there}.${aside}`);
    makeKey(there, key);
  }
  return '';
}

const { positionals } = parseArgs({ allowPositionals: true });
const [backup, keyBackup] = positionals.map((path) => resolve(path));
try {
  const refused = backup === undefined ? usage : restore(backup, keyBackup);
  if (refused) process.stderr.write(refused);
  else
    process.stdout.write('Restored. Start Attune again. What was there before is kept beside it (before-restore).\n');
  process.exitCode = refused ? 1 : 0;
} catch (error) {
  if (!(error instanceof Mendable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
