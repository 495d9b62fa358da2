import '../node-version.js';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingsIn } from '#config';
import { Mendable } from '#mendable';
import { holdAlone } from '#store/hold';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';

/** npm run new-key: says that the member key of before is lost. What was kept under it goes, and notes are sent again. */

const home = process.argv[2] ?? fileURLToPath(new URL('../..', import.meta.url));

try {
  const config = settingsIn(home);
  const path = config.database ?? join(home, 'attune.db');
  await holdAlone(path);
  const store = await openStore({ path, key: () => memberKey(path, config.memberKey) });
  const rows = await store.acceptKey();
  await store.close();
  process.stdout.write(
    rows === 0
      ? 'Nothing was kept under another key. Nothing was changed.\n'
      : `Forgotten: what ${rows} entries of members said under the old key. They have to turn notes on again, and those ` +
          'who wanted their posts left out have to say so again: tell them. Now start Attune.\n',
  );
} catch (error) {
  if (!(error instanceof Mendable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
