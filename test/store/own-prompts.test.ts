import { expect, test } from 'vitest';
import { mostOwnPrompts, stampOf } from '#store/own-prompts';
import { DAY } from '#store/times';
import { elsewhere, guild, noon, onEachDatabase } from './databases.ts';

const tea = {
  say: 'I have tea, and time.',
  ask: 'Shall I stay?',
  notice: 'That they write at night.',
  families: ['loss'],
};
const here = { say: 'Still here.', families: [] };

onEachDatabase('own prompts', (database) => {
  test('are added, and come back as they are, in their order', async () => {
    const { ownPrompts } = await database.open();
    expect(await ownPrompts.of(guild)).toEqual([]);
    const added = [await ownPrompts.add(guild, tea, noon), await ownPrompts.add(guild, here, noon + 1)];
    expect(added).toMatchObject([tea, here]);
    expect(await (await database.open()).ownPrompts.of(guild)).toEqual(added);
    expect(await ownPrompts.of(elsewhere)).toEqual([]);
  });

  test('an edited one keeps its place, and gets another id, so that the old one stands for nothing', async () => {
    const { ownPrompts } = await database.open();
    const first = await ownPrompts.add(guild, tea, noon);
    await ownPrompts.add(guild, here, noon + 1);
    if (typeof first === 'string') throw new Error(first);
    const edited = await ownPrompts.edit(guild, first.id, { say: 'Tea?', families: ['alone', 'sad'] });
    expect(edited).toMatchObject({ say: 'Tea?', families: ['alone', 'sad'] });
    expect(await ownPrompts.of(guild)).toMatchObject([{ say: 'Tea?' }, here]);
    expect((await ownPrompts.of(guild))[0]).not.toHaveProperty('ask');
    expect(await ownPrompts.edit(guild, first.id, tea)).toBe('changed');
    expect(await ownPrompts.remove(guild, first.id)).toBe(false);
  });

  test('are removed, their bytes as well', async () => {
    const { ownPrompts } = await database.open();
    const added = await ownPrompts.add(guild, tea, noon);
    if (typeof added === 'string') throw new Error(added);
    expect(await ownPrompts.remove(elsewhere, added.id)).toBe(false);
    expect(await ownPrompts.edit(elsewhere, added.id, here)).toBe('changed');
    expect(await ownPrompts.remove(guild, added.id)).toBe(true);
    expect(await ownPrompts.of(guild)).toEqual([]);
    expect(await database.everything()).not.toContain(tea.say);
  });

  test('come all at once with the settings, or neither; those that stay are the same, and the bytes of others are gone', async () => {
    const { ownPrompts, guilds } = await database.open();
    const stays = await ownPrompts.add(guild, here, noon);
    const seen = stampOf(await ownPrompts.of(guild));
    await ownPrompts.add(guild, tea, noon + 1);
    const support = { mode: 'on', channels: ['500000000000000001'] } as const;
    const two = [{ say: 'One.', families: [] }, here, { say: 'Two.', ask: 'And then?', families: ['sad'] }];
    const save = (stamp: string) =>
      guilds.save(guild, 0, () => ({ support }), ownPrompts.instead(guild, stamp, two, noon + 2));
    expect(await save(seen)).toBe('changed meanwhile');
    expect(guilds.settings(guild)).toMatchObject({ revision: 0, settings: { support: { mode: 'off' } } });
    expect(await ownPrompts.of(guild)).toMatchObject([here, tea]);
    expect(await save(stampOf(await ownPrompts.of(guild)))).toBe('saved');
    const again = await database.open();
    expect(again.guilds.settings(guild)).toMatchObject({ revision: 1, settings: { support } });
    expect(await again.ownPrompts.of(guild)).toMatchObject([stays, two[0], two[2]]);
    expect(await database.everything()).not.toContain(tea.say);
  });

  test('none is there twice', async () => {
    const { ownPrompts } = await database.open();
    await ownPrompts.add(guild, tea, noon);
    const other = await ownPrompts.add(guild, here, noon);
    if (typeof other === 'string') throw new Error(other);
    expect(await ownPrompts.add(guild, { ...tea, families: [] }, noon)).toBe('there already');
    expect(await ownPrompts.edit(guild, other.id, tea)).toBe('there already');
    expect(await ownPrompts.edit(guild, other.id, { ...here, families: ['sad'] })).toMatchObject({ families: ['sad'] });
    expect(await ownPrompts.add(elsewhere, tea, noon)).toMatchObject(tea);
  });

  test(`at most ${mostOwnPrompts}, also when many are added at once`, async () => {
    const { ownPrompts } = await database.open();
    const all = await Promise.all(
      Array.from({ length: mostOwnPrompts + 5 }, (_, n) => ownPrompts.add(guild, { ...here, say: `${n}` }, noon)),
    );
    expect(all.filter((one) => one === 'full')).toHaveLength(5);
    expect(await ownPrompts.of(guild)).toHaveLength(mostOwnPrompts);
  });

  test('go with their guild', async () => {
    const { ownPrompts, guilds, sweep } = await database.open();
    await ownPrompts.add(guild, tea, noon);
    await guilds.gone(guild, noon);
    await sweep(noon + 31 * DAY);
    expect(await ownPrompts.of(guild)).toEqual([]);
  });
});
