/** Looks for signs, sentence by sentence. Pure. */
import { type Index, matches } from '#detector/rules/anchors';
import { found } from '#detector/rules/match';
import type { Pattern } from '#detector/rules/pattern';
import type { Label, Sign, Signs } from '#detector/rules/signs';
import type { Plain, Sentence } from '#detector/text/plain';

/** A sign in a sentence; `from` and `to` are token indices, `sentence` is the sentence's index. */
export type Evidence = { sign: Sign; sentence: number; from: number; to: number };

/** @param index which signs: `signs.forReply` or `signs.forPost`. */
export function lookFor(signs: Signs, index: Index<Sign>, text: Plain): Evidence[] {
  const alone = text.sentences.length === 1;
  return text.sentences.flatMap((sentence, at) => {
    const fits = conditions(signs, sentence, alone);
    const evidence: Evidence[] = [];
    for (const [sign, place] of matches(index, sentence.tokens))
      if (fits(sign)) evidence.push({ sign, sentence: at, ...place });
    return evidence;
  });
}

export function isQuestion(signs: Signs, sentence: Sentence): boolean {
  return sentence.question || matches(signs.questions, sentence.tokens).size > 0;
}

/** A sign's conditions in one sentence; what several signs ask for is looked up once, and only when one asks. */
function conditions(signs: Signs, sentence: Sentence, alone: boolean): (sign: Sign) => boolean {
  let asks: boolean | undefined;
  const guards = new Map<Pattern, boolean>();
  const silences = (guard: Pattern): boolean => {
    const known = guards.get(guard) ?? found(guard, sentence.tokens);
    guards.set(guard, known);
    return known;
  };
  return (sign) => {
    if (sign.alone && !alone) return false;
    if (sign.asks !== undefined) {
      asks ??= isQuestion(signs, sentence);
      if (sign.asks !== asks) return false;
    }
    return !sign.not.some(silences);
  };
}

/** Several weak signs make a stronger one: 1 - (1-a)(1-b)... */
export function noisyOr(values: Iterable<number>): number {
  let none = 1;
  for (const value of values) none *= 1 - value;
  return 1 - none;
}

/**
 * How strongly a label shows in these sentences. Of signs that share words the strongest counts: they are one piece of
 * evidence. Of an entry, too, one sign counts. Signs against the label make it smaller.
 */
export function strength(label: Label, evidence: readonly Evidence[]): number {
  const counted: Evidence[] = [];
  const own = evidence.filter(({ sign }) => sign.label === label);
  for (const each of own.sort((a, b) => Math.abs(b.sign.weight) - Math.abs(a.sign.weight)))
    if (!counted.some((other) => sameEvidence(each, other))) counted.push(each);
  const weights = counted.map(({ sign }) => sign.weight);
  const against = weights.filter((weight) => weight < 0).reduce((rest, weight) => rest * (1 + weight), 1);
  return noisyOr(weights.filter((weight) => weight > 0)) * against;
}

function sameEvidence(one: Evidence, other: Evidence): boolean {
  if (one.sign.entry === other.sign.entry) return true;
  if (Math.sign(one.sign.weight) !== Math.sign(other.sign.weight)) return false;
  return one.sentence === other.sentence && one.from < other.to && other.from < one.to;
}
