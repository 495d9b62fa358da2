import { expect, test } from 'vitest';
import { inTurn } from '#store/turns';

test('work runs in the order asked for, each when the one before is done', async () => {
  const turns = inTurn();
  const seen: string[] = [];
  const gate = Promise.withResolvers<void>();
  const slow = turns.take(async () => {
    seen.push('slow begins');
    await gate.promise;
    seen.push('slow ends');
    return 1;
  });
  const quick = turns.take(async () => {
    seen.push('quick');
    return 2;
  });
  gate.resolve();
  expect(await Promise.all([slow, quick])).toEqual([1, 2]);
  expect(seen).toEqual(['slow begins', 'slow ends', 'quick']);
});

test('a failure reaches its own asker and nobody else', async () => {
  const turns = inTurn();
  const fails = turns.take(() => Promise.reject(new Error('no')));
  const next = turns.take(async () => 'yes');
  await expect(fails).rejects.toThrow('no');
  expect(await next).toBe('yes');
  await turns.rest();
});
