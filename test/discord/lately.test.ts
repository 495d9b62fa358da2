import { expect, it } from 'vitest';
import { createLately } from '#discord/lately';

it('counts what happened within the time, and no longer', () => {
  let now = 1_000;
  const lately = createLately(100, () => now);
  expect(lately.count).toBe(0);
  lately.add();
  now = 1_050;
  lately.add();
  expect(lately.count).toBe(2);
  now = 1_100;
  expect(lately.count).toBe(1);
  now = 1_149;
  expect(lately.count).toBe(1);
  now = 1_150;
  expect(lately.count).toBe(0);
});

it('forgets what lies ahead when the clock is set back, also when it comes there again', () => {
  let now = 1_000;
  const lately = createLately(100, () => now);
  lately.add();
  now = 10;
  expect(lately.count).toBe(0);
  lately.add();
  expect(lately.count).toBe(1);
  now = 1_001;
  expect(lately.count).toBe(0);
});
