/**
 * Looks for patterns in a sentence. No pattern can run away: all possible places are followed at once, so the cost grows
 * with the length of the sentence and never faster. Pure.
 */
import { longestPattern, type Pattern, type Step, type WordStep } from '#detector/rules/pattern';
import type { Token } from '#detector/text/plain';

/** The furthest token index after a match that begins at `from`, or -1. */
export function matchAt(pattern: Pattern, tokens: readonly Token[], from: number): number {
  const token = tokens[from];
  if (token === undefined) return -1;
  if (pattern.opens === 'clause' && !token.opensClause) return -1;
  if (pattern.opens === 'sentence' && !token.opensSentence) return -1;
  if (!says(pattern.first, token.word)) return -1;
  const ends = walk(pattern.steps, tokens, from, here);
  return ends === 0 ? -1 : from + 31 - Math.clz32(ends);
}

/** Does the pattern match anywhere in these tokens? */
export function found(pattern: Pattern, tokens: readonly Token[]): boolean {
  return tokens.some((_, at) => matchAt(pattern, tokens, at) > at);
}

/** A set of places in a sentence: bit n stands for n words after the place where a match began. */
type Places = number;
const here: Places = 1;

/** All places after the steps, from all of these places at once. */
function walk(steps: readonly Step[], tokens: readonly Token[], from: number, begin: Places): Places {
  let places = begin;
  for (let index = 0; index < steps.length && places !== 0; index++) {
    const step = steps[index];
    if (step) places = after(step, tokens, from, places);
  }
  return places;
}

function after(step: Step, tokens: readonly Token[], from: number, places: Places): Places {
  if (step.type === 'word') return where(step, tokens, from, places) << 1;
  if (step.type === 'gap' || step.type === 'end') {
    const end = tokens.length - from;
    if (step.type === 'end') return end <= longestPattern ? places & (here << end) : 0;
    let next = 0;
    for (let words = step.least; words <= step.most; words++) next |= places << words;
    return end < longestPattern ? next & ((here << (end + 1)) - 1) : next;
  }
  let next = step.optional ? places : 0;
  const begins = step.first ? where(step.first, tokens, from, places) : places;
  if (begins !== 0) for (const option of step.options) next |= walk(option, tokens, from, begins);
  return next;
}

/** Those of the places at which one of the words stands. */
function where(step: WordStep, tokens: readonly Token[], from: number, places: Places): Places {
  let found = 0;
  for (let rest = places; rest !== 0; rest &= rest - 1) {
    const place = rest & -rest;
    if (says(step, tokens[from + 31 - Math.clz32(place)]?.word)) found |= place;
  }
  return found;
}

function says(step: WordStep, word: string | undefined): boolean {
  if (word === undefined) return false;
  return step.words.has(word) || (step.prefixes.length > 0 && step.prefixes.some((prefix) => word.startsWith(prefix)));
}
