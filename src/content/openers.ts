import { seeded } from './find.ts';
import type { FeelingPrompts } from './prompts.ts';

/** Openers that are shown together. Pure. */

export type Prompt = FeelingPrompts['prompts'][number];

export const shownTogether = 3;

/**
 * The prompts of a feeling in the order in which they are shown. What asks about danger comes first, always and as it is
 * written; then the others, of different moves beside each other wherever there are any.
 * @param turn how often the feeling was asked for: each time others of them come first.
 */
export function orderOf({ prompts }: Pick<FeelingPrompts, 'prompts'>, seed: number, turn: number): Prompt[] {
  const first = prompts.filter((one) => one.first);
  const order: Prompt[] = [];
  const rest = seeded(
    prompts.filter((one) => !one.first),
    seed,
  );
  while (rest.length > 0) {
    const beside = order.slice(1 - shownTogether).map(({ move }) => move);
    const next = rest.findIndex(({ move }) => !beside.includes(move));
    order.push(...rest.splice(Math.max(0, next), 1));
  }
  const from = order.length === 0 ? 0 : (turn * Math.max(1, shownTogether - first.length)) % order.length;
  return [...first, ...order.slice(from), ...order.slice(0, from)];
}

/** Three of a list from a place on; after the last the first ones come again. */
export function someFrom<T>(order: readonly T[], at: number, count = shownTogether): T[] {
  const from = at % order.length;
  return [...order.slice(from), ...order].slice(0, Math.min(count, order.length));
}
