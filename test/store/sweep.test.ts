import { expect, test } from 'vitest';
import { defaultSettings } from '#settings/settings';
import type { Store } from '#store/open';
import { keeps } from '#store/sweep';
import { DAY, HOUR } from '#store/times';
import { ana, ben, cleo, elsewhere, guild, midnight, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

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

  test('a guild that was left is forgotten by the process that would hear of its return, and by no other', async () => {
    const store = await database.open();
    for (const there of [guild, elsewhere]) {
      await store.guilds.save(there, 0, on);
      await store.guilds.gone(there, noon);
    }
    const revisions = () => [guild, elsewhere].map((there) => store.guilds.settings(there).revision);
    await store.sweep(noon + 31 * DAY, (one) => one === elsewhere);
    expect(revisions()).toEqual([1, 0]);
    await store.guilds.back(guild);
    await store.sweep(noon + 31 * DAY);
    expect(revisions()).toEqual([1, 0]);
  });

  test('a guild that was left is kept thirty days, then forgotten with its members and counts', async () => {
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

  test('lets others have their turn while it notes the months of many members', async () => {
    const store = await withBen(database);
    const [row] = await database.behind((db) => db.selectFrom('members').selectAll().execute());
    const many = Array.from({ length: 3_000 }, (_, at) => ({ ...row, hash: `${row?.hash.slice(0, -4)}${at}x` }));
    await database.behind(async (db) => {
      for (let from = 0; from < many.length; from += 500)
        await db
          .insertInto('members')
          .values(many.slice(from, from + 500) as never)
          .execute();
      await db.updateTable('members').set({ used: null }).execute();
    });
    let [turns, isOver] = [0, false];
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await store.sweep(noon);
    isOver = true;
    expect(turns).toBeGreaterThan(6);
    const left = await database.behind((db) =>
      db.selectFrom('members').where('used', 'is', null).selectAll().execute(),
    );
    expect(left).toEqual([]);
  });

  /** On its row: when it was last of use. */
  const months = () =>
    database.behind(async (db) =>
      (await db.selectFrom('members').select('used').orderBy('used').execute()).map(({ used }) => used),
    );
  const month = (text: string) => Date.parse(`${text}-15T12:00Z`);

  test('a row that was of no use goes when the month of a year ago is over, out of memory as well', async () => {
    const store = await withBen(database);
    await store.members.leavePostsOut(guild, ana, true);
    await store.sweep(month('2025-05'));
    expect(await months()).toEqual(['2025-05', '2025-05']);
    await store.sweep(month('2026-05'));
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    // Ben wrote, which was of use; Ana is gone.
    await store.sweep(month('2026-06'));
    expect(await months()).toEqual(['2026-06']);
    expect(await store.members.of(guild, ana)).toMatchObject({ postsLeftOut: false });
    await store.sweep(month('2027-07'));
    for (const open of [store, await database.open()]) {
      expect(open.members.hasNotes(guild, ben)).toBe(false);
      expect(await open.members.of(guild, ben)).toMatchObject({ notes: false });
    }
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
  });

  test.each<[string, (store: Store) => unknown]>([
    ['they wrote where somebody has notes', ({ members }) => members.hasNotes(guild, ana)],
    ['their row was looked up', ({ members }) => members.of(guild, ana)],
    ['they turned notes on once more', ({ members }) => members.turnOn(guild, ana)],
    ['they chose a pace', ({ members }) => members.setPace(guild, ana, 'week')],
    ['they snoozed', ({ members }) => members.snooze(guild, ana, noon)],
    ['they left their posts out', ({ members }) => members.leavePostsOut(guild, ana, true)],
    ['a note did not reach them', ({ members }) => members.dmsClosed(guild, ana)],
  ])('%s: that is use, and the row stays for another year', async (_, use) => {
    const store = await withBen(database);
    await store.members.turnOn(guild, ana);
    await store.sweep(month('2025-05'));
    await use(store);
    await store.sweep(month('2026-04'));
    await store.sweep(month('2026-06'));
    expect(await months()).toEqual(['2026-04']);
    expect(await store.members.of(guild, ana)).toMatchObject({ notes: true });
  });

  test('use of somebody of whom nothing is kept leaves no row', async () => {
    const store = await withBen(database);
    store.members.hasNotes(guild, ana);
    await store.members.of(guild, cleo);
    await store.sweep(noon);
    expect(await months()).toEqual(['2025-05']);
  });

  test('rows from before months were kept count from the first sweep', async () => {
    await withBen(database);
    await database.behind((db) => db.updateTable('members').set({ used: null }).execute());
    const store = await database.open();
    await store.sweep(month('2030-01'));
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    expect(await months()).toEqual(['2030-01']);
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
