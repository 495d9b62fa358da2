import { expect, it } from 'vitest';
import { asItLooks } from '#detector/text/looks';

it.each([
  ['y\u200Bou', 'you'],
  ['sho\u00ADuld', 'should'],
  ['y\u200Do\u2060u', 'you'],
  ['\u{1D5F7}\u{1D602}\u{1D600}\u{1D601}', 'just'],
  ['ｊｕｓｔ', 'just'],
  ['yоu', 'you'],
  ['shоuld', 'should'],
])('%j looks like %s', (written, seen) => expect(asItLooks(written)).toBe(seen));

it.each(['привет', 'γειά', 'you', 'naïve', '你好', "don't"])('%s stays as it is', (word) =>
  expect(asItLooks(word)).toBe(word),
);
