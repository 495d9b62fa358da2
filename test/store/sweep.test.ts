import { expect, test } from 'vitest';
import { defaultSettings } from '#settings/settings';
import { keeps } from '#store/sweep';
import { DAY, HOUR } from '#store/times';
import { ana, ben, elsewhere, guild, midnight, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

onEachDatabase('sweep', (database) => {
  test('claims go ten minutes after their hour, not before; the member stays', async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    const asked = reply();
    await store.claim(asked);
    await store.sweep(noon + HOUR + keeps.claims - 1);
    expect(await store.claim(asked)).toBeUndefined();
    await store.sweep(noon + HOUR + keeps.claims);
    expect(await database.behind((db) => db.selectFrom('claims').selectAll().execute())).toEqual([]);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true, notedAt: midnight });
  });

  test('a guild that was left is kept seven days, then forgotten with its members and counts', async () => {
    const store = await withBen(database);
    await store.members.leavePostsOut(guild, ana, true);
    await store.counts.add(guild, '2025-05-21', 'advice', 'noted');
    await store.guilds.gone(guild, noon);
    await store.sweep(noon + keeps.guildsGone);
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true });

    await store.sweep(noon + keeps.guildsGone + 1);
    for (const open of [store, await database.open()]) {
      expect(open.guilds.settings(guild)).toEqual({ revision: 0, settings: defaultSettings });
      expect(open.members.hasNotes(guild, ben)).toBe(false);
      expect(await open.members.of(guild, ana)).toMatchObject({ postsLeftOut: false });
      expect(await open.counts.since(guild, '2000-01-01')).toEqual([]);
    }
    expect(await database.everything()).not.toContain(guild);
  });

  test('a guild that was joined again in time is kept, and others are left alone', async () => {
    const store = await withBen(database);
    await store.guilds.save(elsewhere, 0, on);
    await store.members.turnOn(elsewhere, ben);
    await store.guilds.gone(guild, noon);
    await store.guilds.gone(elsewhere, noon);
    await store.guilds.back(guild);
    await store.sweep(noon + keeps.guildsGone + 1);
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(store.members.hasNotes(elsewhere, ben)).toBe(false);
  });

  test('a forgotten guild can be set up anew', async () => {
    const store = await withBen(database);
    await store.guilds.gone(guild, noon);
    await store.sweep(noon + keeps.guildsGone + 1);
    expect(await store.guilds.save(guild, 1, on)).toBe('changed meanwhile');
    expect(await store.guilds.save(guild, 0, on)).toBe('saved');
    expect(await store.claim(reply())).toBeUndefined();
  });

  test('counts go after ninety days, not before', async () => {
    const store = await database.open();
    for (const day of ['2025-02-12', '2025-02-13', '2025-05-14']) await store.counts.add(guild, day, 'advice', 'would');
    await store.sweep(noon);
    expect(await store.counts.since(guild, '2000-01-01')).toMatchObject([{ day: '2025-02-13' }, { day: '2025-05-14' }]);
  });

  test('the day of a note goes when no pace needs it any more, not before', async () => {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'week');
    await store.claim(reply());
    await store.sweep(midnight + keeps.noted - 1);
    expect(await store.members.of(guild, ben)).toMatchObject({ notedAt: midnight });
    await store.sweep(midnight + keeps.noted);
    expect(await store.members.of(guild, ben)).not.toHaveProperty('notedAt');
    expect(keeps.noted).toBe(8 * DAY);
  });

  test('with nothing old, nothing changes', async () => {
    const store = await withBen(database);
    await store.claim(reply());
    await store.sweep(noon);
    await store.sweep(noon);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true, notedAt: midnight });
    expect(await database.behind((db) => db.selectFrom('claims').selectAll().execute())).toHaveLength(1);
  });
});
