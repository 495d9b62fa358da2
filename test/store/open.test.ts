import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { hashesUnder } from '#store/hash';
import { openStore } from '#store/open';
import { keeps } from '#store/sweep';
import { HOUR } from '#store/times';
import type { Warning } from '#store/warnings';
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

onEachDatabase('the store', (database) => {
  test('keeps everything over a restart', async () => {
    const first = await withBen(database);
    await first.members.leavePostsOut(guild, ana, true);
    const asked = reply({ poster: cleo });
    await first.claim(asked);
    await first.counts.add(guild, '2025-05-14', 'advice', 'noted');
    await first.close();
    const store = await database.open();
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true, notedAt: midnight });
    expect(await store.members.of(guild, ana)).toMatchObject({ postsLeftOut: true });
    expect(await store.counts.since(guild, '2025-05-14')).toHaveLength(1);
    expect(await store.claim(asked)).toBeUndefined();
  });

  test('closing waits for what is under way, can be repeated, and ends the verbs', async () => {
    const store = await withBen(database);
    const under = store.members.leavePostsOut(guild, ana, true);
    await Promise.all([store.close(), store.close()]);
    await under;
    await expect(store.members.of(guild, ben)).rejects.toThrow();
    expect(await (await database.open()).members.of(guild, ana)).toMatchObject({ postsLeftOut: true });
  });

  test('under another key nobody is opted in, their rows stay, and it is reported', async () => {
    await (await withBen(database)).close();
    const warnings: Warning[] = [];
    const store = await database.open({ key: 'another secret', onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([{ warning: 'another key', rows: 1 }]);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    expect(await store.claim(reply())).toBeUndefined();
    await store.close();
    const back = await database.open({ onWarning: (warning) => warnings.push(warning) });
    expect(back.members.hasNotes(guild, ben)).toBe(true);
    expect(warnings).toHaveLength(1);
  });

  test('an empty key is refused', async () => {
    await expect(database.open({ key: ' ' })).rejects.toThrow('member key is empty');
  });
});

describe('the files of the store', () => {
  afterEach(() => folders.removeAll());
  const hashes = hashesUnder(key);

  /** A store on a file, with enough in it that pages split, merge and spill. */
  async function full() {
    const folder = folders.make();
    const path = join(folder, 'attune.db');
    const store = await openStore({ path, key });
    await store.guilds.save(guild, 0, on);
    await store.guilds.save(elsewhere, 0, on);
    const users = Array.from({ length: 300 }, (_, i) => `${200000000000000000n + BigInt(i)}`);
    for (const user of users) await store.members.turnOn(guild, user);
    await store.members.turnOn(elsewhere, ben);
    return { folder, path, store, users };
  }

  test('the bytes of deleted rows are gone from all files, while the store is open', async () => {
    const { folder, store, users } = await full();
    const gone = users.filter((_, i) => i % 3 === 0);
    expect(bytesIn(folder)).toContain(hashes.member(guild, gone[0] ?? ''));
    for (const [i, user] of gone.entries()) await store.members[i % 2 === 0 ? 'turnOff' : 'forget'](guild, user);
    const bytes = bytesIn(folder);
    // The tail of a hash as well: half of a row is a row too many.
    expect(gone.filter((user) => bytes.includes(hashes.member(guild, user).slice(-24)))).toEqual([]);
    expect(bytes).toContain(hashes.member(guild, users[1] ?? ''));
    await store.close();
  });

  test('the bytes of a guild that was left are gone after the sweep: its id, its members, its counts', async () => {
    const { folder, store, users } = await full();
    await store.counts.add(guild, '2025-05-14', 'advice', 'would');
    await store.claim(reply({ replier: users[0] ?? '' }));
    await store.guilds.gone(guild, noon);
    await store.sweep(noon + 31 * 86_400_000);
    const bytes = bytesIn(folder);
    expect(bytes).not.toContain(guild);
    expect(users.filter((user) => bytes.includes(hashes.member(guild, user).slice(-24)))).toEqual([]);
    expect(bytes).toContain(elsewhere);
    expect(bytes).toContain(hashes.member(elsewhere, ben));
    await store.close();
  });

  test('the bytes of old claims are gone after the sweep', async () => {
    const { folder, store } = await full();
    const asked = reply({ guild: elsewhere });
    expect(await store.claim(asked)).toBeDefined();
    const hash = hashes.message(asked.messages[0] ?? '');
    expect(bytesIn(folder)).toContain(hash);
    await store.sweep(noon + keeps.claims + HOUR);
    expect(bytesIn(folder)).not.toContain(hash);
    await store.close();
  });

  test('forgetting works while another connection reads; the last bytes go with the next sweep', async () => {
    const { folder, path, store, users } = await full();
    const [first = '', second = ''] = users;
    const reader = new Database(path, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from members').get();
    const started = performance.now();
    await store.members.forget(guild, first);
    await store.members.turnOff(guild, second);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(store.members.hasNotes(guild, first)).toBe(false);
    expect(await store.members.of(guild, second)).toMatchObject({ notes: false });
    expect(await store.claim(reply({ guild: elsewhere }))).toBeDefined();
    reader.close();
    await store.sweep(noon);
    const bytes = bytesIn(folder);
    for (const user of [first, second]) expect(bytes).not.toContain(hashes.member(guild, user).slice(-24));
    await store.close();
  });

  test('bytes that a kill left behind go with the first sweep of the next start', async () => {
    const { folder, path, store, users } = await full();
    const hash = hashes.member(guild, users[0] ?? '');
    // A process of its own that deletes and is gone before it can clean up: here a connection that never checkpoints.
    const other = new Database(path);
    other.pragma('secure_delete = ON');
    other.prepare('delete from members where hash = ?').run(hash);
    await store.sweep(noon);
    expect(bytesIn(folder)).not.toContain(hash);
    other.close();
    await store.close();
  });

  test('a deletion empties the write-ahead log; closing removes it', async () => {
    const { path, store, users } = await full();
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await store.members.forget(guild, users[0] ?? '');
    expect(statSync(`${path}-wal`).size).toBe(0);
    await store.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect(existsSync(`${path}-shm`)).toBe(false);
  });

  test('verbs, claims and sweeps at once do not get into each other’s way', async () => {
    const { store, users } = await full();
    const outcomes = await Promise.allSettled(
      users.flatMap((user, i) => [
        i % 2 === 0 ? store.members.forget(guild, user) : store.members.setPace(guild, user, 'every'),
        store.claim(reply({ replier: user, poster: ben })),
        store.counts.add(guild, '2025-05-14', 'advice', 'would'),
        i % 50 === 0 ? store.sweep(noon) : store.members.of(guild, user),
      ]),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(await store.counts.since(guild, '2025-05-14')).toMatchObject([{ n: 300 }]);
    await store.close();
  });

  test('a database in memory works and writes no file', async () => {
    const store = await openStore({ path: ':memory:', key });
    await store.guilds.save(guild, 0, on);
    await store.members.turnOn(guild, ben);
    expect(await store.claim(reply())).toBeDefined();
    await store.members.forget(guild, ben);
    await store.close();
    expect(existsSync(':memory:')).toBe(false);
  });
});
