import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { openStore } from '#store/open';
import { folders, guild, key, noon, reply } from './databases.ts';
import { memberAt, settingsAt } from './steps.ts';

/** SIGKILL at whatever write: what was confirmed is there at the next start, whole, and nothing of what was taken back. */

afterEach(() => folders.removeAll());

/** Writes until it is killed, so many confirmed writes later. Gives what was confirmed, by what it was. */
async function killedAfter(path: string, from: number, writes: number): Promise<Map<string, number[]>> {
  const script = join(import.meta.dirname, 'writer.ts');
  const child = spawn(process.execPath, [script, path, key, `${from}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  const confirmed = new Map<string, number[]>();
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', at] = line.split(' ');
    confirmed.set(what, [...(confirmed.get(what) ?? []), Number(at)]);
    count += 1;
    if (count === writes) child.kill('SIGKILL');
  }
  expect((await exit)[1]).toBe('SIGKILL');
  return confirmed;
}

test('every confirmed write is there, and none of them half', async () => {
  const path = join(folders.make(), 'attune.db');
  for (const [round, writes] of [7, 12, 23, 38].entries()) {
    const from = round * 1_000;
    const confirmed = await killedAfter(path, from, writes);
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
}, 60_000);
