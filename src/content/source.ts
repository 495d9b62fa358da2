import { z } from 'zod';
import { line } from '#words';

/** Where a claim comes from. */
export const source = z.strictObject({
  title: line(200),
  by: line(200),
  year: z.number().int().optional(),
  link: z
    .url({ protocol: /^https$/ })
    .max(200)
    .optional(),
});
export type Source = z.output<typeof source>;

/** A message holds 4,000 characters: the rest is for headings, the name of who shared it, and a notice. */
const messageRoom = 3_400;

/** Does a text fit into one message with its sources? `12` stands for the signs around each. */
export const fitsWith = (text: string, sources: readonly Source[]) =>
  sources.reduce((sum, { title, by, link = '' }) => sum + title.length + by.length + link.length + 12, text.length) <=
  messageRoom;
export const tooMuch = { error: 'is with its text more than one message holds', path: ['sources'] };
