import { z } from 'zod';
import { line, prose } from '#words';
import { collection, id } from './collection.ts';
import { whyForMyself, whyItHelps, whyToAskPlainly } from './prompts.ts';
import { fitsWith, source, tooMuch } from './source.ts';

/** "Feeling felt" and what belongs to it, one file a topic: data/<language>/explanations/. */

const explanation = z
  .strictObject({
    id,
    name: line(60),
    also: z.array(line(60)).max(60),
    short: prose(700),
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

/** Where all explanations begin. */
export const firstTopic = 'feeling-felt';

export const explanations = collection({
  folder: 'explanations',
  schema: explanation,
  needs: [firstTopic, whyForMyself, whyToAskPlainly, ...Object.values(whyItHelps)],
  refers: ({ related }) => related.map((id) => ({ at: 'related', to: 'explanations', id })),
});
