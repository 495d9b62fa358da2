import { expect, test } from 'vitest';
import { z } from 'zod';
import { changesSchema, section, snowflake } from '#settings/section';

const tea = section('tea', { milk: z.boolean(), leaves: z.array(z.string()).readonly() }, { milk: false, leaves: [] });
const cake = section('cake', { slices: z.number() }, { slices: 1 });

test('the default of a section fits its schema, and nobody can change it', () => {
  expect(tea.default).toEqual({ milk: false, leaves: [] });
  expect(Object.isFrozen(tea.default) && Object.isFrozen(tea.default.leaves)).toBe(true);
  expect(() => section('soup', { salt: z.number().max(3) }, { salt: 4 })).toThrow('salt');
});

test.each([{}, { cake: { slices: 2 } }, { tea: { milk: true, leaves: ['mint'] }, cake: { slices: 2 } }])(
  '%j may be changed',
  (changes) => {
    expect(changesSchema([tea, cake]).parse(changes)).toEqual(changes);
  },
);

test.each([
  { soup: {} },
  { cake: {} },
  { cake: { slices: 2, icing: true } },
  { cake: { slices: '2' } },
  { cake: null },
  [],
])('%j may not be changed', (changes) => {
  expect(changesSchema([tea, cake]).safeParse(changes).success).toBe(false);
});

test.each(['1', '500000000000000001', '18446744073709551615'])('%s is an id', (id) => {
  expect(snowflake.parse(id)).toBe(id);
});

test.each(['', '0', '0500', ' 5', '-5', '5.0', 'support', '184467440737095516150', 5])('%j is no id', (id) => {
  expect(snowflake.safeParse(id).success).toBe(false);
});
