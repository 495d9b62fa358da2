import { expect, it } from 'vitest';
import { marked } from '#client/marked';

/** `[…]` where a mark is, with the first letter of its label. */
const drawn = (text: string, ...marks: [start: number, end: number, label: string, strength: number][]) =>
  marked(
    text,
    marks.map(([start, end, label, strength]) => ({ start, end, label, strength })),
  )
    .map(({ words, mark }) => (mark ? `[${mark.label}:${words}]` : words))
    .join('');

it('marks what is marked, the strongest where marks overlap', () => {
  expect(drawn('one two three', [4, 7, 'a', 1])).toBe('one [a:two] three');
  expect(drawn('one two three', [0, 13, 'a', 0.2], [4, 7, 'b', 0.9])).toBe('[a:one] [b:two] [a:three]');
  expect(drawn('one', [-5, 90, 'a', 1])).toBe('[a:one]');
  expect(drawn('one')).toBe('one');
});

it('begins and ends with a word', () => {
  expect(drawn('one two \n', [3, 9, 'a', 1])).toBe('one [a:two] \n');
  expect(drawn('one two.', [4, 7, 'a', 0.9], [4, 8, 'b', 0.2])).toBe('one [a:two].');
  expect(drawn('one 💙 two', [4, 6, 'a', 1])).toBe('one [a:💙] two');
  expect(drawn('one, two', [3, 5, 'a', 1])).toBe('one, two');
});

it('gives every piece the place where it begins', () => {
  const text = ' one two. ';
  const pieces = marked(text, [{ start: 0, end: 5, label: 'a', strength: 1 }]);
  expect(pieces.map(({ from }) => from)).toEqual([0, 1, 4]);
  expect(pieces.map(({ words }) => words).join('')).toBe(text);
});
