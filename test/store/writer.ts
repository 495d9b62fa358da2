/** Writes all that there is to write, one after the other, and prints each that is done. Started by killed.test.ts. */
import { writeSync } from 'node:fs';
import { openStore } from '#store/open';
import { guild, noon, reply } from './fixtures.ts';
import { memberAt, settingsAt } from './steps.ts';

const [path = '', key = '', from = '0'] = process.argv.slice(2);
const store = await openStore({ path, key });
const done = (what: string) => writeSync(1, `${what}\n`);
for (let at = Number(from); ; at += 1) {
  const user = memberAt(at);
  const { revision } = store.guilds.settings(guild);
  await store.guilds.save(guild, revision, settingsAt(revision + 1));
  done(`saved ${revision + 1}`);
  await store.members.turnOn(guild, user);
  done(`on ${at}`);
  await store.members.leavePostsOut(guild, user, true);
  done(`out ${at}`);
  await store.needs.put(guild, user, user, { want: 'ideas', since: noon, message: user });
  done(`need ${at}`);
  await store.claim(reply({ replier: user, messages: [user], revision: revision + 1 }));
  done(`claimed ${at}`);
  if (at % 3 === 1) {
    await store.members.turnOff(guild, user);
    done(`off ${at}`);
  }
  if (at % 3 === 2) {
    await store.person.forget(user);
    done(`forgotten ${at}`);
  }
  if (at % 5 === 0) await store.sweep(noon);
}
