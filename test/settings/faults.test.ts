import { expect, test } from 'vitest';
import { z } from 'zod';
import { fault, faultsOf } from '#settings/faults';
import { readImport } from '#settings/import';
import { defaultSettings, sections } from '#settings/settings';

const shape = z.strictObject({
  name: z.string().max(3),
  kind: z.enum(['tea', 'cake']),
  all: z
    .array(z.string())
    .min(1)
    .max(2)
    .refine((all) => new Set(all).size === all.length, fault('twice')),
  odd: z.number().optional(),
});
const fits = { name: 'mo', kind: 'tea', all: ['a'] };

test.each([
  ['what is not known', { ...fits, sugar: 1 }, { at: 'sugar', what: 'unknown' }],
  ['another type than text', { ...fits, name: 1 }, { at: 'name', what: 'text' }],
  ['no list', { ...fits, all: {} }, { at: 'all', what: 'list' }],
  ['no names', [], { at: '', what: 'section' }],
  ['none of the choices', { ...fits, kind: 'coffee' }, { at: 'kind', what: 'choice', choices: ['tea', 'cake'] }],
  ['too long a text', { ...fits, name: 'four' }, { at: 'name', what: 'tooLong', most: 3 }],
  ['too long a list', { ...fits, all: ['a', 'b', 'c'] }, { at: 'all', what: 'tooMany', most: 2 }],
  ['an empty list', { ...fits, all: [] }, { at: 'all', what: 'empty' }],
  ['a fault of our own', { ...fits, all: ['a', 'a'] }, { at: 'all', what: 'twice' }],
  ['something inside a list', { ...fits, all: ['a', 1] }, { at: 'all[1]', what: 'text' }],
  ['anything else', { ...fits, odd: 'x' }, { at: 'odd', what: 'other' }],
])('%s has a name of ours', (_, given, expected) => {
  const { error } = shape.safeParse(given);
  expect(error && faultsOf(error)).toEqual([expected]);
  expect(shape.safeParse(fits).success).toBe(true);
});

test('whatever stands in a setting that does not belong there, it is named by more than "other"', () => {
  for (const { name, schema } of sections)
    for (const key of Object.keys(schema.shape))
      for (const wrong of [1, true, { a: 1 }, [{ a: 1 }], 'a b\nc'.repeat(100), ['x', 'x'], []]) {
        const answer = readImport(sections, { [name]: { [key]: wrong } }, defaultSettings, () => true);
        if ('taken' in answer) continue;
        expect(answer.refused.length, `${name}.${key}`).toBeGreaterThan(0);
        for (const { at, what } of answer.refused) {
          expect(at.startsWith(`${name}.${key}`), at).toBe(true);
          expect([what, at]).not.toEqual(['other', at]);
        }
      }
});
