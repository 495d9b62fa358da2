import { expect, test } from 'vitest';
import { needLasts, wants } from '#settings/want';
import { keeps } from '#store/sweep';
import { ana, ben, elsewhere, guild, noon, onEachDatabase } from './databases.ts';

const [support, thread] = ['500000000000000001', '500000000000000002'];
const need = { want: 'heard', since: noon, message: '700000000000000001' } as const;
const over = noon + needLasts;

onEachDatabase('needs', (database) => {
  const rows = () => database.behind((db) => db.selectFrom('needs').selectAll().execute());

  test.each(wants)('%s is kept for one member in one place, also after a restart', async (want) => {
    const store = await database.open();
    await store.needs.put(guild, support, ana, { ...need, want });
    for (const { needs } of [store, await database.open()]) {
      expect(await needs.of(guild, support, ana, noon)).toEqual({ ...need, want });
      expect(await needs.of(guild, support, ben, noon)).toBeUndefined();
      expect(await needs.of(guild, thread, ana, noon)).toBeUndefined();
      expect(await needs.of(elsewhere, support, ana, noon)).toBeUndefined();
    }
  });

  test('a change takes its place', async () => {
    const { needs } = await database.open();
    await needs.put(guild, support, ana, need);
    const changed = { want: 'ideas', since: noon + 1, message: '700000000000000002' } as const;
    await needs.put(guild, support, ana, changed);
    expect(await needs.of(guild, support, ana, noon)).toEqual(changed);
    expect(await rows()).toHaveLength(1);
  });

  test('when it is over it holds no longer, and the next sweep deletes it', async () => {
    const store = await database.open();
    await store.needs.put(guild, support, ana, need);
    await store.needs.put(guild, thread, ana, { ...need, since: noon + 1 });
    await store.sweep(over - 1);
    expect(await store.needs.of(guild, support, ana, over - 1)).toEqual(need);
    expect(await store.needs.of(guild, support, ana, over)).toBeUndefined();
    await store.sweep(over);
    expect(await rows()).toHaveLength(1);
    expect(await store.needs.of(guild, thread, ana, over)).toBeDefined();
  });

  test('it goes with its member, and with its guild', async () => {
    const store = await database.open();
    for (const place of [support, thread]) await store.needs.put(guild, place, ana, need);
    await store.needs.put(guild, support, ben, need);
    await store.needs.put(elsewhere, support, ana, { ...need, since: noon + 2 * keeps.guildsGone });
    await store.members.forget(guild, ana);
    expect(await store.needs.of(guild, support, ana, noon)).toBeUndefined();
    expect(await store.needs.of(guild, thread, ana, noon)).toBeUndefined();
    expect(await store.needs.of(guild, support, ben, noon)).toEqual(need);
    await store.guilds.gone(elsewhere, noon);
    await store.sweep(noon + keeps.guildsGone + 1);
    expect(await rows()).toEqual([]);
  });

  test('names no member and no place', async () => {
    const store = await database.open();
    await store.needs.put(guild, support, ana, need);
    const [row] = await rows();
    expect(Object.keys(row ?? {}).sort()).toEqual(['guild', 'hash', 'id', 'message', 'until', 'want']);
    expect(JSON.stringify(row)).not.toContain(ana);
    expect(JSON.stringify(row)).not.toContain(support);
  });
});
