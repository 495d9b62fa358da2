/**
 * A number as it may be shown. As statistics on health do it: one to four is "<5", everything else is rounded to fives,
 * and every sum is reckoned from what is shown. So neither a sum nor the difference of two periods gives away a small
 * number, and nobody is found by looking again after one reply.
 */

export const few = '<5';
export type Cell = number | typeof few;

const step = 5;
const rounded = (n: number) => Math.round(n / step) * step;

export const cellOf = (n: number): Cell => (n <= 0 ? 0 : n < step ? few : rounded(n));

/** What a hidden number is taken for: the middle of what it can be, whatever it is. */
export const sizeOf = (cell: Cell): number => (cell === few ? step / 2 : cell);

const estimate = (cells: readonly Cell[]) => cells.reduce<number>((sum, cell) => sum + sizeOf(cell), 0);

/** About how many all of them are. */
export const aboutAll = (cells: readonly Cell[]): Cell => cellOf(estimate(cells));

/** Fewer do not make a share. */
const enough = 20;

/** About how many percent `part` is of `whole`; undefined where there are too few to tell. */
export function aboutShare(part: readonly Cell[], whole: readonly Cell[]): number | undefined {
  const all = estimate(whole);
  return all < enough ? undefined : Math.min(100, Math.round((100 * estimate(part)) / all));
}
