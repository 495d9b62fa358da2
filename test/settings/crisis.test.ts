import { expect, test } from 'vitest';
import { changesOf, readImport } from '#settings/import';
import { readRow } from '#settings/row';
import { defaultSettings, sections } from '#settings/settings';

const read = (lines: unknown) => {
  const answer = readImport(sections, { crisis: { lines } }, defaultSettings, () => false);
  return 'taken' in answer ? { changes: changesOf(answer.taken) } : answer;
};
const night = { name: 'Night watch', how: 'Write to Mo, or https://example.org/chat' };

test('by default a community names nobody', () => {
  expect(defaultSettings.crisis).toEqual({ lines: [] });
  expect(readRow(sections, '{}').settings.crisis).toEqual({ lines: [] });
});

test('lines are a name, how to reach them, and a note if need be', () => {
  expect(read([night, { ...night, name: 'Day watch', note: 'from eight to midnight' }])).toMatchObject({
    changes: { crisis: { lines: [night, { ...night, name: 'Day watch', note: 'from eight to midnight' }] } },
  });
});

test.each([
  ['no name', [{ how: 'call' }], 'crisis.lines[0].name'],
  ['an address without https', [{ name: 'Night line', how: 'http://a.example' }], 'crisis.lines[0].how'],
  ['one in the note', [{ ...night, note: 'see http://a.example' }], 'crisis.lines[0].note'],
  ['no way', [{ name: 'us', how: ' ' }], 'crisis.lines[0].how'],
  ['two lines in one', [{ ...night, how: 'call\nor write' }], 'crisis.lines[0].how'],
  ['more than a phone shows', [{ ...night, note: 'x'.repeat(121) }], 'crisis.lines[0].note'],
  ['what is not known', [{ ...night, police: true }], 'crisis.lines[0].police'],
  ['nothing that can be seen', [{ ...night, name: '\u200b\u2066\u3164' }], 'crisis.lines[0].name'],
  ['one of them twice', [night, { ...night, name: 'night watch' }], 'crisis.lines'],
  ['too many', Array.from({ length: 5 }, (_, at) => ({ ...night, name: `${at}` })), 'crisis.lines'],
])('%s is refused and named', (_, lines, path) => {
  expect(read(lines)).toMatchObject({ refused: [{ at: path }] });
});
