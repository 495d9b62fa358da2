import { describe, expect, it } from 'vitest';
import { loadSigns } from '#detector/open';
import { mask, plain } from '#detector/text/plain';

const { spelling } = loadSigns();
const words = (text: string) =>
  plain(text, spelling).sentences.map(({ tokens }) => tokens.map(({ word }) => word).join(' '));

describe('chat is evened out', () => {
  it.each([
    ['U cant', 'you can not'],
    ['don’t', 'do not'],
    ["I'll be ill", 'i will be ill'],
    ["we're where we were", 'we are where we were'],
    ['soooo goooood', 'so good'],
    ['ur mom’s car', 'your mom car'],
    ['idk, sry', 'i do not know sorry'],
    ['**you** _should_', 'you should'],
  ])('%s', (text, evened) => expect(words(text)).toEqual([evened]));
});

describe('sentences', () => {
  it('end at stops and new lines, and know a question', () => {
    const { sentences } = plain('Oh no... are you ok?! i am here\nfor you', spelling);
    expect(sentences.map(({ question }) => question)).toEqual([false, true, false, false]);
  });
  it('where words stand without spaces each letter is one', () =>
    expect(words('もう死にたい ok')).toEqual(['も う 死 に た い okay']));
  it('are none in silence', () => expect(words(' \n ... !!! ')).toEqual([]));
});

describe("what is not the writer's own words", () => {
  it.each([
    ['> you should leave\nI hear you', ['i hear you']],
    ['I hear you\n>>> you should\nleave', ['i hear you']],
    ['see `you should` here', ['see', 'here']],
    ['a ```js\nyou should\n``` b', ['a', 'b']],
    ['a ```you should', ['a']],
    ['read https://you.should/leave now', ['read', 'now']],
    ['hey <@123456789012345678> hi', ['hey', 'hi']],
    ['in <#123456789012345678> hi', ['in', 'hi']],
    ['wow <a:youshould:123456789012345678> hi', ['wow', 'hi']],
    ['at <t:1700000000:R> hi', ['at', 'hi']],
    ['use </reflect:123456789012345678> hi', ['use', 'hi']],
  ])('%s', (text, own) => expect(words(text)).toEqual(own));

  it.each([['5 > 3 you know'], ['<3 you'], ['`lonely tick'], ['a@b you']])('but this is: %s', (text) =>
    expect(mask(text)).toBe(text),
  );
});

it('keeps the place of every word, whatever the text', () => {
  const alphabet = [
    'a',
    'Ü',
    'İ',
    'ß',
    '你',
    '👩‍👩‍👧',
    '🫂',
    '\u0301',
    ' ',
    '\n',
    '.',
    '?',
    "'",
    '’',
    '`',
    '> ',
    '<@1>',
    ',',
    'you',
    'ooo',
  ];
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: next(40) }, () => alphabet[next(alphabet.length)]).join('');
    expect(mask(text)).toHaveLength(text.length);
    let last = 0;
    for (const { tokens } of plain(text, spelling).sentences)
      for (const { start, end } of tokens) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeGreaterThanOrEqual(last);
        expect(end).toBeLessThanOrEqual(text.length);
        last = end;
      }
  }
});

it.each([
  ['`'.repeat(4_000)],
  ['` a'.repeat(1_300)],
  ['<@'.repeat(2_000)],
  ['> '.repeat(2_000)],
  [' '.repeat(4_000)],
  ['-'.repeat(4_000)],
  [' -'.repeat(2_000)],
  ['a'.repeat(4_000)],
  ["a'".repeat(2_000)],
  ['.  '.repeat(1_300)],
  ['https://'.repeat(500)],
])('is quick on hostile text (%#)', (text) => {
  const before = performance.now();
  plain(text, spelling);
  expect(performance.now() - before).toBeLessThan(250);
});
