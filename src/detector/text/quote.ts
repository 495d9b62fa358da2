/** Chooses the words to show: whole words of the original, from where the clause of the sign begins. Pure. */
import type { Token } from '#detector/text/plain';

/** `words` is exactly `text.slice(start, end)`. */
export type Quote = { start: number; end: number; words: string };

export const longestQuote = 140;
/** How far before the sign the clause's beginning may lie to be shown too. */
const lead = 40;

/**
 * @param tokens the sentence's; hidden parts (mentions, links) end a sentence, so a quote never holds one.
 * @param from index of the sign's first token.
 * @returns undefined when the sign is one endless word.
 */
export function quote(text: string, tokens: readonly Token[], from: number): Quote | undefined {
  const sign = tokens[from];
  if (!sign) return undefined;
  const clause = tokens[clauseStart(tokens, from)] ?? sign;
  const { start } = sign.start - clause.start <= lead ? clause : sign;
  const last = tokens.slice(from).findLast((token) => token.end - start <= longestQuote);
  return last && { start, end: last.end, words: text.slice(start, last.end) };
}

function clauseStart(tokens: readonly Token[], from: number): number {
  let at = from;
  while (at > 0 && !tokens[at]?.opensClause) at--;
  while (at > 0 && tokens[at - 1]?.opensClause) at--;
  return at;
}
