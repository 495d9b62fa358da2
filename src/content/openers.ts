import { seeded } from './find.ts';
import type { FeelingPrompts } from './prompts.ts';

/** Openers that are shown together. Pure. */

export type Prompt = FeelingPrompts['prompts'][number];

export const shownTogether = 3;

/**
 * The prompts of a feeling in the order in which they are shown, three at a time. What asks about danger comes first, as
 * it is written; then those of different moves beside each other, wherever there are any.
 */
export function orderOf({ prompts }: Pick<FeelingPrompts, 'prompts'>, seed: number): Prompt[] {
  const order = prompts.filter(({ first }) => first);
  const rest = seeded(
    prompts.filter(({ first }) => !first),
    seed,
  );
  while (rest.length > 0) {
    const beside = order.slice(order.length - (order.length % shownTogether)).map(({ move }) => move);
    const next = rest.findIndex(({ move }) => !beside.includes(move));
    order.push(...rest.splice(Math.max(0, next), 1));
  }
  return order;
}

/** Three of them from a place on; after the last the first ones come again. */
export function openersAt(order: readonly Prompt[], at: number): Prompt[] {
  const from = at % order.length;
  return [...order.slice(from), ...order].slice(0, Math.min(shownTogether, order.length));
}
