import { expect, test } from 'vitest';
import { gentlest, leastBetween, paces } from '#settings/pace';

test('every pace is gentler than the one before, and the gentlest is the last', () => {
  const times = paces.map((pace) => leastBetween[pace]);
  expect(times).toEqual([0, 2 * 86_400_000, 8 * 86_400_000]);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(paces.at(-1)).toBe(gentlest);
});
