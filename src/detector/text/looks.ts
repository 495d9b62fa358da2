/** Words as a person sees them, whatever characters they are made of. Pure. */

/** Characters that show nothing, and parts of words only to a machine. */
const unseen = /\p{Cf}|\u034F|[\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/gu;

/** Letters of other scripts that look like Latin ones, in a word that has Latin ones too. */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ј: 'j',
    ѕ: 's',
    ԁ: 'd',
    ո: 'n',
    һ: 'h',
    ѵ: 'v',
    к: 'k',
    м: 'm',
    т: 't',
    в: 'b',
    н: 'h',
    α: 'a',
    ε: 'e',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    ν: 'v',
    ι: 'i',
    κ: 'k',
  }),
);

/** One word as it looks: styled letters plain, unseen characters gone, look-alikes Latin. */
export function asItLooks(word: string): string {
  const seen = word.replace(unseen, '').normalize('NFKC');
  if (!/[a-z]/i.test(seen) || !/[\u0370-\u058F]/u.test(seen)) return seen;
  return [...seen].map((letter) => lookAlikes.get(letter.toLowerCase()) ?? letter).join('');
}
