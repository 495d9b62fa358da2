import { expect, test } from 'vitest';
import { dayOf, fromText, toText } from '#store/times';
import { noon } from './fixtures.ts';

test('a time comes back to the millisecond', () => {
  for (const ms of [0, noon, noon + 1, Date.UTC(9999, 11, 31, 23, 59, 59, 999)]) expect(fromText(toText(ms))).toBe(ms);
});

test('the order of the texts is the order of time', () => {
  const times = [-1, 0, 999, 1000, noon - 1, noon, noon + 1, Date.UTC(2030, 0, 1), Date.UTC(9999, 0, 1)];
  expect(times.map(toText).sort()).toEqual(times.map(toText));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(10_000, 0, 1), Date.UTC(-1, 0, 1)])(
  '%d cannot be kept',
  (ms) => {
    expect(() => toText(ms)).toThrow(RangeError);
  },
);

test('a day is a day in UTC', () => {
  expect(dayOf(Date.UTC(2025, 4, 14))).toBe('2025-05-14');
  expect(dayOf(Date.UTC(2025, 4, 14) - 1)).toBe('2025-05-13');
});
