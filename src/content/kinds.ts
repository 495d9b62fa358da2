import { z } from 'zod';
import { type Kind, kinds as names } from '#detector/reading';
import { line, prose } from '#words';
import { collection, type Entries, id } from './collection.ts';
import { fitsWith, source, tooMuch } from './source.ts';

/** The words of the notes, one file a kind: data/<language>/kinds/. */

const kind = z
  .strictObject({
    id: z.enum(names),
    /** What members see in place of the kind's name. */
    name: line(60),
    /** What words like these do, or what can go unheard. */
    does: line(160),
    /** A reply such as many write, and what the same could sound like. */
    turns: z
      .array(z.strictObject({ from: line(60), to: line(120) }))
      .min(3)
      .max(12),
    openers: z.array(line(200)).min(3).max(20),
    why: prose(900),
    topic: id,
    sources: z.array(source).min(1).max(6),
  })
  .refine(({ why, sources }) => fitsWith(why, sources), tooMuch);
export type KindWords = z.output<typeof kind>;

export const kinds = collection({
  folder: 'kinds',
  schema: kind,
  needs: names,
  refers: ({ topic }) => [{ at: 'topic', to: 'explanations', id: topic }],
});

/** A kind's words: there are some for every kind, or the bot would not have started. */
export function wordsOf(kinds: Entries<KindWords>, kind: Kind): KindWords {
  const found = kinds.get(kind);
  if (!found) throw new TypeError(`no words for ${kind}`);
  return found;
}
