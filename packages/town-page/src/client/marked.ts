/** Cuts a text where its marks begin and end. */
import type { Mark } from '../protocol.ts';

export type Piece = { from: number; words: string; mark?: Mark };

/** Where marks overlap, the strongest is shown. A mark lies around words: it begins and ends with one, or is none. */
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
    add(pieces, text.slice(from, to), over.sort((a, b) => b.strength - a.strength)[0]);
  }
  const made: Piece[] = [];
  for (const { words, mark } of pieces) {
    const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(words) ?? [];
    if (mark === undefined || !hasWords.test(core)) add(made, words);
    else {
      add(made, before);
      add(made, core, mark);
      add(made, after);
    }
  }
  return made;
}

/** Drawn around blanks or a lone stop, a mark is a sliver at the end or beginning of a line. */
const hasWords = /[^\s\p{P}]/u;

function add(pieces: Piece[], words: string, mark?: Mark): void {
  if (words === '') return;
  const last = pieces.at(-1);
  if (last && last.mark === mark) last.words += words;
  else pieces.push({ from: last ? last.from + last.words.length : 0, words, ...(mark && { mark }) });
}
