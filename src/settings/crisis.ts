import { z } from 'zod';
import { section } from '#settings/section';

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/[\r\n]/.test(text), 'must be one line');

/** In characters: four lines fit on one page with those of any country. */
export const longest = { name: 60, how: 120, note: 120 } as const;

/** An address that somebody on the way could change. */
export const isUnsafe = (text: string): boolean => /\bhttp:\/\//i.test(text);

const said = (max: number) => line(max).refine((text) => !isUnsafe(text), 'an address must begin with https://');

/** Whom a community names for danger: shown before every other line in /crisis. */
export const crisis = section(
  'crisis',
  {
    lines: z
      .array(z.strictObject({ name: line(longest.name), how: said(longest.how), note: said(longest.note).optional() }))
      .max(4)
      .readonly(),
  },
  { lines: [] },
);

export type OwnLine = (typeof crisis)['default']['lines'][number];
