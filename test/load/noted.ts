import { join } from 'node:path';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import type { Prepare } from './run.ts';

/** `npm run load -- --prepare test/load/noted.ts`: notes are on in every server, in a third of its channels, and one in ten members wants them. */
const prepare: Prepare = async ({ folder, guilds }) => {
  const path = join(folder, 'attune.db');
  const store = await openStore({ path, key: memberKey(path) });
  for (const { id, text, people } of guilds) {
    await store.guilds.save(id, 0, { support: { mode: 'on', channels: text.slice(0, Math.ceil(text.length / 3)) } });
    for (const [at, person] of people.entries()) if (at % 10 === 0) await store.members.turnOn(id, person);
  }
  await store.close();
};
export default prepare;
