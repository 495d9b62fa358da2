import { z } from 'zod';
import { type Kind, kinds as kindNames } from '#detector/reading';
import { line, loadFolder, prose, type Spoken, WordsError } from '#words';

/** What a trainer of listeners writes: data/<language>/{kinds,prompts,explanations}/. CONTRIBUTING.md shows each shape. */

const id = z.string().regex(/^[a-z][a-z-]{0,31}$/, 'lower-case letters and hyphens, at most 32');

const source = z.strictObject({
  title: line(200),
  by: line(200).optional(),
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
const fitsWith = (text: string, sources: readonly Source[]) =>
  sources.reduce(
    (sum, { title, by = '', link = '' }) => sum + title.length + by.length + link.length + 12,
    text.length,
  ) <= messageRoom;
const tooMuch = { error: 'is with its text more than one message holds', path: ['sources'] };

const kind = z
  .strictObject({
    id: z.enum(kindNames),
    /** What members see in place of the kind's name. */
    name: line(60),
    seen: line(160),
    effect: line(200),
    openers: z.array(line(200)).min(3).max(20),
    why: prose(900),
    topic: id,
    sources: z.array(source).min(1).max(6),
  })
  .refine(({ why, sources }) => fitsWith(why, sources), tooMuch);
export type KindWords = z.output<typeof kind>;

const prompt = z.strictObject({
  id,
  name: line(60),
  /** What people type to find it. */
  also: z.array(line(60)).max(40),
  prompts: z
    .array(
      z.strictObject({
        notice: line(180),
        say: line(180),
        ask: line(140).optional(),
        /** Shown before the others, whose order changes. */
        first: z.literal(true).optional(),
      }),
    )
    .min(3)
    .max(30),
  /** For somebody who looks the feeling up because it is their own. */
  ifYou: line(300).optional(),
});
export type FeelingPrompts = z.output<typeof prompt>;

const explanation = z
  .strictObject({
    id,
    name: line(60),
    also: z.array(line(60)).max(40),
    short: prose(900),
    long: prose(2600),
    sources: z.array(source).min(1).max(8),
    related: z
      .array(id)
      .min(1)
      .max(3)
      .refine((ids) => new Set(ids).size === ids.length, 'names a topic twice'),
  })
  .refine(({ long, sources }) => fitsWith(long, sources), tooMuch);
export type Explanation = z.output<typeof explanation>;

export type Content = {
  kinds: Spoken<Record<Kind, KindWords>>;
  prompts: Spoken<ReadonlyMap<string, FeelingPrompts>>;
  explanations: Spoken<ReadonlyMap<string, Explanation>>;
};

/** The prompts that are shown when no feeling was named. */
export const anyFeeling = 'any';

/** @throws WordsError that names the file and the entry. */
export function loadContent(data: string): Content {
  const kinds = loadFolder(data, 'kinds', kind);
  const prompts = loadFolder(data, 'prompts', prompt);
  const explanations = loadFolder(data, 'explanations', explanation);

  const missing = kindNames.find((name) => !kinds().has(name));
  if (missing) throw new WordsError(`data/en/kinds/${missing}.yaml: the file is missing`);
  if (!prompts().has(anyFeeling)) throw new WordsError(`data/en/prompts/${anyFeeling}.yaml: the file is missing`);
  const refer = (file: string, topic: string) => {
    if (!explanations().has(topic)) throw new WordsError(`${file}: there is no explanation "${topic}"`);
  };
  for (const entry of kinds().values()) refer(`data/en/kinds/${entry.id}.yaml, topic`, entry.topic);
  for (const entry of explanations().values()) {
    for (const topic of entry.related) refer(`data/en/explanations/${entry.id}.yaml, related`, topic);
  }
  const complete = (locale?: string | null) => Object.fromEntries(kinds(locale)) as Record<Kind, KindWords>;
  return { kinds: Object.assign(complete, { languages: kinds.languages }), prompts, explanations };
}
