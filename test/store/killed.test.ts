import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '#store/open';
import { isLong, often, within } from '../input/runs.ts';
import { folders, guild, key, noon, reply } from './databases.ts';
import { memberAt, settingsAt } from './steps.ts';

/** SIGKILL at whatever write: what was confirmed is there at the next start, whole, and nothing of what was taken back. */

afterEach(() => folders.removeAll());

/** After how many confirmed writes it is killed, and how many ms later, at one run after the other. */
type Moment = readonly [writes: number, after: number];
const everyDay: readonly Moment[] = [
  [7, 0],
  [12, 0],
  [23, 0],
  [38, 0],
];
const moment = fc.tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 5 }));
const { seed, numRuns } = often(12);
const moments: readonly Moment[] = isLong ? fc.sample(moment, { seed, numRuns }) : everyDay;

/** Writes until it is killed. Gives what was confirmed, by what it was. */
async function killedAt(path: string, from: number, [writes, after]: Moment): Promise<Map<string, number[]>> {
  const script = join(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, [script, path, key, `${from}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const confirmed = new Map<string, number[]>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', at] = line.split(' ');
    confirmed.set(what, [...(confirmed.get(what) ?? []), Number(at)]);
    count += 1;
    if (count === writes) setTimeout(() => child.kill('SIGKILL'), after);
  }
  expect((await exit)[1]).toBe('SIGKILL');
  return confirmed;
}

test(
  'every confirmed write is there, and none of them half',
  async () => {
    const path = join(folders.make(), 'attune.db');
    for (const [round, moment] of moments.entries()) {
      const from = round * 1_000;
      const confirmed = await killedAt(path, from, moment);
      const of = (what: string) => confirmed.get(what) ?? [];
      const store = await openStore({ path, key });
      const { revision, settings, unreadable } = store.guilds.settings(guild);
      expect(unreadable).toBeUndefined();
      expect(revision).toBeGreaterThanOrEqual(Math.max(...of('saved')));
      expect(settings.support).toEqual(settingsAt(revision).support);

      for (const at of of('on')) {
        const user = memberAt(at);
        const isOff = of('off').includes(at);
        const isForgotten = of('forgotten').includes(at);
        const member = await store.members.of(guild, user);
        // The one that was killed in the middle may be either way.
        const isLast = at === of('on').at(-1);
        if (isOff || isForgotten) expect(store.members.hasNotes(guild, user)).toBe(false);
        else if (!isLast) expect(store.members.hasNotes(guild, user)).toBe(true);
        expect(member.notes).toBe(store.members.hasNotes(guild, user));
        if (isForgotten) expect(await store.person.kept(user)).toEqual([]);
        else if (!isLast) {
          expect(member.postsLeftOut).toBe(true);
          expect(await store.needs.of(guild, user, user, noon)).toMatchObject({ want: 'ideas', message: user });
        }
      }
      for (const at of of('claimed')) {
        const again = reply({ replier: memberAt(at), messages: [memberAt(at)], revision });
        expect(await store.claim(again)).toBeUndefined();
      }
      await store.close();
    }
  },
  within(60_000),
);
