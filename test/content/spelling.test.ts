import { describe, expect, test } from 'vitest';
import { mending } from '#content/spelling';

const mend = mending(['so lonely', 'overwhelmed', '𐐨𐐩𐐪𐐫𐐬'], ['lovely']);

describe('a slip', () => {
  test.each([
    ['a letter too many', 'so lonnely', 'so lonely'],
    ['a letter too few', 'overwhelmd', 'overwhelmed'],
    ['two letters swapped', 'overhwelmed', 'overwhelmed'],
  ])('with %s is mended', (_, typed, meant) => {
    expect(mend(typed)).toBe(meant);
  });

  test.each([
    ['another word', 'lovely'],
    ['a letter in place of another', 'lomely'],
    ['a word with two slips', 'overwelmd'],
    ['a short word', 'lone'],
  ])('%s is none', (_, typed) => {
    expect(mend(typed)).toBe(typed);
  });

  // What is looked for in a word grows with the square of its length: this one ended the process.
  test('a word as long as a message is none, and is not looked into', () => {
    const typed = `l${'onely'.repeat(800)}`;
    expect(mend(typed)).toBe(typed);
  });
});
