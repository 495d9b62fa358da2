import { expect, test } from 'vitest';
import { language } from '#settings/language';

test('by default it is what Discord says', () => expect(language.default).toEqual({ locale: null }));

test.each(['de', 'pt-BR', null])('%j fits', (locale) =>
  expect(language.schema.safeParse({ locale }).success).toBe(true),
);
test.each(['', 'German', '../en', 'de_DE', 5])('%j does not fit', (locale) =>
  expect(language.schema.safeParse({ locale }).success).toBe(false),
);
