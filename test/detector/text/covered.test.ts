import { describe, expect, it } from 'vitest';
import { setApart, undisguised } from '#detector/text/covered';

describe('what is set apart', () => {
  it.each([
    ['> one\ntwo\n> three', 'one three'],
    ['>>> all\nof it', 'all of it'],
    ['say `this` and ```\nthat\n```', 'that this'],
    ['> > twice', 'twice'],
    ['a > b, no quote', ''],
    ['plain words', ''],
    ['', ''],
  ])('%j: %j', (text, apart) => expect(setApart(text).replace(/\s+/g, ' ').trim()).toBe(apart));
});

describe('words that are written past a filter', () => {
  const words = new Set(['die', 'kill', 'suicide', 'dead', 'myself']);
  it.each([
    ['i want 2 d1e', 'i want 2 die'],
    ['K!ll mys3lf', 'kill myself'],
    ['su!c1de, again', 'suicide, again'],
    ['s*icide and su**ide', 'suicide and suicide'],
    ['i am d34d!', 'i am dead'],
    ['to k i l l him', 'to kill him'],
    ['d.i.e', 'die'],
  ])('%j are read as %j', (text, plainly) => expect(undisguised(text, words)).toBe(plainly));

  it.each([
    'i turned 21, nobody came',
    'a b1rthday cake',
    'sh*t, d**k, k***',
    'rolled a d12',
    'he will die',
    'I D E A',
    '*die*',
    '$$$ 100% @here !!!',
    'die2night',
  ])('and %j stays as it is', (text) => expect(undisguised(text, words)).toBe(text));

  it.each(['1'.repeat(4_000), 'd1'.repeat(2_000), '*'.repeat(4_000), 'd '.repeat(2_000), '> `'.repeat(1_300)])(
    'in no time, also where there is no end to them: %#',
    (text) => {
      const before = performance.now();
      undisguised(text, words);
      setApart(text);
      expect(performance.now() - before).toBeLessThan(100);
    },
  );
});
