import { z } from 'zod';
import { readSignFiles } from '#detector/open';
import { line, loadFile } from '#words';

/**
 * The words that reflections are made of, data/en/reflection/: feeling words, what people tell, shapes, open questions,
 * and what is never said. English only, as the signs are.
 */

const text = z.string().trim().min(1);
const list = z.array(text);
const topic = z.string().regex(/^[a-z]+$/);
/** A word in one form, and in another. */
const forms = z.record(text, z.string());

/** A sentence with gaps: any of these, and at least one. `{Said}` is `{said}` with a capital letter. */
const shape = (...gaps: string[]) =>
  text.max(200).superRefine((sentence, check) => {
    const found = [...sentence.matchAll(/\{([^{}]*)\}/g)].map(([, gap = '']) => gap);
    if (found.length === 0) check.addIssue('must hold a {gap}');
    for (const gap of found)
      if (!gaps.includes(gap.charAt(0).toLowerCase() + gap.slice(1)))
        check.addIssue(`does not know {${gap}}; it takes ${gaps.map((one) => `{${one}}`).join(', ')}`);
  });
const shapes = (...gaps: string[]) => z.array(shape(...gaps)).min(2);

const schemas = {
  words: z.strictObject({
    ...{ spelling: forms, turn: forms, short: forms, dropped: list, capitals: forms },
    degrees: z.strictObject({ more: forms, less: forms, same: forms }),
    frames: z.array(z.strictObject({ after: text, say: text, alone: z.literal(true).optional() })).min(1),
    ...{ links: list, onlyFelt: list, notAfter: list, beliefAfter: list, happenedAfter: list, not: list },
    lists: z.record(topic, list.min(1)),
    never: list.min(1),
  }),
  feelings: z.strictObject({
    /** No feeling where one of these follows: "tired of". */
    unless: z.record(text, list),
    feelings: z.array(z.strictObject({ topic, mild: list, plain: list, strong: list })).min(1),
  }),
  situations: z
    .array(
      z.strictObject({
        topic,
        it: z.enum(['fragment', 'belief']).optional(),
        instead: z.array(line(160)).min(2).optional(),
        ...{ i: list.optional(), they: list.optional(), says: list.optional() },
      }),
    )
    .min(1),
  shapes: z.strictObject({
    linked: shapes('feels', 'link', 'said'),
    both: shapes('feels', 'said'),
    said: shapes('said'),
    twice: shapes('said', 'also'),
    fragment: shapes('said'),
    belief: shapes('said'),
    mild: shapes('feels', 'feeling'),
    plain: shapes('feels', 'feeling'),
    strong: shapes('feels', 'feeling'),
    /** For posts of which nothing is handed back. */
    general: z.array(line(160)).min(3),
    /** The same, where it was read as good news or small talk: true of a hard post, too, as that may be wrong. */
    light: z.array(line(160)).min(3),
    /** Beside one that was made for the post. */
    beside: z.array(line(160)).min(3),
  }),
  asks: z.strictObject({
    general: z.array(line(140)).min(3),
    light: z.array(line(140)).min(2),
    about: z.record(topic, z.array(line(140)).min(2)),
  }),
};
/** How a chat is written: kept with the signs. */
const spelling = z.object({ spelling: forms, fillers: list, joiners: list });

export type ReflectionWords = ReturnType<typeof readReflectionWords>;

/** @throws DataError that names the file and the entry. */
export function readReflectionWords(data: string) {
  const read = <S extends z.ZodType>(file: string, schema: S): z.output<S> => loadFile(data, file, schema)();
  return {
    ...read('reflection/words.yaml', schemas.words),
    ...read('reflection/feelings.yaml', schemas.feelings),
    situations: read('reflection/situations.yaml', schemas.situations),
    shapes: read('reflection/shapes.yaml', schemas.shapes),
    asks: read('reflection/asks.yaml', schemas.asks),
    chat: read('signs/words.yaml', spelling),
    /** Words that are written in chats, and are no slips. */
    chatWords: [
      ...new Set(
        JSON.stringify(readSignFiles(data))
          .toLowerCase()
          .match(/\p{L}+/gu),
      ),
    ],
  };
}
