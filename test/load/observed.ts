import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openStore } from '#store/open';
import type { Prepare } from './run.ts';

/** `npm run load -- --prepare test/load/observed.ts`: every server observes all replies in a third of its channels. */
const prepare: Prepare = async ({ folder, guilds }) => {
  const path = join(folder, 'attune.db');
  const store = await openStore({ path, key: randomBytes(32).toString('hex') });
  for (const { id, text } of guilds) {
    await store.guilds.save(id, 0, {
      support: { mode: 'observe', channels: text.slice(0, Math.ceil(text.length / 3)) },
    });
  }
  await store.close();
};
export default prepare;
