import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { expect, test } from 'vitest';
import { migrate, migrations } from '#store/migrations';
import { StoreError } from '#store/store-error';
import { ben, guild, on, onEachDatabase, withBen } from './databases.ts';

const addNote: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('guilds').addColumn('motto', 'text').execute();
  },
};
const failing: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.createTable('half').addColumn('id', 'text').execute();
    throw new Error('step three broke');
  },
};

onEachDatabase('migrations', (database) => {
  const tables = () =>
    database.behind(async (db) =>
      (await db.introspection.getTables({ withInternalKyselyTables: true })).map(({ name, columns }) => ({
        name,
        columns: columns.map((column) => column.name).sort(),
      })),
    );

  test('an empty database gets all tables; a second start changes nothing', async () => {
    await database.open();
    const first = await tables();
    expect(first.map(({ name }) => name)).toEqual(expect.arrayContaining(['claims', 'counts', 'guilds', 'members']));
    await database.open();
    expect(await tables()).toEqual(first);
  });

  test('a first start that fails leaves the database empty', async () => {
    const broken = { ...migrations, '0002-note': addNote, '0003-half': failing };
    await expect(database.behind((db) => migrate(db, broken))).rejects.toThrow('step three broke');
    expect(await tables()).toEqual([]);
    await database.open();
  });

  test('an update that fails in its second step takes the first back as well, and the old version still runs', async () => {
    const store = await withBen(database);
    await store.close();
    const before = await tables();
    const broken = { ...migrations, '9998-note': addNote, '9999-half': failing };
    await expect(database.behind((db) => migrate(db, broken))).rejects.toThrow('step three broke');
    expect(await tables()).toEqual(before);
    const again = await database.open();
    expect(again.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(again.members.hasNotes(guild, ben)).toBe(true);
  });

  test('an update that goes well keeps what was there', async () => {
    await (await withBen(database)).close();
    await database.behind((db) => migrate(db, { ...migrations, '9998-note': addNote }));
    expect((await tables()).find(({ name }) => name === 'guilds')?.columns).toContain('motto');
    expect(await database.behind((db) => db.selectFrom('guilds').select(['id', 'revision']).execute())).toEqual([
      { id: guild, revision: 1 },
    ]);
  });

  test('a database of a newer version is refused, says what to do, and is not touched', async () => {
    await (await withBen(database)).close();
    await database.behind((db) => migrate(db, { ...migrations, '9998-note': addNote }));
    const before = await tables();
    const opening = database.open();
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow(/newer Attune \(it has 9998-note\)\. Start that version/);
    expect(await tables()).toEqual(before);
  });

  test('the database of another program is refused and not touched', async () => {
    await database.behind((db) => db.schema.createTable('recipes').addColumn('cake', 'text').execute());
    await expect(database.open()).rejects.toThrow(
      /belongs to another program\. Give Attune one of its own: DATABASE_PATH/,
    );
    expect(await tables()).toEqual([{ name: 'recipes', columns: ['cake'] }]);
  });

  test('settings of version 0.1.0, which were flat, are what they were; what is no settings is left alone', async () => {
    const rows: [string, string][] = [
      ['900000000000000011', '{"mode":"on","channels":["500000000000000001"]}'],
      ['900000000000000012', '{"mode":"observe","channels":[]}'],
      ['900000000000000013', '{"mode":"loud","channels":[]}'],
      ['900000000000000014', 'not json'],
      ['900000000000000015', '[1]'],
      ['900000000000000016', '{"mode":"off","channels":[]}'],
    ];
    const first = migrations['0001-first'] as Migration;
    await database.behind((db) => migrate(db, { '0001-first': first }));
    const values = rows.map(([id, settings]) => ({ id, settings, revision: 3, left_at: null }));
    await database.behind((db) => db.insertInto('guilds').values(values).execute());

    const store = await database.open();
    const read = rows.map(([id]) => store.guilds.settings(id));
    const unreadable = expect.arrayContaining(['support']);
    expect(read).toMatchObject([
      { revision: 3, settings: { support: { mode: 'on', channels: ['500000000000000001'] } } },
      { revision: 3, settings: { support: { mode: 'observe', channels: [] } } },
      { revision: 3, settings: { support: { mode: 'off', channels: [] } }, unreadable },
      { revision: 3, settings: { support: { mode: 'off', channels: [] } }, unreadable },
      { revision: 3, settings: { support: { mode: 'off', channels: [] } }, unreadable },
      { revision: 3, settings: { support: { mode: 'off', channels: [] } } },
    ]);
    expect(read.map((one) => 'unreadable' in one)).toEqual([false, false, true, true, true, false]);
    const texts = await database.behind((db) => db.selectFrom('guilds').select('settings').orderBy('id').execute());
    expect(texts.map(({ settings }) => settings).slice(3, 5)).toEqual(['not json', '[1]']);

    expect(await store.guilds.save('900000000000000011', 3, { support: { mode: 'off', channels: [] } })).toBe('saved');
    await store.close();
    expect((await database.open()).guilds.settings('900000000000000011')).toMatchObject({ revision: 4 });
  });

  test('"asked for" of version 0.1.0 is "wanted ideas"; other counts are what they were', async () => {
    const first = migrations['0001-first'] as Migration;
    await database.behind((db) => migrate(db, { '0001-first': first }));
    await database.behind((db) =>
      db.insertInto('guilds').values({ id: guild, revision: 1, settings: '{}', left_at: null }).execute(),
    );
    const row = (what: string, n: number) => ({ guild, day: '2025-05-14', kind: 'advice', what, n });
    const rows = [row('asked for', 2), row('noted', 3), row('would', 4)];
    await database.behind((db) => db.insertInto('counts').values(rows).execute());

    const { counts } = await database.open();
    await counts.add(guild, '2025-05-14', 'advice', 'wanted ideas');
    const about = { day: '2025-05-14', kind: 'advice' };
    expect(await counts.since(guild, '2025-05-14')).toEqual([
      { ...about, what: 'noted', n: 3 },
      { ...about, what: 'wanted ideas', n: 3 },
      { ...about, what: 'would', n: 4 },
    ]);
  });

  test('version 0.1.0 refuses a database of this version', async () => {
    await (await withBen(database)).close();
    const first = migrations['0001-first'] as Migration;
    await expect(database.behind((db) => migrate(db, { '0001-first': first }))).rejects.toThrow(
      /newer Attune \(it has/,
    );
  });

  test('names go up in the order in which they are written, so that each start agrees on the order', () => {
    const names = Object.keys(migrations);
    expect(names).toEqual([...names].sort());
    for (const name of names) expect(name).toMatch(/^\d{4}-[a-z-]+$/);
  });
});
