import { z } from 'zod';
import { families } from '#content/prompts';
import { type Fault, fault, faultsOf } from '#settings/faults';
import { mostOwnPrompts, type OwnWords } from '#store/own-prompts';
import { hasWords, lineOf, longest } from '../prompts/typed.ts';

/** A community's own prompts in a file: read as strictly as those that are typed into /prompts, and as they are kept. */

const text = (name: keyof typeof longest) => z.string().transform(lineOf).pipe(z.string().max(longest[name]));
const isOnce = (all: readonly unknown[]) => new Set(all).size === all.length;

const prompt = z.strictObject({
  say: text('say').refine(hasWords, fault('empty')),
  ask: text('ask').optional(),
  notice: text('notice').optional(),
  /** None: it fits any feeling. */
  families: z.array(z.enum(families)).refine(isOnce, fault('twice')).default([]),
});

const prompts = z
  .array(prompt)
  .max(mostOwnPrompts)
  .refine((all) => isOnce(all.map(({ say, ask }) => JSON.stringify([say, ask || null]))), fault('twice'));

export function readPrompts(given: unknown): { prompts: OwnWords[] } | { refused: Fault[] } {
  const read = z.strictObject({ prompts }).safeParse({ prompts: given });
  if (!read.success) return { refused: faultsOf(read.error) };
  return {
    prompts: read.data.prompts.map(({ say, ask, notice, families: fits }) => ({
      say,
      ...(ask && { ask }),
      ...(notice && { notice }),
      families: families.filter((family) => fits.includes(family)),
    })),
  };
}
