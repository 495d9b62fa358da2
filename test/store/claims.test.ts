import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '#store/open';
import { beginningOf, DAY, HOUR, WEEK } from '#store/times';
import {
  ana,
  ben,
  bytesIn,
  cleo,
  elsewhere,
  folders,
  guild,
  key,
  midnight,
  noon,
  on,
  onEachDatabase,
  reply,
  withBen,
} from './databases.ts';

const noonOfDay = 12 * HOUR;

onEachDatabase('claims', (database) => {
  const rows = () => database.behind((db) => db.selectFrom('claims').selectAll().execute());

  test('an opted-in replier can be noted, and the day is kept', async () => {
    const store = await withBen(database);
    const claimed = await store.claim(reply());
    expect(claimed?.nonce).toMatch(/^[\w-]{1,25}$/);
    expect(await store.members.of(guild, ben)).toMatchObject({ notedAt: midnight });
    expect(await rows()).toHaveLength(1);
  });

  test('every claim has a nonce of its own', async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    const claims = await Promise.all(Array.from({ length: 20 }, () => store.claim(reply())));
    expect(new Set(claims.map((claimed) => claimed?.nonce)).size).toBe(20);
    expect(claims).not.toContain(undefined);
  });

  test.each(['every', 'day', 'week'] as const)(
    'one reply is claimed once at pace %s, however often it comes',
    async (pace) => {
      const store = await withBen(database);
      await store.members.setPace(guild, ben, pace);
      const asked = reply();
      const both = await Promise.all([store.claim(asked), store.claim(asked)]);
      expect(both.filter((claimed) => claimed !== undefined)).toHaveLength(1);
      expect(await store.claim({ ...asked, now: noon + 1000 })).toBeUndefined();
      expect(await (await database.open()).claim({ ...asked, now: noon + 2000 })).toBeUndefined();
    },
  );

  test('two stores on one database (an old process that is not quite gone) share the claims', async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    const other = await database.open();
    const [first, second] = [reply(), reply()];
    expect(await store.claim(first)).toBeDefined();
    expect(await other.claim(first)).toBeUndefined();
    expect(await other.claim(second)).toBeDefined();
    expect(await store.claim(second)).toBeUndefined();
  });

  test('two replies of one member at once get one note at pace day', async () => {
    const store = await withBen(database);
    const both = await Promise.all([store.claim(reply()), store.claim(reply())]);
    expect(both.filter((claimed) => claimed !== undefined)).toHaveLength(1);
    expect(await rows()).toHaveLength(1);
  });

  test('a reply of several messages is claimed whole, or not at all', async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    expect(await store.claim(reply({ messages: ['710000000000000001', '710000000000000002'] }))).toBeDefined();
    expect(await store.claim(reply({ messages: ['710000000000000002', '710000000000000003'] }))).toBeUndefined();
    expect(await rows()).toHaveLength(2);
    expect(await store.claim(reply({ messages: ['710000000000000003'] }))).toBeDefined();
  });

  test('a message that is named twice counts once; no message, no claim', async () => {
    const store = await withBen(database);
    expect(await store.claim(reply({ messages: [] }))).toBeUndefined();
    expect(await store.claim(reply({ messages: ['710000000000000001', '710000000000000001'] }))).toBeDefined();
  });

  test.each([
    ['every', 0, -1],
    ['day', 2 * DAY - noonOfDay, DAY],
    ['week', WEEK + DAY - noonOfDay, WEEK],
  ] as const)(
    'pace %s allows the next note after %i ms, when a day or week lies between, not before',
    async (pace, enough, tooSoon) => {
      const store = await withBen(database);
      await store.members.setPace(guild, ben, pace);
      expect(await store.claim(reply())).toBeDefined();
      if (tooSoon >= 0) expect(await store.claim(reply({ now: noon + tooSoon }))).toBeUndefined();
      expect(await store.claim(reply({ now: noon + enough }))).toBeDefined();
      expect(await store.members.of(guild, ben)).toMatchObject({ notedAt: beginningOf(DAY, noon + enough) });
    },
  );

  test('a snooze holds until the end of its day', async () => {
    const store = await withBen(database);
    await store.members.snooze(guild, ben, noon);
    const end = midnight + DAY;
    expect(await store.claim(reply({ now: end - 1 }))).toBeUndefined();
    expect(await store.claim(reply({ now: end }))).toBeDefined();
  });

  // What happened between the decision and the claim, each of which ends it and leaves no trace of it.
  const changes: [string, (store: Awaited<ReturnType<typeof withBen>>) => Promise<unknown>][] = [
    ['the replier turned notes off', (store) => store.members.turnOff(guild, ben)],
    ['the replier was forgotten', (store) => store.members.forget(guild, ben)],
    ['the replier snoozed', (store) => store.members.snooze(guild, ben, noon + 1)],
    ['the DMs turned out to be closed', (store) => store.members.dmsClosed(guild, ben)],
    ['the poster left their posts out', (store) => store.members.leavePostsOut(guild, ana, true)],
    ['the settings were saved, even with the same values', (store) => store.guilds.save(guild, 1, on)],
    ['the guild was switched off', (store) => store.guilds.save(guild, 1, { support: { ...on.support, mode: 'off' } })],
    ['Attune was removed', (store) => store.guilds.gone(guild, noon)],
  ];
  test.each(changes)('%s: no claim', async (_, change) => {
    const store = await withBen(database);
    await Promise.all([change(store), expect(store.members.of(guild, cleo)).resolves.toBeDefined()]);
    const before = await store.members.of(guild, ben);
    expect(await store.claim(reply())).toBeUndefined();
    expect(await rows()).toEqual([]);
    expect(await store.members.of(guild, ben)).toEqual(before);
  });

  test.each(changes)('%s, by another process: no claim', async (_, change) => {
    const store = await withBen(database);
    await change(await database.open());
    expect(await store.claim(reply())).toBeUndefined();
    expect(await rows()).toEqual([]);
  });

  test.each(['off', 'observe'] as const)('nobody is noted in mode %s', async (mode) => {
    const store = await withBen(database);
    await store.guilds.save(guild, 1, { support: { ...on.support, mode } });
    expect(await store.claim(reply({ revision: 2 }))).toBeUndefined();
    await store.guilds.save(guild, 2, on);
    expect(await store.claim(reply({ revision: 3 }))).toBeDefined();
  });

  test('a yes in one guild is none in another, and the choices of others do not matter', async () => {
    const store = await withBen(database);
    await store.guilds.save(elsewhere, 0, on);
    await store.members.leavePostsOut(elsewhere, ana, true);
    await store.members.leavePostsOut(guild, cleo, true);
    await store.members.leavePostsOut(guild, ben, true);
    await store.members.turnOff(guild, ana);
    expect(await store.claim(reply({ guild: elsewhere }))).toBeUndefined();
    expect(await store.claim(reply({ replier: cleo }))).toBeUndefined();
    expect(await store.claim(reply({ poster: cleo }))).toBeUndefined();
    expect(await store.claim(reply())).toBeDefined();
  });

  test('after a clock was set back the next note counts from its own time', async () => {
    const store = await withBen(database);
    expect(await store.claim(reply())).toBeDefined();
    expect(await store.claim(reply({ now: noon - DAY }))).toBeDefined();
    expect(await store.members.of(guild, ben)).toMatchObject({ notedAt: midnight - DAY });
    expect(await store.claim(reply({ now: noon - 1 }))).toBeUndefined();
  });
});

/** Another process that claims message after message. */
function claimer(path: string, round: number, howMany: number) {
  const script = join(import.meta.dirname, 'claimer.ts');
  const child = spawn(process.execPath, [script, path, key, `${round}`, `${howMany}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, exit: once(child, 'exit'), lines: createInterface({ input: child.stdout }) };
}

describe('other processes', () => {
  afterEach(() => folders.removeAll());

  test('of two that start at once and claim the same messages, each message goes to one', async () => {
    const path = join(folders.make(), 'attune.db');
    const both = [claimer(path, 1, 60), claimer(path, 1, 60)];
    const claimed = await Promise.all(both.map(({ lines }) => Array.fromAsync(lines)));
    expect(await Promise.all(both.map(async ({ exit }) => (await exit)[0]))).toEqual([0, 0]);
    expect(claimed.flat()).toHaveLength(60);
    expect(new Set(claimed.flat()).size).toBe(60);
  });

  test('a kill in the middle of claims leaves a database that opens and gives no claim again', async () => {
    const folder = folders.make();
    const path = join(folder, 'attune.db');
    for (const round of [1, 2, 3]) {
      const { child, exit, lines } = claimer(path, round, 1_000_000);
      const claimed: string[] = [];
      for await (const line of lines) {
        claimed.push(line);
        // Lines that were already on their way still come; the loop ends with the pipe.
        if (claimed.length === 25 + round * 7) child.kill('SIGKILL');
      }
      expect((await exit)[1]).toBe('SIGKILL');
      const store = await openStore({ path, key });
      for (const message of claimed) {
        expect(await store.claim(reply({ messages: [message] })), `message ${message}`).toBeUndefined();
      }
      expect(await store.claim(reply())).toBeDefined();
      await store.close();
      expect(bytesIn(folder)).not.toContain(ben);
    }
  });
});
