import { marks as fixMarks } from '#detector/judge';
import { whoIsAddressed, whoIsAnswered } from './answered.ts';
import { asksFirst, type Conversation, declines, listens, type Turn } from './conversation.ts';

/** What the replier did before, in the same conversation and on the same matter. Pure. */

/** `permission`: asked whether ideas are wanted, and was not told no. `listened`: really listened, a comfort alone is not. */
export type Earlier = 'permission' | 'listened' | undefined;

export function didEarlier(conversation: Conversation, matter: readonly Turn[], replier: string): Earlier {
  const [first] = matter;
  if (!first) return undefined;
  const { before } = conversation;
  const poster = first.speaker.key;
  const from = before.findIndex(({ id }) => id === first.id);
  let earlier: Earlier;
  for (const [at, turn] of before.entries()) {
    if (at <= from || turn.speaker.user !== replier) continue;
    if (!isTo(poster, { ...conversation, before: before.slice(0, at), between: [] }, turn, replier)) continue;
    if (asksFirst(turn)) {
      const answer = before.slice(at + 1).find(({ speaker }) => speaker.key === poster);
      if (answer && !declines(answer.reading)) return 'permission';
    }
    // To ask what is wanted is no answer to what was said.
    else if (listens(turn) || asksOn(turn)) earlier = 'listened';
  }
  return earlier;
}

/** A question that is no fix, of more than a word or two: whoever asks on wants to know more. "you ok?" does not yet. */
const asksOn = ({ text, reading }: Turn): boolean =>
  text.includes('?') && text.trim().split(/\s+/).length >= 5 && reading.fixit < fixMarks.keen;

/** Was it said to this person, or may it have been? A doubt speaks for the replier. */
function isTo(poster: string, conversation: Conversation, { text, answers }: Turn, replier: string): boolean {
  const asked = { text, answers, replier };
  const addressed = whoIsAddressed(conversation, asked);
  const answered = addressed ?? whoIsAnswered(conversation, asked);
  if ('poster' in answered && answered.poster.key === poster) return true;
  if ('nobody' in answered && answered.nobody === 'unclear who') return true;
  const last = conversation.before.findLast(({ speaker }) => speaker.user !== replier);
  return !addressed && last?.speaker.key === poster;
}
