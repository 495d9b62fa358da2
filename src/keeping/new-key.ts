import { isThere } from '#store/files';
import { keyFile } from '#store/key';
import { openPlace } from '#store/place';
import { StoreError } from '#store/store-error';
import { keptIn, requireDatabase, root, runForHost } from './host.ts';

/** npm run new-key: says that the member key of before is lost. What was kept under it goes, and notes are sent again. */

await runForHost(async () => {
  const { database, databaseUrl: url, memberKey } = keptIn(process.argv[2] ?? root);
  if (url === undefined) requireDatabase(database);
  // A key that is made only now is another one for everybody; and the right one may be where this command does not look.
  if (memberKey === undefined && !isThere(keyFile(database)))
    throw new StoreError(
      `There is no key at ${keyFile(database)}, and no MEMBER_KEY. If Attune has one in settings that this command ` +
        'does not read (systemd: /etc/attune.env), docs/hosting.md shows how to give it. If it is lost, start Attune ' +
        'once: it makes a new one. Then run this again. Nothing was changed.',
    );
  const { store, close } = await openPlace({ path: database, url, memberKey });
  const rows = await store.acceptKey();
  await close();
  return rows === 0
    ? 'Nothing was kept under another key. Nothing was changed.\n'
    : `Forgotten: what ${rows} entries of members said under the old key. They have to turn notes on again, and those ` +
        'who wanted their posts left out have to say so again: tell them. Now start Attune.\n';
});
