import { z } from 'zod';
import { fault } from '#settings/faults';
import { section } from '#settings/section';

/** Nothing in it can be seen. */
export const isBlank = (text: string): boolean =>
  !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replace(/\p{Default_Ignorable_Code_Point}|\u2800/gu, ''));

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !isBlank(text), fault('empty'))
    .refine((text) => !/[\r\n]/.test(text), fault('oneLine'));

/** In characters: four lines fit on one page with those of any country. */
export const longest = { name: 60, how: 120, note: 120 } as const;

/** An address that somebody on the way could change. */
export const isUnsafe = (text: string): boolean => /\bhttp:\/\//i.test(text);

const said = (max: number) => line(max).refine((text) => !isUnsafe(text), fault('https'));

/** Whom a community names for danger: shown before every other line in /crisis. */
export const crisis = section(
  'crisis',
  {
    lines: z
      .array(z.strictObject({ name: line(longest.name), how: said(longest.how), note: said(longest.note).optional() }))
      .max(4)
      .refine((all) => new Set(all.map(({ name }) => name.toLowerCase())).size === all.length, fault('twice'))
      .readonly(),
  },
  { lines: [] },
);

export type OwnLine = (typeof crisis)['default']['lines'][number];
