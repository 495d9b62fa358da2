/** Claims so many messages, one after the other, and prints each that it got. Started by claims.test.ts. */
import { writeSync } from 'node:fs';
import { openStore } from '#store/open';
import { ben, guild, on, reply } from './fixtures.ts';

const [path = '', key = '', round = '0', howMany = '0'] = process.argv.slice(2);
const store = await openStore({ path, key });
if (store.guilds.settings(guild).revision === 0) await store.guilds.save(guild, 0, on);
await store.members.turnOn(guild, ben);
await store.members.setPace(guild, ben, 'every');
for (let i = 0n; i < BigInt(howMany); i += 1n) {
  const message = `${BigInt(round) * 1_000_000n + 720000000000000000n + i}`;
  if ((await store.claim(reply({ messages: [message] }))) !== undefined) writeSync(1, `${message}\n`);
}
await store.close();
