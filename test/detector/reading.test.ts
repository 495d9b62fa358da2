import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { contexts, kinds, moves } from '#detector/reading';

it('every kind, move and context has its file of signs', () => {
  const files = readdirSync('data/en/signs').map((name) => name.replace(/\.yaml$/, ''));
  for (const label of [...kinds, ...moves, ...contexts]) expect(files).toContain(label);
  expect([kinds.length, moves.length, contexts.length]).toEqual([10, 6, 5]);
});
