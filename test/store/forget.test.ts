import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { defaultSettings } from '#settings/settings';
import { openStore } from '#store/open';
import { ana, ben, elsewhere, folders, guild, key, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

onEachDatabase('forgetGuild', (database) => {
  const full = async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    await store.members.leavePostsOut(guild, ana, true);
    await store.needs.put(guild, '500000000000000001', ana, {
      want: 'heard',
      since: noon,
      message: '700000000000000001',
    });
    await store.counts.add(guild, '2025-05-14', 'advice', 'noted');
    expect(await store.claim(reply({ poster: '100000000000000009' }))).toBeDefined();
    await store.members.receiveThanks(guild, ana, true);
    await store.thanks.give(guild, ben, '700000000000000002', noon);
    await store.ownPrompts.add(guild, { say: 'tea', families: [] }, noon);
    for (const day of ['2025-05-13', '2025-05-14']) {
      store.days.read(guild, day);
      if (day === '2025-05-13') await store.sweep(noon);
    }
    await store.guilds.save(elsewhere, 0, on);
    await store.members.turnOn(elsewhere, ben);
    return store;
  };

  test('nothing is left of it in any table, on the disk or in memory; another guild is left alone', async () => {
    const store = await full();
    await store.forgetGuild(guild);
    for (const open of [store, await database.open()]) {
      expect(open.guilds.settings(guild)).toEqual({ revision: 0, settings: defaultSettings });
      expect(open.members.hasNotes(guild, ben)).toBe(false);
      expect(open.members.hasThanks(guild, ana)).toBe(false);
      expect(await open.days.since(guild, '2000-01-01')).toEqual([]);
      expect(await open.ownPrompts.of(guild)).toEqual([]);
      expect(await open.person.kept(ana)).toEqual([]);
      expect(await open.person.kept(ben)).toMatchObject([{ table: 'members', guild: elsewhere, notes: 1 }]);
      expect(await open.counts.since(guild, '2000-01-01')).toEqual([]);
      expect(open.guilds.settings(elsewhere)).toEqual({ revision: 1, settings: on });
    }
    expect(await database.behind((db) => db.selectFrom('claims').selectAll().execute())).toEqual([]);
    expect(await database.everything()).not.toContain(guild);
  });

  test('it is as new, and can be set up again', async () => {
    const store = await full();
    await store.forgetGuild(guild);
    expect(await store.guilds.save(guild, 1, on)).toBe('changed meanwhile');
    expect(await store.guilds.save(guild, 0, on)).toBe('saved');
    expect(await store.claim(reply())).toBeUndefined();
    await store.members.turnOn(guild, ben);
    expect(await store.claim(reply())).toBeDefined();
  });

  test('nobody there is contacted from the moment of the call, and what waits behind it is not counted', async () => {
    const store = await full();
    const forgetting = store.forgetGuild(guild);
    const counting = store.counts.add(guild, '2025-05-14', 'advice', 'would');
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    await Promise.all([forgetting, counting]);
    expect(await database.everything()).not.toContain(guild);
  });

  test('a guild of which nothing is kept can be forgotten as well', async () => {
    const store = await database.open();
    await store.forgetGuild(guild);
    expect(store.guilds.settings(guild).revision).toBe(0);
  });
});

test('every table goes with the row of its guild, also one that comes later', async () => {
  const path = join(folders.make(), 'attune.db');
  await (await openStore({ path, key })).close();
  const db = new Database(path, { readonly: true });
  const all = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const own = all.filter((name) => !/^(sqlite|kysely)_/.test(name) && name !== 'guilds');
  const goes = (table: string) =>
    (db.pragma(`foreign_key_list(${table})`) as { table: string; on_delete: string }[]).some(
      (to) => to.table === 'guilds' && to.on_delete === 'CASCADE',
    );
  expect(own.length).toBeGreaterThan(3);
  expect(own.filter((table) => !goes(table))).toEqual([]);
  db.close();
  folders.removeAll();
});
