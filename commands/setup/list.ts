import { button, chooseChannels, type Part, row } from '#panels/ui';

/** A list of channels of any length: a select of Discord holds 25, so a longer one is shown part by part. */

export const perPart = 25;

/** Where a part begins, as the custom id of its page says. */
export const fromOf = (at: string, list: readonly string[]): number => {
  const from = Number(at);
  return Number.isInteger(from) && from >= 0 && from < list.length ? from - (from % perPart) : 0;
};

/** The list once its part that begins at `from` was chosen anew. */
export const withPart = (list: readonly string[], from: number, chosen: readonly string[]): string[] => [
  ...new Set([...list.slice(0, from), ...chosen, ...list.slice(from + perPart)]),
];

/** One part of a list, to be changed; with the way to the others where there are any. */
export function partOf(
  { list, from, isGone }: { list: readonly string[]; from: number; isGone: (id: string) => boolean },
  to: { choose: string; turn: (from: number) => string },
  words: { choose: string; before: string; after: string },
): Part[] {
  const shown = list.slice(from, from + perPart).filter((id) => id !== '' && !isGone(id));
  return [
    row(chooseChannels(to.choose, words.choose, [], shown)),
    row(
      from > 0 && button(to.turn(from - perPart), words.before),
      from + perPart < list.length && button(to.turn(from + perPart), words.after),
    ),
  ];
}
