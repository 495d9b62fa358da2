/** Where listed phrases stand in a text, as whole words. Pure. */

/** A phrase that was found, from its first letter to the one after its last, and what was listed with it. */
export type Match<T> = { value: T; from: number; to: number };

/** Every listed phrase in a plain text: the longest first, then what comes first. */
export function matchesIn<T>(text: string, listed: Iterable<readonly [phrase: string, value: T]>): Match<T>[] {
  const sentence = ` ${text} `;
  const found: Match<T>[] = [];
  for (const [phrase, value] of listed) {
    for (let at = sentence.indexOf(` ${phrase} `); at >= 0; at = sentence.indexOf(` ${phrase} `, at + 1))
      found.push({ value, from: at, to: at + phrase.length });
  }
  return found.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
}
