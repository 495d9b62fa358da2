import { seeded } from './find.ts';
import type { FeelingPrompts } from './prompts.ts';

/** Openers that are shown together. Pure. */

export type Prompt = FeelingPrompts['prompts'][number];

/** A prompt of a community's own, as its moderators wrote it. Its id stands for these words and no others. */
export type Own = {
  id: string;
  say: string;
  ask?: string | undefined;
  notice?: string | undefined;
  /** The families of feelings that it fits; none: any. */
  families: readonly string[];
};

export type Opener = Prompt | Own;
export const isOwn = (opener: Opener): opener is Own => 'families' in opener;

/** What somebody could write, as one line. */
export const saying = ({ say, ask }: Pick<Opener, 'say' | 'ask'>): string =>
  ask === undefined ? say : `${say} ${ask}`;

export const shownTogether = 3;

/** Those of a community's own that fit a family of feelings; where none is known, those that fit any. */
export const fitting = (own: readonly Own[], family?: string): Own[] =>
  own.filter(({ families }) => families.length === 0 || (family !== undefined && families.includes(family)));

/** One of the three is the community's own, where there is one. Never where somebody may be in danger: ask before. */
export const withOwn = (openers: readonly Prompt[], own: Own | undefined): Opener[] =>
  own ? [...openers.slice(0, shownTogether - 1), own] : [...openers];

/**
 * The prompts of a feeling in the order in which they are shown. What asks about danger comes first, always and as it is
 * written; then the others, of different moves beside each other wherever there are any.
 * @param turn how often the feeling was asked for: each time others of them come first.
 * @param forAny prompts for any feeling. They stand in for those that are missing to three, so that nothing comes again
 * before all were shown.
 */
export function orderOf(
  { prompts }: Pick<FeelingPrompts, 'prompts'>,
  seed: number,
  turn: number,
  forAny: readonly Prompt[] = [],
): Prompt[] {
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
  const missing = (shownTogether - (prompts.length % shownTogether)) % shownTogether;
  for (const one of seeded(forAny, seed)) {
    if (order.length === prompts.length - first.length + missing) break;
    if (!order.slice(1 - shownTogether).some(({ move }) => move === one.move)) order.push(one);
  }
  const from = order.length === 0 ? 0 : (turn * Math.max(1, shownTogether - first.length)) % order.length;
  return [...first, ...order.slice(from), ...order.slice(0, from)];
}

/** Three of a list from a place on; after the last the first ones come again. */
export function someFrom<T>(order: readonly T[], at: number, count = shownTogether): T[] {
  const from = at % order.length;
  return [...order.slice(from), ...order].slice(0, Math.min(count, order.length));
}
