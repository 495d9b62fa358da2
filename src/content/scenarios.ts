import { z } from 'zod';
import { kinds } from '#detector/reading';
import { line } from '#words';
import { collection, id } from './collection.ts';

/** Posts to try a reply on, each with a key written by hand, one file a scenario: data/<language>/scenarios/. */

export const topics = [
  'loss',
  'animals',
  'family',
  'love',
  'friends',
  'school',
  'work',
  'money',
  'health',
  'belonging',
  'joy',
  'this-chat',
  'recovery',
  'shock',
  'safety',
] as const;
export type Topic = (typeof topics)[number];

/**
 * What is special about some: a miss of one's own comes first and is to be mended, ideas are wanted and right, nothing
 * has to be said, or somebody may be in danger (ask plainly, bring others).
 */
export const needs = ['repair', 'advice', 'silence', 'danger'] as const;

/** One way of many to stay with them, and why it stays. */
const stays = z.strictObject({ say: line(300), why: line(240) });

const scenario = z
  .strictObject({
    id,
    topic: z.enum(topics),
    difficulty: z.literal([1, 2, 3]),
    needs: z.enum(needs).optional(),
    /** What was said before the post. */
    before: z
      .array(z.strictObject({ who: z.enum(['them', 'you']), says: line(300) }))
      .min(1)
      .max(4)
      .optional(),
    /** As somebody writes it in a chat; nobody names the feeling. */
    post: line(400),
    /** What the person may be feeling. */
    feels: z.array(line(100)).min(2).max(5),
    /** What is easily left unheard. */
    unheard: line(240),
    stays,
    /** One that moved away, its kind where it has one, and how that could be told gently. */
    moved: z.strictObject({ say: line(240), kind: z.enum(kinds).optional(), gently: line(300) }),
    /** What the same person may write next: the same again, harder. */
    harder: z.strictObject({ post: line(300), unheard: line(240), stays }),
  })
  .refine(({ needs, before }) => needs !== 'repair' || before?.some(({ who }) => who === 'you'), {
    error: 'a repair needs what you wrote',
    path: ['before'],
  });
export type Scenario = z.output<typeof scenario>;

export const scenarios = collection({ folder: 'scenarios', schema: scenario });
