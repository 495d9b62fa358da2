/** Texts that are nearly the same, and texts that have many words in a row in common. */

export type Said = { id: string; group: string; text: string };
export type Alike = { share: number; one: Said; other: Said };

/** Lower case, without punctuation and emoji; "don't" is one word. */
export const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/['’]/g, '')
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Shorter texts are alike by chance ("do you want to talk about it?"). */
const fewest = 8;
/** One word of eight changed leaves about this much. */
const alike = 0.6;
const piece = 4;
/** Sketches of a set, and how many numbers each holds: of a thousand pairs just alike enough, fewer than one is missed. */
const sketches = 32;
const numbers = 3;

/** @returns pairs of different groups that share most of their pieces of four letters, the most alike first. */
export function nearlyTheSame(all: readonly Said[]): Alike[] {
  const texts = all.flatMap((said) => {
    const words = wordsOf(said.text);
    return words.length < fewest ? [] : [{ said, pieces: piecesOf(` ${words.join(' ')} `) }];
  });
  const bySketch = new Map<string, typeof texts>();
  const found = new Map<string, Alike>();
  for (const here of texts)
    for (const sketch of sketchesOf(here.pieces)) {
      const others = bySketch.get(sketch) ?? [];
      for (const there of others) {
        if (here.said.group === there.said.group || !canBeAlike(here.pieces.size, there.pieces.size)) continue;
        const share = inCommon(here.pieces, there.pieces);
        if (share >= alike)
          found.set(`${there.said.text}\n${here.said.text}`, { share, one: there.said, other: here.said });
      }
      others.push(here);
      bySketch.set(sketch, others);
    }
  return [...found.values()].sort((a, b) => b.share - a.share);
}

/** Each piece as a number. */
const piecesOf = (text: string) =>
  new Set(Array.from({ length: text.length - piece + 1 }, (_, at) => hash(text.slice(at, at + piece))));

/** FNV-1a. */
function hash(text: string): number {
  let made = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) made = Math.imul(made ^ text.charCodeAt(at), 0x01000193);
  return made;
}

/** The same shuffle for all sets, another for each `turn`: how likely two sets begin alike is how much they share. */
function first(pieces: readonly number[], turn: number): number {
  const salt = Math.imul(turn + 1, 0x9e3779b1);
  let least = 0xffffffff;
  for (const one of pieces) {
    const mixed = Math.imul(one ^ (one >>> 15) ^ salt, 0x85ebca6b);
    const drawn = (mixed ^ (mixed >>> 13)) >>> 0;
    if (drawn < least) least = drawn;
  }
  return least;
}

/** What to look for in others: MinHash, so that not every text need be compared with every other. */
function sketchesOf(pieces: ReadonlySet<number>): string[] {
  const list = [...pieces];
  const row = Array.from({ length: numbers }, (_, at) => at);
  return Array.from({ length: sketches }, (_, at) =>
    [at, ...row.map((turn) => first(list, at * numbers + turn))].join(' '),
  );
}

const canBeAlike = (a: number, b: number) => Math.min(a, b) >= alike * Math.max(a, b);

/** How much two sets share of all that is in them (Jaccard). */
function inCommon(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const both = a.intersection(b).size;
  return both / (a.size + b.size - both);
}

const long = 12;
const runsOf = (words: readonly string[]) =>
  Array.from({ length: Math.max(0, words.length - long + 1) }, (_, at) => words.slice(at, at + long).join(' '));

/** @returns the first twelve words in a row that each text has in common with one of `others`, if it has any. */
export function sharedRuns(texts: readonly Said[], others: readonly string[]): string[] {
  const known = new Set(others.flatMap((text) => runsOf(wordsOf(text))));
  return texts.flatMap(({ id, text }) => {
    const run = runsOf(wordsOf(text)).find((words) => known.has(words));
    return run ? [`${id}: ${run}`] : [];
  });
}
