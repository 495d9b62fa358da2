import type { Migration } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrate, migrations } from '#store/migrations';
import { DAY } from '#store/times';
import { ana, ben, cleo, guild, noon, onEachDatabase, reply, withBen } from './databases.ts';

/**
 * What the database tells by itself, without the key, to somebody who has also seen the channel: when each message came
 * and from whom. A note follows its reply by a fixed pause; so no time of a member may be as fine as messages are.
 */

/** Half past two, and so many ms: the time of something that was said. */
const said = noon + 2.5 * 60 * 60_000 + 12_345;
const fine = /\d{4}-\d\d-\d\dT(?!00:00:00\.000Z)[\d:.]+Z/;

onEachDatabase('the database alone', (database) => {
  /** A member who did everything that is kept, and another who is named by what they said in the channel. */
  const everything = async () => {
    const store = await withBen(database);
    await store.members.turnOn(guild, ana);
    await store.claim(reply({ now: said }));
    await store.members.snooze(guild, ben, said + 7 * DAY);
    await store.members.dmsClosed(guild, ben);
    await store.members.leavePostsOut(guild, cleo, true);
    await store.needs.put(guild, '500000000000000001', ana, {
      want: 'heard',
      since: said,
      message: '700000000000000009',
    });
    await store.counts.add(guild, '2025-05-14', 'advice', 'noted');
    return store;
  };

  test('tells of a member no time finer than a day, and of a claim none finer than an hour', async () => {
    await everything();
    const members = await database.behind((db) => db.selectFrom('members').selectAll().execute());
    expect(JSON.stringify(members)).toContain('2025-05-14T00:00:00.000Z');
    expect(JSON.stringify(members)).not.toMatch(fine);
    const claims = await database.behind((db) => db.selectFrom('claims').selectAll().execute());
    expect(claims.map(({ at }) => at)).toEqual(['2025-05-14T14:00:00.000Z']);
  });

  test('does not tell which member it is who said in the channel what they need', async () => {
    const store = await everything();
    const needs = await database.behind((db) => db.selectFrom('needs').selectAll().execute());
    const members = await database.behind((db) => db.selectFrom('members').selectAll().execute());
    expect(needs).toHaveLength(1);
    const names = members.map(({ hash }) => hash);
    for (const value of needs.flatMap((row) => Object.values(row))) expect(names).not.toContain(value);
    // With the key both are found.
    expect((await store.person.kept(ana)).map(({ table }) => table).sort()).toEqual(['members', 'needs']);
    await store.person.forget(ana);
    expect(await store.person.kept(ana)).toEqual([]);
    expect(await database.behind((db) => db.selectFrom('needs').selectAll().execute())).toEqual([]);
  });

  test('of an earlier version tells no more either, once it was opened', async () => {
    const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0005')) as Record<
      string,
      Migration
    >;
    await database.behind((db) => migrate(db, before));
    const at = new Date(said).toISOString();
    await database.behind(async (db) => {
      await db.insertInto('guilds').values({ id: guild, revision: 1, settings: '{}', left_at: null }).execute();
      const one = { guild, notes: 1, pace: 'day', dms_closed: 0, posts_left_out: 0 };
      const times = { noted_at: at, snoozed_until: new Date(said + 7 * DAY).toISOString() };
      await db
        .insertInto('members')
        .values([
          { hash: 'a', ...one, ...times },
          { hash: 'b', ...one, noted_at: null, snoozed_until: null },
        ] as never)
        .execute();
      await db
        .insertInto('claims')
        .values({ id: 'c', at } as never)
        .execute();
      const need = { id: 'd', hash: 'a', guild, want: 'heard', until: at, message: '7' };
      await db.insertInto('needs').values(need).execute();
    });
    await database.open();
    const columns = ['hash', 'noted_at', 'snoozed_until'] as const;
    expect(await database.behind((db) => db.selectFrom('members').select(columns).orderBy('hash').execute())).toEqual([
      { hash: 'a', noted_at: '2025-05-14T00:00:00.000Z', snoozed_until: '2025-05-22T00:00:00.000Z' },
      { hash: 'b', noted_at: null, snoozed_until: null },
    ]);
    const claims = await database.behind((db) => db.selectFrom('claims').selectAll().execute());
    expect(claims).toEqual([]);
    expect(await database.behind((db) => db.selectFrom('needs').selectAll().execute())).toEqual([]);
  });
});
