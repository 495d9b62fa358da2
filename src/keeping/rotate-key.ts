import { rmSync } from 'node:fs';
import { holdAlone } from '#store/hold';
import { addToKey, keyFile, keyIn, makeKey, nextKeyFile, replaceKey } from '#store/key';
import { openStore } from '#store/open';
import { openPlace } from '#store/place';
import { StoreError } from '#store/store-error';
import type { OnWarning } from '#store/warnings';
import { keptIn, requireDatabase, root, runForHost } from './host.ts';

/**
 * npm run rotate-key: adds a secret to the member key, because somebody may have got hold of it. Nobody's choice is lost
 * (hash.ts says how). First the key is replaced, then the rows get their new names; what a kill leaves undone the next
 * start does, as it finds the rows of before.
 */

const afterwards = `make a new backup (npm run backup), and delete the copies of the key and of the database
from before: with both of those, what was kept then can still be tested.
`;

await runForHost(async () => {
  const { database, databaseUrl, memberKey: fromEnv } = keptIn(process.argv[2] ?? root);
  // PostgreSQL lets nobody else in while it is opened here, and its key is always in the settings.
  if (databaseUrl !== undefined && fromEnv !== undefined) {
    await requireFits((onWarning) => openPlace({ path: database, url: databaseUrl, memberKey: fromEnv, onWarning }));
    return inSettings(nextKeyFile(database), fromEnv);
  }
  requireDatabase(database);
  const letGo = await holdAlone(database);
  const openWith = (key: string) => (onWarning: OnWarning) => openStore({ path: database, key, onWarning });
  try {
    const file = keyFile(database);
    if (fromEnv !== undefined) {
      await requireFits(openWith(fromEnv));
      return inSettings(nextKeyFile(database), fromEnv);
    }
    const key = keyIn(file);
    await requireFits(openWith(key));
    const next = addToKey(key);
    replaceKey(file, next);
    await requireFits(openWith(next));
    return `The key in ${file} is a new one, and all that members chose is kept under it.\nNow start Attune. Then ${afterwards}`;
  } finally {
    letGo();
  }
});

/** Opens the database under a key, which gives all rows their names under it. */
async function requireFits(open: (onWarning: OnWarning) => Promise<{ close(): Promise<void> }>): Promise<void> {
  let strangers = 0;
  const opened = await open((warned) => {
    strangers += 'rows' in warned ? warned.rows : 0;
  });
  await opened.close();
  if (strangers === 0) return;
  throw new StoreError(
    'This is not the key that the database was written with. Put that one back first; if it is lost, run: npm run new-key\n' +
      'Nothing was changed.',
  );
}

/** Settings are a host's to write: the new key is kept where only they can read it, and shown nowhere. */
function inSettings(file: string, key: string): string {
  rmSync(file, { force: true });
  makeKey(file, addToKey(key));
  return `Nothing is changed yet: the key is MEMBER_KEY in your settings, and those are yours to write.
1. Put what is in ${file} behind MEMBER_KEY= there,
in place of the old key: one line, for every process if there are several. Show it to nobody.
2. Start Attune. Only then is what members chose kept under the new key, all of it.
3. Delete that file, ${afterwards}`;
}
