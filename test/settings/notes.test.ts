import { expect, test } from 'vitest';
import { defaultTerms } from '#detector/terms';
import { notes } from '#settings/notes';
import { readRow } from '#settings/row';
import { sections } from '#settings/settings';

test('by default notes are about what the detector says, at any pace; so they are in a row that is older', () => {
  expect(notes.default).toEqual({ ...defaultTerms, fastest: 'every' });
  expect(readRow(sections, '{}').settings.notes).toBe(notes.default);
  const older = JSON.stringify({ notes: { sensitivity: 'keen' } });
  expect(readRow(sections, older).settings.notes).toEqual({ ...notes.default, sensitivity: 'keen' });
});

test.each([
  { ...notes.default, kinds: [] },
  { ...notes.default, kinds: ['advice', 'advice'] },
  { ...notes.default, kinds: ['rudeness'] },
  { ...notes.default, sensitivity: 'eager' },
  { ...notes.default, fastest: 'hourly' },
])('%# does not fit', (given) => expect(notes.schema.safeParse(given).success).toBe(false));
