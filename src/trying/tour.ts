import { z } from 'zod';
import { line, loadFile } from '#words';

/** What the page of the town says to its visitors: data/<language>/tour.yaml. */

const who = line(40);

const goal = z.union([
  z.strictObject({ who, says: line(40) }),
  z.strictObject({ who, hears: z.literal('dm') }),
  z.strictObject({ who, uses: line(40) }),
]);

const step = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]{0,31}$/, 'lower-case letters and hyphens, at most 32'),
  title: line(60),
  text: line(240),
  as: who.optional(),
  at: line(40).optional(),
  suggest: line(300).optional(),
  waiting: line(160).optional(),
  goal: goal.optional(),
  reached: line(160).optional(),
  uses: z
    .array(
      z
        .strictObject({
          name: line(32),
          as: who.optional(),
          of: who.optional(),
          missing: line(160).optional(),
        })
        .transform(withoutHoles),
    )
    .optional(),
});

const tourWords = z.strictObject({
  title: line(60),
  about: line(160),
  cast: z.array(z.strictObject({ name: who, part: line(20) })).min(1),
  words: z.strictObject({
    title: line(60),
    start: line(30),
    skip: line(40),
    again: line(30),
    all: line(30),
    inMenu: line(80),
    next: line(20),
    back: line(20),
    insert: line(30),
    finish: line(20),
    actingAs: z.string().trim().max(80).includes('{who}'),
  }),
  steps: z.array(step).min(1).max(12),
});

/** The page's title, its people and its tour. @throws DataError that names the file and the entry. */
export function readTour(data: string) {
  const { title, about, cast, words, steps } = loadFile(data, 'tour.yaml', tourWords)();
  return { title, about, cast, tour: { ...words, steps: steps.map(withoutHoles) } };
}

/** Absent rather than undefined. */
function withoutHoles<T extends object>(thing: T) {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
