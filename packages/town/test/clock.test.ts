import { expect, test } from 'vitest';
import { createClock } from '#clock';
import { createIds, momentOf } from '#world/ids';

test('what falls due happens in order when time is advanced, and once', () => {
  const clock = createClock(() => 1_000);
  const happened: string[] = [];
  clock.after(3_000, () => happened.push('second'));
  clock.after(1_000, () => happened.push('first'));
  clock.after(5_000, () => happened.push('later'));
  clock.after(2_000, () => happened.push('called off'))();
  clock.advance(3_000);
  expect(clock.now()).toBe(4_000);
  expect(happened).toEqual(['first', 'second']);
  clock.advance(0);
  expect(happened).toHaveLength(2);
  clock.close();
  clock.advance(10_000);
  expect(happened).toHaveLength(2);
});

test('real time counts, too', async () => {
  const clock = createClock();
  await new Promise<void>((resolve) => clock.after(10, resolve));
  expect(clock.now()).toBeGreaterThan(0);
});

test('ids carry their moment and grow, also within a millisecond and when asked for the past', () => {
  let now = Date.UTC(2026, 0, 1);
  const ids = createIds(() => now);
  const many = Array.from({ length: 5_000 }, () => BigInt(ids.next()));
  expect(new Set(many).size).toBe(5_000);
  expect([...many].sort((a, b) => (a < b ? -1 : 1))).toEqual(many);
  now += 60_000;
  expect(momentOf(ids.next())).toBe(now);
  const past = now - 30_000;
  expect(momentOf(ids.next(past))).toBe(past);
  expect(ids.next(past)).not.toBe(ids.next(past));
  expect(momentOf(ids.next())).toBe(now);
});
