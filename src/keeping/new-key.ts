import { holdAlone } from '#store/hold';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import { keptIn, root, runForHost } from './host.ts';

/** npm run new-key: says that the member key of before is lost. What was kept under it goes, and notes are sent again. */

await runForHost(async () => {
  const { database, memberKey: fromEnv } = keptIn(process.argv[2] ?? root);
  await holdAlone(database);
  const store = await openStore({ path: database, key: () => memberKey(database, fromEnv) });
  const rows = await store.acceptKey();
  await store.close();
  return rows === 0
    ? 'Nothing was kept under another key. Nothing was changed.\n'
    : `Forgotten: what ${rows} entries of members said under the old key. They have to turn notes on again, and those ` +
        'who wanted their posts left out have to say so again: tell them. Now start Attune.\n';
});
