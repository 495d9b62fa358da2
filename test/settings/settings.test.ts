import { expect, test } from 'vitest';
import { defaultSettings, parseSettings, settingsSchema } from '#settings/settings';

const channel = '500000000000000001';
const channels = (n: number) => Array.from({ length: n }, (_, i) => `${500000000000000000n + BigInt(i)}`);

test.each([
  { mode: 'off', channels: [] },
  { mode: 'observe', channels: [channel] },
  { mode: 'on', channels: channels(100) },
])('%# fits and comes back as it was', (settings) => {
  expect(settingsSchema.parse(settings)).toEqual(settings);
  expect(parseSettings(JSON.stringify(settings))).toEqual(settings);
});

test.each([
  { mode: 'loud', channels: [] },
  { mode: 'on' },
  { mode: 'on', channels: [channel, channel] },
  { mode: 'on', channels: channels(101) },
  { mode: 'on', channels: ['support'] },
  { mode: 'on', channels: [5000] },
  { mode: 'on', channels: [], more: true },
  [],
  null,
])('%# does not fit', (settings) => {
  expect(settingsSchema.safeParse(settings).success).toBe(false);
  expect(parseSettings(JSON.stringify(settings))).toBeUndefined();
});

test('text that is no JSON does not throw', () => {
  expect(parseSettings('{"mode":')).toBeUndefined();
  expect(parseSettings('')).toBeUndefined();
});

test('by default nothing is read, and nobody can change the default', () => {
  expect(defaultSettings).toEqual({ mode: 'off', channels: [] });
  expect(Object.isFrozen(defaultSettings) && Object.isFrozen(defaultSettings.channels)).toBe(true);
});
