import { openPlace } from '#store/place';
import { keptIn, root, runForHost } from './host.ts';

/** npm run new-key: says that the member key of before is lost. What was kept under it goes, and notes are sent again. */

await runForHost(async () => {
  const { database: path, databaseUrl: url, memberKey } = keptIn(process.argv[2] ?? root);
  const { store, close } = await openPlace({ path, url, memberKey });
  const rows = await store.acceptKey();
  await close();
  return rows === 0
    ? 'Nothing was kept under another key. Nothing was changed.\n'
    : `Forgotten: what ${rows} entries of members said under the old key. They have to turn notes on again, and those ` +
        'who wanted their posts left out have to say so again: tell them. Now start Attune.\n';
});
