import { expect, test } from 'vitest';
import type { Settings } from '#settings/settings';
import type { Fault } from '#store/faults';
import { elsewhere, guild, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

const observe: Settings = { mode: 'observe', channels: [] };
const off = { revision: 0, settings: { mode: 'off', channels: [] } };

onEachDatabase('guilds', (database) => {
  test('a guild that nobody set up is off, at revision 0', async () => {
    const store = await database.open();
    expect(store.guilds.settings(guild)).toEqual(off);
  });

  test('a save is there at once, and after a restart', async () => {
    const store = await database.open();
    expect(await store.guilds.save(guild, 0, on)).toBe('saved');
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(store.guilds.settings(elsewhere)).toEqual(off);
    await store.close();
    expect((await database.open()).guilds.settings(guild)).toEqual({ revision: 1, settings: on });
  });

  test('a save goes through on the revision that was seen, not on an older or a made-up one', async () => {
    const store = await database.open();
    await store.guilds.save(guild, 0, on);
    expect(await store.guilds.save(guild, 0, observe)).toBe('changed meanwhile');
    expect(await store.guilds.save(guild, 2, observe)).toBe('changed meanwhile');
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
    expect(await store.guilds.save(guild, 1, observe)).toBe('saved');
    expect(store.guilds.settings(guild)).toEqual({ revision: 2, settings: observe });
  });

  test.each([0, 1])('of two saves at once on revision %i one goes through', async (revision) => {
    const store = await database.open();
    if (revision === 1) await store.guilds.save(guild, 0, on);
    const saves = [store.guilds.save(guild, revision, on), store.guilds.save(guild, revision, observe)];
    expect(await Promise.all(saves)).toEqual(['saved', 'changed meanwhile']);
    expect(store.guilds.settings(guild)).toEqual({ revision: revision + 1, settings: on });
  });

  test('a guild known only through a member can be set up', async () => {
    const store = await database.open();
    await store.members.turnOn(guild, '100000000000000009');
    expect(store.guilds.settings(guild)).toEqual(off);
    expect(await store.guilds.save(guild, 0, on)).toBe('saved');
  });

  test('settings that do not fit are refused and change nothing', async () => {
    const store = await database.open();
    await store.guilds.save(guild, 0, on);
    const wrong = { mode: 'loud', channels: [] } as unknown as Settings;
    await expect(store.guilds.save(guild, 1, wrong)).rejects.toThrow('mode');
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
  });

  test('a change made by another process is seen at the next save, which does not overwrite it', async () => {
    const store = await database.open();
    await store.guilds.save(guild, 0, on);
    await database.behind((db) => db.updateTable('guilds').set({ revision: 5 }).execute());
    expect(await store.guilds.save(guild, 1, observe)).toBe('changed meanwhile');
    expect(store.guilds.settings(guild)).toEqual({ revision: 5, settings: on });
    expect(await store.guilds.save(guild, 5, observe)).toBe('saved');
  });

  test.each(['not json', '{}', '{"mode":"on","channels":[],"later":1}', '{"mode":"on","channels":["x"]}'])(
    'settings that no longer parse (%s) count as off, are reported, and stay as they are until somebody saves',
    async (text) => {
      const first = await withBen(database);
      await first.close();
      await database.behind((db) => db.updateTable('guilds').set({ settings: text }).execute());
      const faults: Fault[] = [];
      const store = await database.open({ onFault: (fault) => faults.push(fault) });
      expect(store.guilds.settings(guild)).toEqual({ ...off, revision: 1, unreadable: true });
      expect(await store.claim(reply())).toBeUndefined();
      await store.guilds.left(guild, noon);
      await store.guilds.back(guild);
      await store.sweep(noon);
      expect(await database.behind((db) => db.selectFrom('guilds').select('settings').execute())).toEqual([
        { settings: text },
      ]);
      expect(faults).toEqual([{ fault: 'unreadable settings', guild }]);
      expect(await store.guilds.save(guild, 1, on)).toBe('saved');
      expect(store.guilds.settings(guild)).toEqual({ revision: 2, settings: on });
      expect(faults.slice(1)).toEqual([{ fault: 'unreadable settings replaced', guild }]);
    },
  );

  test('nobody is contacted in a guild that was left; all is back when it is joined again', async () => {
    const store = await withBen(database);
    await store.guilds.left(guild, noon);
    expect(await store.claim(reply())).toBeUndefined();
    await store.guilds.back(guild);
    expect(await store.claim(reply())).toBeDefined();
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
  });

  test('leaving and joining a guild that was never set up keeps nothing', async () => {
    const store = await database.open();
    await store.guilds.left(guild, noon);
    await store.guilds.back(guild);
    await store.guilds.reconcile(new Set([guild]), noon);
    expect(await database.behind((db) => db.selectFrom('guilds').selectAll().execute())).toEqual([]);
  });

  test('reconcile marks absent guilds as left and present ones as not left', async () => {
    const store = await withBen(database);
    await store.guilds.save(elsewhere, 0, on);
    await store.guilds.left(elsewhere, noon);
    await store.guilds.reconcile(new Set([elsewhere, '900000000000000003']), noon + 5000);
    const marks = () =>
      database.behind((db) => db.selectFrom('guilds').select(['id', 'left_at']).orderBy('id').execute());
    expect(await marks()).toEqual([
      { id: guild, left_at: '2025-05-14T12:00:05.000Z' },
      { id: elsewhere, left_at: null },
    ]);
    expect(await store.claim(reply())).toBeUndefined();
    await store.guilds.reconcile(new Set([guild, elsewhere]), noon + 6000);
    expect(await store.claim(reply())).toBeDefined();
  });

  test('the first day of absence counts, however often it is noticed', async () => {
    const store = await withBen(database);
    await store.guilds.left(guild, noon);
    await store.guilds.left(guild, noon + 1);
    await (await database.open()).guilds.reconcile(new Set(), noon + 2);
    expect(await database.behind((db) => db.selectFrom('guilds').select('left_at').execute())).toEqual([
      { left_at: '2025-05-14T12:00:00.000Z' },
    ]);
  });

  test('reconcile copes with more guilds than one statement takes', async () => {
    const store = await database.open();
    const many = Array.from({ length: 1201 }, (_, i) => `${950000000000000000n + BigInt(i)}`);
    await database.behind((db) =>
      db
        .insertInto('guilds')
        .values(many.map((id) => ({ id, revision: 1, settings: JSON.stringify(on), left_at: null })))
        .execute(),
    );
    await store.close();
    await (await database.open()).guilds.reconcile(new Set(many.slice(0, 1)), noon);
    const gone = await database.behind((db) =>
      db.selectFrom('guilds').where('left_at', 'is not', null).select('id').execute(),
    );
    expect(gone).toHaveLength(1200);
  });
});
