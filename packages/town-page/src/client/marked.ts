/** Cuts a text where its marks begin and end. */
import type { Mark } from '../protocol.ts';

export type Piece = { from: number; words: string; mark?: Mark };

/** Where marks overlap, the strongest is shown. */
export function marked(text: string, marks: readonly Mark[]): Piece[] {
  const edges = new Set([0, text.length]);
  for (const { start, end } of marks)
    for (const edge of [start, end]) edges.add(Math.min(Math.max(edge, 0), text.length));
  const cuts = [...edges].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (const [at, from] of cuts.entries()) {
    const to = cuts[at + 1];
    if (to === undefined) break;
    const over = marks.filter(({ start, end }) => start <= from && end >= to);
    const mark = over.sort((a, b) => b.strength - a.strength)[0];
    const last = pieces.at(-1);
    if (last && last.mark === mark) last.words += text.slice(from, to);
    else pieces.push({ from, words: text.slice(from, to), ...(mark && { mark }) });
  }
  return pieces;
}
