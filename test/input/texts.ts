import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { z } from 'zod';

/** Texts from outside: a corpus of nasty ones, whatever Unicode allows, and people's words with either between them. */

const entry = z.strictObject({ why: z.string().min(1), text: z.string(), times: z.number().int().min(2).optional() });

/** No message is longer. */
export const longest = 4_000;

const corpus = z.array(entry).parse(parse(readFileSync(new URL('nasty.yaml', import.meta.url), 'utf8')));

/** What nasty.yaml has, once each; without what is nothing to say again. */
export const shapes = corpus.filter(({ text }) => text !== '');

/** nasty.yaml. */
export const nasty = corpus.map(({ why, text, times = 1 }) => ({ why, text: text.repeat(times).slice(0, longest) }));

const words = [
  ...['my mother died last week and i miss her', 'i feel so alone', 'what should i do?', 'i want to die'],
  ...['you should see a therapist', 'at least she is at peace', 'just stay positive', 'have you tried yoga?'],
  ...['that sounds so heavy. i am here', 'do you want to tell me about her?', 'no advice please', 'thank you'],
];

/** Whatever a string can hold, halves of signs too. */
const anything = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) });
const spoken = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...nasty.map(({ text }) => text)) },
  { weight: 1, arbitrary: anything },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
);

/** One message, as long as Discord lets it be. */
export const said = fc.array(spoken, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' ').slice(0, longest));

/** What anybody may put in the place of a value. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, 0, -1, 1.5, 2 ** 53, '', '0', '-1', 'null', '99999999999999999999', '1e5', ' 1'),
  fc.constantFrom([], {}, [[]], [null], { id: null }, { length: -1 }, ['__proto__'], { toString: 1 }),
  said,
  fc.jsonValue({ maxDepth: 2 }),
);

type Path = readonly (string | number)[];

/** Where something stands in a value: every field of it, and of those, to the bottom. */
function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, one]) => pathsIn(one, [...at, key]))];
}

const nothing = Symbol('nothing');

/** The value with something else at this place, or nothing. */
function withAt(value: unknown, [key, ...rest]: Path, other: unknown): unknown {
  if (key === undefined) return other;
  if (typeof value !== 'object' || value === null) return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  const put = withAt(copy[key], rest, other);
  if (put === nothing) delete copy[key];
  else copy[key] = put;
  return copy;
}

/** The same with one to three of its fields missing or something else. */
export function bent(value: unknown): fc.Arbitrary<unknown> {
  const place = fc.constantFrom(...pathsIn(value).slice(1));
  const change = fc.tuple(
    place,
    fc.oneof({ weight: 1, arbitrary: fc.constant<unknown>(nothing) }, { weight: 2, arbitrary: junk }),
  );
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) => changes.reduce((made, [at, other]) => withAt(made, at, other), value));
}
