import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { openEntry, seeded, suggest } from '#content/find';
import { shippedData } from '../town.ts';

const search = loadContent(shippedData).search();
const entries = new Map(
  [
    { id: 'any', name: 'not sure yet', also: ['idk', 'dont know what to say'] },
    { id: 'grief', name: 'grief', also: ['loss', 'mourning', 'my dog died', 'death'] },
    { id: 'fear', name: 'fear', also: ['scared', 'anxious', 'anxiety', 'worry', "can't relax", 'lost'] },
    { id: 'shame', name: 'shame', also: ['embarrassed', 'été'] },
    { id: 'lonely', name: 'loneliness', also: ['lonely', 'lost my friends', 'tired of people'] },
  ].map((entry) => [entry.id, entry]),
);
const finding = { hears: { search, opens: () => 'shame' }, last: 'any' };
const found = (typed: string) => openEntry(entries, typed, finding)?.id;

describe('finding an entry by what people type', () => {
  it.each([
    ['grief', 'grief'],
    ['GRIEF ', 'grief'],
    ['loss', 'grief'],
    ['ete', 'shame'],
    ['cant relax', 'fear'],
    ['can’t relax', 'fear'],
    ['my dog died yesterday and I cannot stop crying', 'grief'],
    ['im so scared', 'fear'],
    ['any', 'any'],
    ['idk', 'any'],
  ])('%s', (typed, id) => expect(found(typed)).toBe(id));

  it.each(['', '   ', 'zebra', '???', 'theloss', 'la', 'any ideas', 'is there anybody', 'lon'])(
    'leaves %j alone',
    (typed) => expect(found(typed)).toBeUndefined(),
  );

  it('takes the longest phrase, and what is said first where two are alike', () => {
    expect(found('such a loss, i lost my friends')).toBe('lonely');
    expect(found('loss and more: i am scared')).toBe('fear');
    expect(found('my shame, then my grief')).toBe('shame');
  });

  it('lets the general one give way to every other', () => {
    expect(found('i dont know what to say to somebody with such a loss')).toBe('grief');
    expect(found('i really dont know what to say')).toBe('any');
  });

  it.each([
    ['lonley', 'lonely'],
    ['lonly', 'lonely'],
    ['so anxius today', 'fear'],
    ['greif', 'grief'],
    ['embarased', 'shame'],
    ['mourninng', 'grief'],
    ['scaaared', 'fear'],
  ])('forgives a slip: %s', (typed, id) => expect(found(typed)).toBe(id));

  it.each(['lovely', 'i tried', 'gref', 'scored', 'lonelier', 'morning'])('takes %j for no slip', (typed) =>
    expect(found(typed)).toBeUndefined(),
  );

  it('offers what is usual first, then the rest, in the order of what people read, and at most 25', () => {
    const isUsual = ({ id }: { id: string }) => id === 'shame';
    const offered = suggest(entries, '', { ...finding, isUsual }).map(({ value }) => value);
    expect(offered).toEqual(['shame', 'fear', 'grief', 'lonely', 'any']);
    const named = new Map(['z', 'a'].map((id) => [id, { id, name: id === 'z' ? 'Ärger' : 'Zorn', also: ['wut!'] }]));
    expect(suggest(named, '', finding, 'de').map(({ name }) => name)).toEqual(['Ärger', 'Zorn']);
    const many = new Map(Array.from({ length: 40 }, (_, n) => [`a${n}`, { id: `a${n}`, name: `A ${n}`, also: [] }]));
    expect(suggest(many, 'a', finding)).toHaveLength(25);
  });

  it('offers all of a family, and first what a whole sentence means', () => {
    const label = ({ name }: { name: string }) => `Afraid: ${name}`;
    expect(suggest(entries, 'afraid', { ...finding, label })).toHaveLength(entries.size);
    expect(suggest(entries, 'my dog died last', finding)[0]?.value).toBe('grief');
    expect(suggest(entries, 'lonley', finding)[0]?.value).toBe('lonely');
  });
});

describe('words of danger', () => {
  it('come before every word of an entry, also while typing', () => {
    expect(found('my dog died and i want to die')).toBe('shame');
    expect(suggest(entries, 'my dog died and i want to die', finding)).toEqual([{ name: 'shame', value: 'shame' }]);
  });

  it('do not stand before an entry that was chosen, by its id or its name', () => {
    const loss = { id: 'suicide-loss', name: 'after a suicide attempt', also: [] };
    const one = new Map([...entries, [loss.id, loss]] as const);
    for (const typed of [loss.id, loss.name]) expect(openEntry(one, typed, finding)?.id).toBe(loss.id);
  });
});

describe('a seeded order', () => {
  it('holds everything once, and is the same for the same seed', () => {
    const list = ['a', 'b', 'c', 'd', 'e'];
    expect(seeded(list, 7)).toEqual(seeded(list, 7));
    for (let seed = 0; seed < 50; seed++) expect([...seeded(list, seed)].sort()).toEqual(list);
  });

  it('lets each one come first', () => {
    const firsts = new Set(Array.from({ length: 60 }, (_, seed) => seeded(['a', 'b', 'c', 'd'], seed)[0]));
    expect(firsts.size).toBe(4);
  });
});
