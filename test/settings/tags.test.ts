import { expect, test } from 'vitest';
import { meaningOf, tags } from '#settings/tags';

test('by default each tag is read by its name', () => {
  expect(tags.default).toEqual({ ideas: [], heard: [], nothing: [] });
  expect(meaningOf(tags.default, '1')).toBeUndefined();
});

test('a tag says what it is listed under; under two it is the one that keeps notes away', () => {
  const all = { ideas: ['1'], heard: ['1', '2'], nothing: ['3'] };
  expect(['1', '2', '3', '4'].map((tag) => meaningOf(all, tag))).toEqual(['ideas', 'heard', 'nothing', undefined]);
});
