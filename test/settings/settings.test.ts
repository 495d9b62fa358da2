import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultSettings, sections } from '#settings/settings';

test('every section has a name and a file of its own', () => {
  const names = sections.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(existsSync(`src/settings/${name}.ts`), name).toBe(true);
});

test('by default nothing is read, and nobody can change the default', () => {
  expect(Object.keys(defaultSettings)).toEqual(sections.map(({ name }) => name));
  expect(defaultSettings.support).toEqual({ mode: 'off', channels: [] });
  for (const one of [defaultSettings, ...Object.values(defaultSettings)]) expect(Object.isFrozen(one)).toBe(true);
});
