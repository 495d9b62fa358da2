import { kindMark, postMarks, attuned as there } from '#detector/judge';
import { type Judgement, kinds, type Move, type Reading } from '#detector/reading';

/** Does a reply plainly stay with the person? Pure. Silence is better than praise that is wrong. */

/** A reply as it is read for the one who wrote it, with its sentences that stay. */
export type OwnRead = {
  reading: Reading;
  judgement: Judgement;
  stays: readonly { move: Move; p: number; words: string }[];
};

/** What is quoted, and what it does. */
export type Landed = { move: Move; words: string };

/**
 * On the corpus, read by networks that knew nothing by the hand of a line, 157 of some 2,600 replies that listen pass
 * these marks. In 156 a person had marked listening, and none had called one of them a fix. The marks were chosen there.
 */
const marks = { plainly: 0.85, also: 0.6, fix: 0.1 };
/** Shorter ones are kind, and say little that could be quoted. */
const leastWords = 5;

/** To say something back, to ask openly and to let it make sense are plain in text; to be there is easily said. */
const listening = ['reflects', 'validates', 'asks-openly'] as const satisfies Move[];
const isListening = (move: Move): boolean => (listening as readonly Move[]).includes(move);

/** What of it stayed with the person, when that is beyond doubt. */
export function landed({ reading, judgement, stays }: OwnRead): Landed | undefined {
  const { attuned, post } = reading;
  if (judgement.flag || judgement.reason !== 'no fix' || judgement.kind) return undefined;
  if (reading.pointsToHelp || post.crisis >= postMarks.danger) return undefined;
  if (post['asks-advice'] >= postMarks.asked || post['not-distress'] >= postMarks.smallTalk) return undefined;
  if (reading.fixit > marks.fix || kinds.some((kind) => reading.kinds[kind] >= kindMark)) return undefined;
  const [, second = 0] = [...listening, 'with-you' as const].map((move) => attuned[move]).sort((a, b) => b - a);
  if (listening.every((move) => attuned[move] < marks.plainly) || second < marks.also) return undefined;
  const [surest] = stays.filter(({ move }) => isListening(move)).sort((a, b) => b.p - a.p);
  return surest && { move: surest.move, words: surest.words };
}

/** Is it worth to look at the conversation? `reading`: of the reply alone. */
export const mayHaveLanded = (text: string, { attuned, fixit }: Reading): boolean =>
  listening.some((move) => attuned[move] >= there) &&
  fixit < there &&
  (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) >= leastWords;
