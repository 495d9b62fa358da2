import { expect, test } from 'vitest';
import { defaultSettings } from '#settings/settings';
import { ana, ben, elsewhere, guild, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

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
