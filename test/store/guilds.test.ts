import { describe, expect, test } from 'vitest';
import { defaultSettings, type Settings } from '#settings/settings';
import type { Warning } from '#store/warnings';
import { elsewhere, guild, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

const observe: Settings = { ...defaultSettings, support: { mode: 'observe', channels: [] } };
const off = { revision: 0, settings: defaultSettings };

onEachDatabase('guilds', (database) => {
  const put = (settings: string, revision = 1) =>
    database.behind((db) => db.updateTable('guilds').set({ settings, revision }).execute());
  const stored = async () =>
    (await database.behind((db) => db.selectFrom('guilds').select('settings').executeTakeFirstOrThrow())).settings;

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

  describe('changes made from the settings as they are', () => {
    const mode = (mode: Settings['support']['mode']) => (now: Settings) => ({ support: { ...now.support, mode } });
    const channels =
      (...ids: string[]) =>
      (now: Settings) => ({ support: { ...now.support, channels: ids } });
    const [here, there] = ['500000000000000001', '500000000000000002'] as const;

    test('go through together when they change different settings, in one section as well', async () => {
      const store = await database.open();
      const saves = [
        store.guilds.save(guild, 0, mode('observe')),
        store.guilds.save(guild, 0, channels(here)),
        store.guilds.save(guild, 0, () => ({ crisis: { lines: [{ name: 'Mo', how: 'write' }] } })),
      ];
      expect(await Promise.all(saves)).toEqual(['saved', 'saved', 'saved']);
      const settings = {
        ...defaultSettings,
        support: { mode: 'observe', channels: [here] },
        crisis: { lines: [{ name: 'Mo', how: 'write' }] },
      };
      expect(store.guilds.settings(guild)).toEqual({ revision: 3, settings });
      await store.close();
      expect((await database.open()).guilds.settings(guild)).toEqual({ revision: 3, settings });
    });

    test('do not when another has changed the same setting since, however long ago', async () => {
      const store = await database.open();
      await store.guilds.save(guild, 0, channels(here));
      await store.guilds.save(guild, 1, mode('on'));
      await store.guilds.save(guild, 2, mode('observe'));
      expect(await store.guilds.save(guild, 0, channels(there))).toBe('changed meanwhile');
      expect(await store.guilds.save(guild, 1, channels(here, there))).toBe('saved');
      expect(await store.guilds.save(guild, 9, mode('off'))).toBe('changed meanwhile');
      expect(store.guilds.settings(guild).settings.support).toEqual({ mode: 'observe', channels: [here, there] });
    });

    test('do not on what was seen before a start, as nobody remembers what changed until then', async () => {
      const store = await database.open();
      await store.guilds.save(guild, 0, mode('on'));
      await store.guilds.save(guild, 1, channels(here));
      await store.close();
      const again = await database.open();
      expect(await again.guilds.save(guild, 1, mode('off'))).toBe('changed meanwhile');
      expect(await again.guilds.save(guild, 2, channels(there))).toBe('saved');
      expect(await again.guilds.save(guild, 2, mode('off'))).toBe('saved');
    });

    test('nor when another process wrote meanwhile', async () => {
      const store = await database.open();
      await store.guilds.save(guild, 0, mode('on'));
      await database.behind((db) => db.updateTable('guilds').set({ revision: 5 }).execute());
      expect(await store.guilds.save(guild, 1, channels(here))).toBe('changed meanwhile');
    });
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
    const wrong = { support: { mode: 'loud', channels: [] } } as unknown as Settings;
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

  test.each([
    'not json',
    '[]',
    'null',
    '{"support":null}',
    '{"support":[]}',
    '{"support":{"mode":"loud","channels":[]}}',
    '{"support":{"mode":"on","channels":["x"]}}',
  ])('settings that no longer parse (%s) count as off, are reported, and stay until somebody saves', async (text) => {
    const first = await withBen(database);
    await first.close();
    await put(text);
    const warnings: Warning[] = [];
    const store = await database.open({ onWarning: (warning) => warnings.push(warning) });
    expect(store.guilds.settings(guild)).toEqual({
      ...off,
      revision: 1,
      unreadable: expect.arrayContaining(['support']),
    });
    expect(await store.claim(reply())).toBeUndefined();
    await store.guilds.gone(guild, noon);
    await store.guilds.back(guild);
    await store.sweep(noon);
    expect(await stored()).toBe(text);
    const sections = expect.arrayContaining(['support']);
    expect(warnings).toEqual([{ warning: 'unreadable settings', guild, sections }]);
    expect(await store.guilds.save(guild, 1, {})).toBe('saved');
    expect(await store.guilds.save(guild, 2, on)).toBe('saved');
    expect(store.guilds.settings(guild)).toEqual({ revision: 3, settings: on });
    expect(warnings.slice(1)).toEqual([{ warning: 'unreadable settings replaced', guild, sections }]);
  });

  describe('a row of a newer version, with an unknown section and an unknown key in a known one', () => {
    const newer = {
      support: { mode: 'on', channels: ['500000000000000001'], quietHours: { from: 22, to: 7 } },
      weather: { kind: 'rain', words: ['drizzle'] },
    };
    const opened = async () => {
      await (await withBen(database)).close();
      await put(JSON.stringify(newer));
      const warnings: Warning[] = [];
      const store = await database.open({ onWarning: (warning) => warnings.push(warning) });
      return { store, warnings };
    };

    test('is read and works', async () => {
      const { store, warnings } = await opened();
      expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
      expect(await store.claim(reply())).toBeDefined();
      expect(warnings).toEqual([]);
    });

    test('keeps what is unknown through a save, and through a restart', async () => {
      const { store } = await opened();
      expect(await store.guilds.save(guild, 1, { support: observe.support })).toBe('saved');
      const changed = { ...newer, support: { ...newer.support, ...observe.support } };
      expect(JSON.parse(await stored())).toEqual(changed);
      expect(store.guilds.settings(guild)).toEqual({ revision: 2, settings: observe });
      await store.close();
      const again = await database.open();
      expect(again.guilds.settings(guild)).toEqual({ revision: 2, settings: observe });
      expect(await again.guilds.save(guild, 2, { support: on.support })).toBe('saved');
      expect(JSON.parse(await stored())).toEqual(newer);
    });

    test('also by a save that finds its row written by another process', async () => {
      const store = await withBen(database);
      await put(JSON.stringify(newer), 2);
      expect(await store.guilds.save(guild, 1, observe)).toBe('changed meanwhile');
      expect(await store.guilds.save(guild, 2, observe)).toBe('saved');
      expect(JSON.parse(await stored())).toMatchObject({ weather: newer.weather });
    });
  });

  test('a row of an older version, without a key and without a section, takes their defaults', async () => {
    await (await withBen(database)).close();
    await put('{"support":{"mode":"observe"}}');
    const store = await database.open();
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: observe });
    await store.close();
    await put('{}');
    expect((await database.open()).guilds.settings(guild)).toEqual({ ...off, revision: 1 });
  });

  test('a save that names no section changes no setting', async () => {
    const store = await withBen(database);
    expect(await store.guilds.save(guild, 1, {})).toBe('saved');
    expect(store.guilds.settings(guild)).toEqual({ revision: 2, settings: on });
  });

  test('nobody is contacted in a guild that was left; all is back when it is joined again', async () => {
    const store = await withBen(database);
    await store.guilds.gone(guild, noon);
    expect(await store.claim(reply())).toBeUndefined();
    await store.guilds.back(guild);
    expect(await store.claim(reply())).toBeDefined();
    expect(store.guilds.settings(guild)).toEqual({ revision: 1, settings: on });
  });

  test('leaving and joining a guild that was never set up keeps nothing', async () => {
    const store = await database.open();
    await store.guilds.gone(guild, noon);
    await store.guilds.back(guild);
    await store.guilds.reconcile(new Set([guild]), noon);
    expect(await database.behind((db) => db.selectFrom('guilds').selectAll().execute())).toEqual([]);
  });

  test('reconcile marks absent guilds as left and present ones as not left', async () => {
    const store = await withBen(database);
    await store.guilds.save(elsewhere, 0, on);
    await store.guilds.gone(elsewhere, noon);
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
    await store.guilds.gone(guild, noon);
    await store.guilds.gone(guild, noon + 1);
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
