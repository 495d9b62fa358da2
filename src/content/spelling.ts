import uFuzzy from '@leeoniya/ufuzzy';

/** What people type, made comparable: at 3 a.m., on a phone, in a second language. Pure. */

/** Small letters without accents, apostrophes and signs; a letter that is doubled, or held down, counts once. */
export const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`´]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(\p{L})\1+/gu, '$1')
    .trim();

/** Words that may be long enough to be recognised with a slip in them. */
const isLong = (word: string) => word.length >= 5;

// One slip inside a word: a letter too many, too few, or two of them swapped. A letter in place of another is none:
// "lovely" is not "lonely".
const matcher = new uFuzzy({
  unicode: true,
  interSplit: '[^\\p{L}\\d]+',
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: '[\\p{L}\\d]',
  interLft: 2,
  interRgt: 2,
  intraMode: 1,
  intraSub: 0,
  intraTrn: 1,
  intraDel: 1,
  intraIns: 1,
});

/** By how many UTF-16 units a slip makes a word longer or shorter: a letter can take two. */
const mostAside = 2;

/** Mends what was typed, given as `plain` text. */
export type Mend = (typed: string) => string;

/**
 * Slips in what was typed become the word that was meant, where only one can have been meant.
 * @param known plain phrases that can be found @param right plain words that are no slips, whatever they resemble
 */
export function mending(known: Iterable<string>, right: readonly string[]): Mend {
  const words = new Set([...known].flatMap((phrase) => phrase.split(' ')));
  // The first letter is never the slip.
  const targets = Map.groupBy([...words].filter(isLong), ([first]) => first);
  const untouched = new Set([...words, ...right]);
  const mend = (word: string) => {
    if (!isLong(word) || untouched.has(word)) return word;
    // The matcher takes a time, and memory, that grow with the square of the length of a word.
    const near = (targets.get(word[0]) ?? []).filter(({ length }) => Math.abs(length - word.length) <= mostAside);
    if (near.length === 0) return word;
    const [meant, other] = (matcher.filter(near, word) ?? []).map((at) => near[at]);
    return meant !== undefined && other === undefined ? meant : word;
  };
  return (typed) => typed.split(' ').map(mend).join(' ');
}
