import { z } from 'zod';
import { line } from '#words';
import { collection, id } from './collection.ts';

/** Reflective-listening prompts, one file a feeling: data/<language>/prompts/. */

/** Feelings that are close to each other; the words for each are in commands/reflect.yaml. */
export const families = [
  'sad',
  'loss',
  'alone',
  'afraid',
  'angry',
  'hurt',
  'worth',
  'empty',
  'stuck',
  'body',
  'others',
  'mixed',
] as const;
export type Family = (typeof families)[number];

/** What a prompt does for the person: openers that are shown together are of different moves. */
export const moves = [
  'naming',
  'tracking',
  'making-room',
  'checking',
  'asking',
  'makes-sense',
  'no-need-to-answer',
  'staying',
  'pace',
  'repair',
] as const;
export type Move = (typeof moves)[number];

/** The topic that says why a move helps. */
export const whyItHelps: Record<Move, string> = {
  naming: 'feeling-felt',
  tracking: 'music-of-words',
  'making-room': 'not-fixing',
  checking: 'saying-back',
  asking: 'open-questions',
  'makes-sense': 'it-makes-sense',
  'no-need-to-answer': 'silence',
  staying: 'presence',
  pace: 'co-regulation',
  repair: 'coming-back',
};
export const whyToAskPlainly = 'asking-about-suicide';
export const whyForMyself = 'self-attunement';

const feeling = z.strictObject({
  id,
  /** As it reads inside a sentence: "grief for an animal". */
  name: line(60),
  family: z.enum(families),
  /** Offered before the others while nothing is typed yet. */
  usual: z.literal(true).optional(),
  /** What people type to find it. */
  also: z.array(line(60)).max(120),
  prompts: z
    .array(
      z.strictObject({
        move: z.enum(moves),
        notice: line(180),
        say: line(180),
        ask: line(140).optional(),
        /** Somebody may be in danger: shown before the others, whose order changes. */
        first: z.literal(true).optional(),
        /** About danger as well, though most who look this feeling up are in none: not shown first, and never shared. */
        danger: z.literal(true).optional(),
      }),
    )
    .min(4)
    .max(30),
  /** For somebody who looks the feeling up because it is their own. */
  ifYou: line(300).optional(),
});
export type FeelingPrompts = z.output<typeof feeling>;

/** The prompts that are shown when no feeling was named. */
export const anyFeeling = 'any';

export const prompts = collection({ folder: 'prompts', schema: feeling, needs: [anyFeeling] });
