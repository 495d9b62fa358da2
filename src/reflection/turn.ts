import type { ReflectionWords } from './words.ts';

/** From "my dad moved out and i cant sleep" to "your dad moved out and you can't sleep". Pure. */

type Turning = Pick<ReflectionWords, 'turn' | 'short' | 'dropped' | 'capitals'>;

/** Evened-out words, said to the one who wrote them. */
export function turned(words: readonly string[], { turn, short, dropped, capitals }: Turning): string {
  const kept = words.filter((word) => !dropped.includes(word) || words.length < 3);
  const said = kept.map((word, at) => (word === 'was' && kept[at - 1] === 'i' ? 'were' : (turn[word] ?? word)));
  let text = ` ${said.join(' ')} `;
  for (const [long, brief] of Object.entries(short))
    text = text.replace(new RegExp(`(?<! (?:how|who|what|where)) ${long} (?=\\S)`, 'g'), ` ${brief} `);
  for (const [small, written] of Object.entries(capitals)) text = text.replaceAll(` ${small} `, ` ${written} `);
  // "my boyfriend and i": the other way round, as people say it.
  return text.trim().replace(/^(your [\p{L} ]+?) and you (?=\S)/u, 'you and $1 ');
}

export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
