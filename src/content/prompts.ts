import { z } from 'zod';
import { line } from '#words';
import { collection, id } from './collection.ts';

/** Reflective-listening prompts, one file a feeling: data/<language>/prompts/. */

const feeling = z.strictObject({
  id,
  name: line(60),
  /** What people type to find it. */
  also: z.array(line(60)).max(80),
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
export type FeelingPrompts = z.output<typeof feeling>;

/** The prompts that are shown when no feeling was named. */
export const anyFeeling = 'any';

export const prompts = collection({ folder: 'prompts', schema: feeling, needs: [anyFeeling] });
