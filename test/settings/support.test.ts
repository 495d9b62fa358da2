import { expect, test } from 'vitest';
import { support } from '#settings/support';

const channel = '500000000000000001';
const channels = (n: number) => Array.from({ length: n }, (_, i) => `${500000000000000000n + BigInt(i)}`);

test.each([
  { mode: 'off', channels: [] },
  { mode: 'observe', channels: [channel] },
  { mode: 'on', channels: channels(500) },
])('%# fits and comes back as it was', (given) => {
  expect(support.schema.parse(given)).toEqual(given);
});

test.each([
  { mode: 'loud', channels: [] },
  { mode: 'on' },
  { mode: 'on', channels: [channel, channel] },
  { mode: 'on', channels: channels(501) },
  { mode: 'on', channels: ['support'] },
  { mode: 'on', channels: [5000] },
  { mode: 'on', channels: [], more: true },
  [],
  null,
])('%# does not fit', (given) => {
  expect(support.schema.safeParse(given).success).toBe(false);
});

test('by default nothing is read', () => {
  expect(support.default).toEqual({ mode: 'off', channels: [] });
});
