/** Reads a reply for the one who writes it: the reading, the judgement, and the sentences that stay with a person. */
import { attuned, judge } from '#detector/judge';
import { type Detector, type Judgement, kinds, type Move, moves, type Reading } from '#detector/reading';
import type { Terms } from '#detector/terms';
import { mask } from '#detector/text/plain';

/** A sentence of the reply that stays with the person. `start` and `end` are UTF-16 offsets in the reply. */
export type Stay = { move: Move; p: number; start: number; end: number; words: string };

export type Read = {
  reading: Reading;
  judgement: Judgement;
  /** In the order of the reply. */
  stays: readonly Stay[];
};

/** @param known of the post, because a person says so: it goes before what was read in it. */
export type ReadReply = (reply: string, post: string, known?: Partial<Reading['post']>) => Promise<Read>;

/** Whoever asks about their own words is told of every kind, and only of what is likely. */
const terms: Terms = { sensitivity: 'balanced', kinds };

/** Longer replies are read whole, and their first sentences one by one. */
const mostSentences = 12;
/** What may be a kind of fix is not praised. */
const doubtful = 0.45;

export const replyReader =
  (detector: Detector): ReadReply =>
  async (reply, post, known = {}) => {
    const whole = await detector.read(reply, post);
    const reading: Reading = { ...whole, post: { ...whole.post, ...known } };
    return {
      reading,
      judgement: judge(reading, terms),
      stays: await staysIn(detector, reply, reading),
    };
  };

async function staysIn(detector: Detector, reply: string, { attuned: all, findings }: Reading): Promise<Stay[]> {
  const stays: Stay[] = [];
  if (moves.every((move) => all[move] < attuned)) return stays;
  for (const { start, end, words } of sentencesOf(reply).slice(0, mostSentences)) {
    if (findings.some((one) => one.p >= doubtful && one.start < end && start < one.end)) continue;
    // The post has been read: what a sentence does, it does by itself.
    const { attuned: found } = await detector.readAlone(words);
    const move = moves.reduce((best, one) => (found[one] > found[best] ? one : best));
    if (found[move] >= attuned) stays.push({ move, p: found[move], start, end, words });
  }
  return stays;
}

/** Sentences as they were written; what is quoted stays in one. */
function sentencesOf(text: string): { start: number; end: number; words: string }[] {
  return [...mask(text).matchAll(/[^\s.!?…][^.!?…\n]*[.!?…]*/gu)].map(({ 0: found, index: start }) => {
    const end = start + found.trimEnd().length;
    return { start, end, words: text.slice(start, end) };
  });
}
