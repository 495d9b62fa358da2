import { describe, expect, it } from 'vitest';
import { readSignFiles } from '#detector/open';
import { isQuestion, lookFor, noisyOr, strength } from '#detector/rules/evidence';
import { compileSigns } from '#detector/rules/signs';
import { plain } from '#detector/text/plain';

const entry = (sign: string | string[], weight: number, more = {}) => ({
  sign,
  weight,
  why: 'a test',
  hits: ['x'],
  ...more,
});
const signs = compileSigns({
  ...readSignFiles(),
  advice: {
    about: 'a test',
    not: 'never mind',
    signs: [
      entry(['blue moon', 'green moon'], 0.5),
      entry('moon', 0.2),
      entry('red sun', 0.5, { not: 'no red sun' }),
      entry('star', 0.5, { asks: true }),
      entry('comet', 0.5, { asks: false }),
      entry('dust', 0.5, { alone: true }),
      entry('cloud', -0.5),
    ],
  },
});
const advice = (text: string) => strength('advice', lookFor(signs, signs.forReply, plain(text, signs.spelling)));

describe('evidence', () => {
  it.each([
    ['a sign', 'once in a blue moon', 0.5],
    ['signs that share words count once', 'blue moon', 0.5],
    ['of an entry one sign counts', 'a blue moon, a green moon', 0.5],
    ['two entries make more', 'blue moon and red sun', 0.75],
    ['signs against make less', 'blue moon behind a cloud', 0.25],
    ['a guard silences its sign', 'blue moon and no red sun', 0.5],
    ["a file's guard silences all", 'never mind the blue moon', 0],
    ['questions only', 'a star?', 0.5],
    ['questions only', 'a star', 0],
    ['a question without its mark', 'do you see that star', 0.5],
    ['statements only', 'a comet', 0.5],
    ['statements only', 'a comet?', 0],
    ['alone', 'dust', 0.5],
    ['not alone', 'Dust. And wind.', 0],
    ['nothing', 'hello there', 0],
    ['not across sentences', 'blue. moon', 0.2],
  ])('%s: %s', (_, text, expected) => expect(advice(text)).toBeCloseTo(expected));
});

it('tells questions from statements', () => {
  const asks = (text: string) => plain(text, signs.spelling).sentences.map((sentence) => isQuestion(signs, sentence));
  expect(asks('ok? no. how are you')).toEqual([true, false, true]);
});

it('several weak signs make a stronger one, never more than certain', () => {
  expect(noisyOr([])).toBe(0);
  expect(noisyOr([0.5, 0.5])).toBeCloseTo(0.75);
  expect(noisyOr(Array<number>(50).fill(0.9))).toBeLessThanOrEqual(1);
});
