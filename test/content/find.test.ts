import { describe, expect, it } from 'vitest';
import { findEntry, seeded, suggest } from '#content/find';

const entries = new Map(
  [
    { id: 'grief', name: 'Grief', also: ['loss', 'mourning', 'my dog died', 'death'] },
    { id: 'fear', name: 'Fear and anxiety', also: ['scared', 'anxious', 'worry'] },
    { id: 'shame', name: 'Shame', also: ['embarrassed', 'été'] },
  ].map((entry) => [entry.id, entry]),
);
const found = (typed: string) => findEntry(entries, typed)?.id;

describe('finding an entry by what people type', () => {
  it.each([
    ['grief', 'grief'],
    ['GRIEF ', 'grief'],
    ['gri', 'grief'],
    ['loss', 'grief'],
    ['anxiety', 'fear'],
    ['ete', 'shame'],
    ['my dog died yesterday and I cannot stop crying', 'grief'],
    ['im so scared', 'fear'],
  ])('%s', (typed, id) => expect(found(typed)).toBe(id));

  it.each(['', '   ', 'zebra', '???', 'theloss', 'la'])('leaves %j alone', (typed) =>
    expect(found(typed)).toBeUndefined(),
  );

  it('offers everything at first, in the order of the names that people read, and at most 25', () => {
    expect(suggest(entries, '').map(({ value }) => value)).toEqual(['fear', 'grief', 'shame']);
    const named = new Map(['z', 'a'].map((id) => [id, { id, name: id === 'z' ? 'Ärger' : 'Zorn', also: ['wut'] }]));
    expect(suggest(named, '', 'de').map(({ name }) => name)).toEqual(['Ärger', 'Zorn']);
    expect(suggest(named, 'wut', 'de').map(({ name }) => name)).toEqual(['Ärger', 'Zorn']);
    const many = new Map(Array.from({ length: 40 }, (_, n) => [`a${n}`, { id: `a${n}`, name: `A ${n}`, also: [] }]));
    expect(suggest(many, 'a')).toHaveLength(25);
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
