import { expect, test } from 'vitest';
import { ofPersons } from '#store/person';
import { ana, ben, cleo, elsewhere, guild, onEachDatabase } from './databases.ts';

onEachDatabase('all of a person', (database) => {
  const everywhere = async () => {
    const store = await database.open();
    for (const there of [guild, elsewhere]) await store.members.turnOn(there, ben);
    await store.members.leavePostsOut(elsewhere, ben, true);
    await store.members.turnOn(guild, ana);
    return store;
  };
  const hashes = () => database.behind((db) => db.selectFrom('members').select('hash').execute());

  test('is handed over as it is stored, of one guild or of all, and nothing of others', async () => {
    const { person } = await everywhere();
    const here = { table: 'members', guild, notes: 1, posts_left_out: 0, pace: 'day', hash: expect.any(String) };
    expect(await person.kept(ben, guild)).toEqual([expect.objectContaining(here)]);
    const all = await person.kept(ben);
    expect(all.map(({ guild, posts_left_out: out }) => [guild, out]).sort()).toEqual([
      [guild, 0],
      [elsewhere, 1],
    ]);
    expect(JSON.stringify(all)).not.toContain(ben);
    expect(await person.kept(cleo)).toEqual([]);
    expect(await person.kept(ben, '1')).toEqual([]);
  });

  test('is forgotten in every guild, and others stay', async () => {
    const store = await everywhere();
    expect((await store.person.forget(ben)).sort()).toEqual([guild, elsewhere].sort());
    expect(await store.person.kept(ben)).toEqual([]);
    expect(await hashes()).toHaveLength(1);
    for (const open of [store, await database.open()]) {
      for (const there of [guild, elsewhere]) expect(open.members.hasNotes(there, ben)).toBe(false);
      expect(open.members.hasNotes(guild, ana)).toBe(true);
    }
    expect(await store.person.forget(ben)).toEqual([]);
  });

  test('is silent before the database has answered, and stays so when it was turned on a moment before', async () => {
    const store = await everywhere();
    const on = store.members.turnOn(guild, cleo);
    const done = store.person.forget(cleo);
    const other = store.person.forget(ben);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    await Promise.all([on, done, other]);
    expect(store.members.hasNotes(guild, cleo)).toBe(false);
    expect(await store.person.kept(cleo)).toEqual([]);
  });

  test('also in a guild that was left a moment ago', async () => {
    const store = await everywhere();
    await store.guilds.gone(elsewhere, 1);
    expect(await store.person.kept(ben)).toHaveLength(2);
    await store.person.forget(ben);
    expect(await hashes()).toHaveLength(1);
  });

  test('in more guilds than one statement takes', async () => {
    await database.open();
    const many = Array.from({ length: 1_101 }, (_, n) => String(10n ** 17n + BigInt(n)));
    await database.behind((db) =>
      db.transaction().execute(async (trx) => {
        for (const id of many)
          await trx.insertInto('guilds').values({ id, revision: 0, settings: '{}', left_at: null }).execute();
      }),
    );
    const again = await database.open();
    for (const id of [many[0], many[600], many[1_100]]) await again.members.turnOn(id ?? '', ben);
    expect(await again.person.kept(ben)).toHaveLength(3);
    const order: string[] = [];
    const kept = again.person.kept(ben).then(() => order.push('handed over'));
    await again.members.turnOff(guild, ana).then(() => order.push('somebody else turned notes off'));
    await kept;
    expect(order).toEqual(['somebody else turned notes off', 'handed over']);
    expect(await again.person.forget(ben)).toHaveLength(3);
  });

  test('leaves out no table with rows of persons', async () => {
    await database.open();
    const tables = await database.behind((db) => db.introspection.getTables());
    const named = tables.filter(({ columns }) => columns.some(({ name }) => name === 'hash')).map(({ name }) => name);
    expect(named.sort()).toEqual([...ofPersons].sort());
  });
});
