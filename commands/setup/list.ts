import { button, type chooseChannels, type chooseRoles, type Part, row } from '#panels/ui';

/** A list of channels or roles of any length: a select of Discord holds 25, so a longer one is shown part by part. */

export const perPart = 25;

/** The list with room for more: one part more than is full, so that there is always something to choose with. */
export const roomIn = (list: readonly string[]): readonly string[] => (list.length < perPart ? list : [...list, '']);

/** Where a part begins, as the custom id of its page says. */
export const fromOf = (at: string | number, list: readonly string[]): number => {
  const from = Number(at);
  return Number.isInteger(from) && from >= 0 && from < list.length ? from - (from % perPart) : 0;
};

/** The list once its part that begins at `from` was chosen anew. */
export const withPart = (list: readonly string[], from: number, chosen: readonly string[]): string[] => [
  ...new Set([...list.slice(0, from), ...chosen, ...list.slice(from + perPart)]),
];

type Select = ReturnType<typeof chooseChannels | typeof chooseRoles>;

/** One part of a list, to be changed; with the way to the others where there are any. */
export function partOf(
  { list, from, isGone }: { list: readonly string[]; from: number; isGone: (id: string) => boolean },
  to: { choose: (shown: readonly string[]) => Select; turn: (from: number) => string },
  words: { before: string; after: string },
): Part[] {
  const shown = list.slice(from, from + perPart).filter((id) => id !== '' && !isGone(id));
  return [
    row(to.choose(shown)),
    row(
      from > 0 && button(to.turn(from - perPart), words.before),
      from + perPart < list.length && button(to.turn(from + perPart), words.after),
    ),
  ];
}
