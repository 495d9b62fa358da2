import { postMarks } from '#detector/judge';
import type { Want } from '#settings/want';
import { type Conversation, declines, type Speaker, settles, shares, type Turn } from './conversation.ts';

/** What somebody wants, from all that they said in a conversation; and whether it is over. Pure. */

/** What somebody has said with /need, and when (ms). */
export type Need = { want: Want; since: number };

/** After a pause as long as this somebody who goes on begins another matter, in ms; in a thread it is one matter. */
const pauseMs = 30 * 60_000;

/** All that somebody said of the matter of `post`: from where it began to the last that they said. */
export function matterOf({ before, opening }: Conversation, post: Turn): readonly Turn[] {
  const own = before.filter(({ speaker }) => speaker.key === post.speaker.key);
  let from = own.findIndex(({ id }) => id === post.id);
  const goesBack = () => {
    const [earlier, later] = [own[from - 1], own[from]];
    return earlier && later && (opening !== undefined || later.at - earlier.at <= pauseMs);
  };
  while (goesBack()) from -= 1;
  return own.slice(Math.max(0, from));
}

type Said = Pick<Turn, 'at' | 'reading'>;

/**
 * How surely ideas are wanted, 0..1. What was said last counts, with /need as well. The tags and the title of a forum
 * post speak for its author: a tag that asks for ideas is enough, one that asks for none makes a vague question none.
 * So does a need for something else than ideas, whenever it was said.
 */
export function ideasWanted({ opening }: Conversation, matter: readonly Turn[], said?: Need): number {
  const need = said?.want === 'nothing' ? undefined : said;
  const [first] = matter;
  const opener = first && opening?.starter.speaker.key === first.speaker.key ? opening : undefined;
  const tags = opener?.tags ?? [];
  const isLaterNeed = need && opener && need.since > opener.starter.at;
  if (tags.includes('ideas') && !isLaterNeed) return 1;

  const words: Said[] = [...(opener ? [{ at: opener.starter.at, reading: opener.title }] : []), ...matter];
  const isBefore = ({ at }: Said) => need !== undefined && at <= need.since;
  const before = words.filter(isBefore).reduce(withWords, 0);
  const wanted = words.filter((one) => !isBefore(one)).reduce(withWords, need ? withNeed(before, need.want) : before);
  const wantsNone = need ? need.want === 'heard' || need.want === 'company' : tags.includes('heard');
  return wantsNone && wanted < postMarks.clearlyAsked ? 0 : wanted;
}

const withWords = (wanted: number, { reading }: Said): number =>
  declines(reading) ? 0 : Math.max(wanted, reading.post['asks-advice']);

/** Whoever is not sure may want ideas: in doubt nobody is told anything. */
function withNeed(wanted: number, want: Want): number {
  if (want === 'ideas') return 1;
  return want === 'unsure' ? Math.max(wanted, postMarks.asked) : 0;
}

/** Has it ended: good news, or a thank-you that closes it, and nothing hard since? */
export function isOver({ before }: Conversation, { key }: Speaker): boolean {
  let over = false;
  for (const turn of before) {
    if (turn.speaker.key !== key) continue;
    if (settles(turn)) over = true;
    else if (shares(turn)) over = false;
  }
  return over;
}
