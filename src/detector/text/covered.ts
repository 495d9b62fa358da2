/** Words that stand where nothing else is read, or are written so that no filter sees them: danger is looked for there, too. Pure. */
import { quotesAndCode } from './plain.ts';

/** What stands in quoted lines and in code; '' where there is none. */
export function setApart(text: string): string {
  return quotesAndCode
    .flatMap((part) => [...text.matchAll(part)].map(([found]) => found.replace(/^[ \t]*(?:>+ ?)+|`/gm, ' ')))
    .join('\n');
}

/** Characters that stand for letters. */
const standsFor: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'il',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '!': 'il',
  '|': 'il',
  $: 's',
  '@': 'a',
};
const run = /[\p{L}\p{N}$@!*|]+/gu;
const spelledOut = /(?<![\p{L}\p{N}])\p{L}(?:[ ._-]\p{L}){2,}(?![\p{L}\p{N}])/gu;

/** The text with those of the words in plain letters that are written "d1e", "s*icide" or "k i l l". @param words of small letters. */
export function undisguised(text: string, words: ReadonlySet<string>): string {
  const plainly = (written: string): string => {
    const word = written.replace(/[^\p{L}\p{N}]+$/u, '').toLowerCase();
    if (!/\p{L}/u.test(word) || !/[^a-z]/.test(word)) return written;
    const meant = [...words].find((one) => one.length === word.length && couldBe(word, one));
    return meant ?? written;
  };
  return text.replace(run, plainly).replace(spelledOut, (written) => {
    const word = written.replace(/[^\p{L}]/gu, '').toLowerCase();
    return words.has(word) ? word : written;
  });
}

/** Letter for letter; stars may hide fewer than half of them. */
function couldBe(written: string, word: string): boolean {
  const stars = written.split('*').length - 1;
  if (stars >= word.length / 2) return false;
  return [...word].every((letter, at) => {
    const [sign = ''] = (written[at] ?? '').normalize('NFD');
    return sign === letter || sign === '*' || (standsFor[sign]?.includes(letter) ?? false);
  });
}
