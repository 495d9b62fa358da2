import { expect, test } from 'vitest';
import { DAY, dayOf } from '#store/times';
import { ana, ben, elsewhere, guild, noon, on, onEachDatabase, withBen } from './databases.ts';

const today = dayOf(noon);
const yesterday = dayOf(noon - DAY);

onEachDatabase('days', (database) => {
  const rows = () => database.behind((db) => db.selectFrom('days').selectAll().execute());

  test('replies are in memory until the next sweep, and count at once', async () => {
    const { days, sweep } = await withBen(database);
    for (let n = 0; n < 3; n++) days.read(guild, today);
    expect(await days.since(guild, today)).toEqual([{ day: today, replies: 3 }]);
    expect(await rows()).toEqual([]);
    await sweep(noon);
    days.read(guild, today);
    expect(await days.since(guild, today)).toEqual([{ day: today, replies: 4 }]);
    await sweep(noon);
    await sweep(noon);
    expect(await days.since(guild, today)).toEqual([{ day: today, replies: 4 }]);
  });

  test('are kept over a restart', async () => {
    const store = await withBen(database);
    store.days.read(guild, yesterday);
    store.days.read(guild, today);
    await store.close();
    const { days } = await database.open();
    expect(await days.since(guild, yesterday)).toEqual([
      { day: yesterday, replies: 1 },
      { day: today, replies: 1 },
    ]);
    expect(await days.since(guild, today)).toHaveLength(1);
    expect(await days.since(elsewhere, yesterday)).toEqual([]);
  });

  test('none is lost when the database does not take them', async () => {
    const { days, sweep } = await withBen(database);
    days.read(guild, today);
    await database.behind((db) => db.schema.alterTable('days').renameTo('away').execute());
    await expect(sweep(noon)).rejects.toThrow();
    await database.behind((db) =>
      db.schema
        .alterTable('away' as never)
        .renameTo('days')
        .execute(),
    );
    await sweep(noon);
    expect(await days.since(guild, today)).toEqual([{ day: today, replies: 1 }]);
  });

  test('what is read in a guild that nobody set up is not kept, and stops nothing', async () => {
    const { days, sweep } = await withBen(database);
    days.read(elsewhere, today);
    days.read(guild, today);
    await sweep(noon);
    expect((await rows()).map((row) => row.guild)).toEqual([guild, guild]);
  });

  test('who has notes is noted down when a day has ended, once, and not when it changes later', async () => {
    const { days, members, sweep } = await withBen(database);
    await sweep(noon);
    await members.turnOn(guild, ana);
    await sweep(noon);
    expect(await days.since(guild, yesterday)).toEqual([{ day: yesterday, replies: 0, withNotes: 1 }]);
    days.read(guild, today);
    await sweep(noon + DAY);
    expect(await days.since(guild, yesterday)).toEqual([
      { day: yesterday, replies: 0, withNotes: 1 },
      { day: today, replies: 1, withNotes: 2 },
    ]);
  });

  test('a restart does not note an ended day down again', async () => {
    const first = await database.open();
    await first.guilds.save(guild, 0, on);
    await first.sweep(noon);
    await first.members.turnOn(guild, ben);
    await first.close();
    const { days, sweep } = await database.open();
    await sweep(noon);
    expect(await days.since(guild, yesterday)).toEqual([{ day: yesterday, replies: 0, withNotes: 0 }]);
  });

  test('go after ninety days, and with their guild', async () => {
    const { days, guilds, sweep } = await withBen(database);
    const old = dayOf(noon - 90 * DAY);
    for (const day of [old, today]) days.read(guild, day);
    await sweep(noon);
    expect(await days.since(guild, old)).toMatchObject([{ day: old }, { day: yesterday }, { day: today }]);
    await sweep(noon + DAY);
    expect((await days.since(guild, old))[0]).toMatchObject({ day: yesterday });
    await guilds.gone(guild, noon);
    await sweep(noon + 31 * DAY);
    expect(await rows()).toEqual([]);
  });
});
