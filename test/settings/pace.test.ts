import { expect, test } from 'vitest';
import { gentler, gentlest, leastBetween, paces, pacesFrom } from '#settings/pace';

test('every pace is gentler than the one before, and the gentlest is the last', () => {
  const times = paces.map((pace) => leastBetween[pace]);
  expect(times).toEqual([0, 2 * 86_400_000, 8 * 86_400_000]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(paces.at(-1)).toBe(gentlest);
});

test('the gentler of two is the one with more time between notes', () => {
  for (const [at, one] of paces.entries())
    for (const [after, other] of paces.entries()) expect(gentler(one, other)).toBe(paces[Math.max(at, after)]);
});

test('what may be chosen is the fastest that is allowed, and all that is gentler', () => {
  expect(paces.map(pacesFrom)).toEqual([paces, ['day', 'week'], ['week']]);
});
