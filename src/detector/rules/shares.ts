/** Tells a share of one's own trouble from comfort for somebody else's. Pure. */
import { type Evidence, noisyOr, strength } from '#detector/rules/evidence';
import type { Signs } from '#detector/rules/signs';
import type { Plain, Sentence } from '#detector/text/plain';

/** What a word of trouble says next to "I" or "my"; where "you" stands, too; and where neither does ("failed again"). */
const ownTrouble = 0.5;
const betweenUs = 0.15;
const anybodys = 0.4;
/** A story of one's own without any word of trouble, of this many words. */
const story = 0.2;
const storyWords = 5;
/** What a second word of trouble adds to the first, and what small talk in the sentence leaves of a single one. */
const again = 0.3;
const inSmallTalk = 0.55;
/** Comfort that comes first leaves this much of what only hints at trouble later: "so sorry. my heart breaks". */
const afterComfort = 0.3;

/** Does this message share a difficulty of its writer's own? 0..1 @param evidence what `signs.forPost` finds in it. */
export function shares(signs: Signs, text: Plain, evidence: readonly Evidence[]): number {
  let comforted = 1;
  const values = text.sentences.map((sentence, at) => {
    const here = evidence.filter((each) => each.sentence === at);
    const own = here.filter(({ sign }) => sign.label === 'shares');
    const comfort = own.filter(({ sign }) => sign.weight < 0).reduce((rest, { sign }) => rest * (1 + sign.weight), 1);
    const value = noisyOr([strength('shares', own), hint(signs, sentence, here) * comfort * comforted]);
    if (comfort < 1) comforted = afterComfort;
    return value;
  });
  values.sort((a, b) => b - a);
  return noisyOr(values.map((value, rank) => value / 2 ** rank));
}

/** Words of trouble, and who stands next to them. */
function hint(signs: Signs, { tokens, question }: Sentence, evidence: readonly Evidence[]): number {
  const trouble = new Set(
    evidence.filter(({ sign }) => sign.label === 'not-distress' && sign.weight < 0).map(({ from }) => from),
  );
  const has = (words: ReadonlySet<string>) => tokens.some(({ word }) => words.has(word));
  const me = has(signs.me);
  const you = has(signs.you);
  const light = evidence.some(({ sign }) => sign.label === 'not-distress' && sign.weight > 0) ? inSmallTalk : 1;
  if (trouble.size === 0) return me && !you && !question && tokens.length >= storyWords ? story * light : 0;
  const first = me ? (you ? betweenUs : ownTrouble) : you || question ? 0 : anybodys;
  return trouble.size > 1 ? noisyOr([first, first * again]) : first * light;
}
