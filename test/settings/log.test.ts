import { expect, test } from 'vitest';
import { log } from '#settings/log';

test('by default changes are told nowhere; else in one channel', () => {
  expect(log.default).toEqual({ channel: null });
  expect(log.schema.safeParse({ channel: '500000000000000001' }).success).toBe(true);
  expect(log.schema.safeParse({ channel: 'mods' }).success).toBe(false);
});
