import { expect, test } from 'vitest';
import { exported, openExport } from '#settings/export';

test.each([
  ['nothing', '', 'no JSON'],
  ['prose', 'hello', 'no JSON'],
  ['half a file', '{"version": 1, "settings": {', 'no JSON'],
  ['a list', '[]', 'no settings'],
  ['null', 'null', 'no settings'],
  ['a text', '"settings"', 'no settings'],
  ['settings alone', '{"support": {"mode": "on"}}', 'no settings'],
  ['no settings in it', '{"version": 1}', 'no settings'],
  ['something beside them', '{"version": 1, "settings": {}, "token": "x"}', 'no settings'],
  ['a version that is a text', '{"version": "1", "settings": {}}', 'no settings'],
  ['another version', '{"version": 2, "settings": {}}', 'other version'],
  ['another version with other parts', '{"version": 0.5, "all": []}', 'other version'],
  ['a hundred thousand lists in each other', '['.repeat(100_000) + ']'.repeat(100_000), 'no settings'],
])('a file with %s is not opened', (_, text, wrong) => {
  expect(openExport(new TextEncoder().encode(text))).toEqual({ wrong });
});

test('a file in another encoding is not opened, one with a mark at its beginning is', () => {
  const text = exported({ tea: { milk: true } });
  expect(openExport(Buffer.from(text, 'utf16le'))).toEqual({ wrong: 'no JSON' });
  expect(openExport(Buffer.from([0x89, 0x50, 0x4e, 0x47]))).toEqual({ wrong: 'no JSON' });
  expect(openExport(Buffer.from(`\uFEFF${text}`))).toEqual({ settings: { tea: { milk: true } } });
  expect(openExport(Buffer.from(text.replaceAll('\n', '\r\n')))).toEqual({ settings: { tea: { milk: true } } });
});

test.each([
  ['none are named', undefined, {}],
  ['none are there', [], { prompts: [] }],
  ['some are there', [{ say: 'Still here.' }], { prompts: [{ say: 'Still here.' }] }],
])('own prompts travel beside the settings: %s', (_, prompts, opened) => {
  expect(openExport(Buffer.from(exported({}, prompts)))).toEqual({ settings: {}, ...opened });
});
