import { z } from 'zod';
import { filled, line, loadFile, loadShared } from '#words';
import type { Finding } from './find.ts';
import { source } from './source.ts';

/** Where somebody in danger can turn, data/crisis-lines.yaml, and the words about it, data/<language>/crisis.yaml. */

/** What may happen when somebody contacts a line; each is a sentence of the words. */
export const happenings = [
  'volunteers',
  'trained',
  'professionals',
  'wait',
  'busy',
  'calls-back',
  'questions-first',
  'number-hidden',
  'show-number',
  'more-languages',
  'for-others',
  'talks-first',
  'may-alert',
  'under-age',
] as const;

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const tongues = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
/** One that Intl knows and would write itself so: "GB", and not "UK", "EU" or "ZZ". */
const isCountry = (code: string) =>
  /^(?!EU|ZZ)[A-Z]{2}$/.test(code) && new Intl.Locale(`und-${code}`).region === code && regions.of(code) !== undefined;
const isLanguage = (code: string) => /^[a-z]{2,3}$/.test(code) && tongues.of(code) !== undefined;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/, 'lower-case letters, digits and hyphens, at most 40');
const language = z.string().refine(isLanguage, 'must be the code of a language');
const address = z.url({ protocol: /^https$/ }).max(400);
const number = z
  .string()
  .regex(/^[*#+]?\d[\d ]{1,16}\d$/, 'must be a number as it is dialled: digits, spaces, * or # first');
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time like 09:00');

/** Day and night, not known, or in that country's time. */
const hours = z.union([
  z.literal(['always', 'unknown']),
  z.array(z.strictObject({ days: z.array(z.enum(days)).min(1).optional(), from: time, to: time })).min(1),
]);

const open = { in: language.optional(), hours };
const way = z.discriminatedUnion('how', [
  z.strictObject({ how: z.enum(['call', 'whatsapp']), at: number, ...open }),
  z.strictObject({ how: z.literal('text'), at: number, word: line(20).optional(), ...open }),
  z.strictObject({ how: z.literal('chat'), at: address, ...open }),
  z.strictObject({ how: z.literal('email'), at: z.email(), in: language.optional() }),
]);

/** The public page that says so, and its date where it has one. */
const seen = z.strictObject({
  link: address,
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}){0,2}$/, 'must be a date like 2026, 2026-11 or 2026-11-27')
    .optional(),
});

const crisisLine = z.strictObject({
  id,
  name: line(80),
  ways: z.array(way).min(1).max(6),
  languages: z.array(language).min(1).max(10),
  /** Left out where no page says so. */
  free: z.boolean().optional(),
  anonymous: z.literal(true).optional(),
  happens: z.array(z.enum(happenings)).default([]),
  seen: z.array(seen).min(1).max(4),
});
export type CrisisLine = z.output<typeof crisisLine>;

const crisisLines = z
  .strictObject({
    countries: z.record(
      z.string(),
      z.strictObject({ also: z.array(line(40)).default([]), lines: z.array(crisisLine).min(1).max(4) }),
    ),
    /** Lists for the whole world; they come last. */
    directories: z.array(z.strictObject({ id, name: line(60), at: address, seen: z.array(seen).min(1) })).min(1),
  })
  .superRefine(({ countries, directories }, check) => {
    for (const code of Object.keys(countries)) {
      if (!isCountry(code))
        check.addIssue({ code: 'custom', path: ['countries', code], message: 'must be a code of ISO 3166, as GB' });
    }
    const ids = [...Object.values(countries).flatMap(({ lines }) => lines), ...directories].map((one) => one.id);
    const twice = ids.find((one, at) => ids.indexOf(one) !== at);
    if (twice) check.addIssue(`the id "${twice}" is there twice`);
  });
export type CrisisLines = z.output<typeof crisisLines>;
export type CrisisWay = CrisisLine['ways'][number];

const some = z.array(line(240)).min(1).max(10);
const lists = <const Name extends string>(...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, some])) as Record<Name, typeof some>;

const words = z.strictObject({
  /** For who is worried about somebody: sentences that one can write. `rather`: what is better not said. */
  somebody: z.strictObject({
    ...lists('before', 'ask', 'whenYes', 'whenItHasBegun', 'whenNo', 'whenUnsure', 'whenSilent', 'whenYoung'),
    ...lists('whenItIsAFriend', 'whenSomebodyHurtsThem', 'whenItIsTooMuchForYou'),
    rather: z
      .array(z.strictObject({ not: line(100), why: line(160) }))
      .min(2)
      .max(8),
  }),
  /** For who is in danger. */
  oneself: z.strictObject(lists('first', 'say', 'tonight', 'whenYoung', 'whenSomebodyHurtsYou')),
  /** What people want to know before they contact a line. */
  questions: z
    .array(z.strictObject({ ask: line(80), answer: line(400) }))
    .min(3)
    .max(10),
  lines: z.strictObject({
    how: z.strictObject({
      ...{ call: filled(80, 'at'), text: filled(80, 'at'), textWord: filled(80, 'word', 'at') },
      ...{ chat: filled(200, 'at'), whatsapp: filled(80, 'at'), email: filled(120, 'at') },
    }),
    inLanguage: filled(60, 'language'),
    ...{ always: line(60), unknown: line(80), daily: line(60), span: filled(120, 'days', 'from', 'to') },
    ...{ free: line(60), notFree: line(60), anonymous: line(60) },
    happens: z.strictObject(
      Object.fromEntries(happenings.map((one) => [one, line(160)])) as Record<
        (typeof happenings)[number],
        ReturnType<typeof line>
      >,
    ),
    seenAt: filled(1_000, 'where'),
    none: line(160),
    directories: line(80),
  }),
  sources: z.array(source).min(1).max(8),
});

export type CrisisWords = z.output<typeof words>;

/** @throws DataError that names the file and the entry. */
export const loadCrisis = (data: string) => ({
  lines: loadShared(data, 'crisis-lines.yaml', crisisLines),
  words: loadFile(data, 'crisis.yaml', words),
});

export type Country = { id: string; name: string; also: readonly string[] };

const namesIn = (speaks: string, codes: readonly string[]): string[] => {
  const names = new Intl.DisplayNames([speaks, 'en'], { type: 'region' });
  return codes.map((code) => names.of(code) ?? code);
};

/**
 * The countries that we have lines for, by their codes, to be found by what people type: the code, the name in their
 * own language, in English and in the country's ("Deutschland"), and what else it is called ("uk").
 */
export function countriesIn({ countries }: CrisisLines, locale?: string | null): ReadonlyMap<string, Country> {
  const codes = Object.keys(countries);
  const [names, english] = [namesIn(locale ?? 'en', codes), namesIn('en', codes)];
  return new Map(
    Object.entries(countries).map(([code, { also, lines }], at) => {
      const name = names[at] ?? code;
      const own = lines.flatMap(({ languages }) => languages).flatMap((speaks) => namesIn(speaks, [code]));
      return [code, { id: code, name, also: [...new Set([code, english[at] ?? code, ...own, ...also])] }];
    }),
  );
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let every: readonly string[] | undefined;
/** Looked for when somebody first asks, and not at each start. */
const everyCountry = (): readonly string[] => {
  every ??= letters.flatMap((first) => letters.map((second) => first + second)).filter(isCountry);
  return every;
};

/** How a country is found: one that we have no line for is not taken for a part of its name. */
export const findingCountry = ({ countries }: CrisisLines, locale?: string | null): Finding<Country> => {
  const others = everyCountry().filter((code) => !Object.hasOwn(countries, code));
  return { others: ['en', locale ?? 'en'].flatMap((speaks) => namesIn(speaks, others)) };
};
