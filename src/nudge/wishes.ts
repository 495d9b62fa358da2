import { postMarks } from '#detector/judge';
import { type Conversation, declines, type Speaker, settles, shares, type Turn } from './conversation.ts';

/** What somebody wants, from all that they said in a conversation; and whether it is over. Pure. */

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

/**
 * How surely ideas are wanted, 0..1. What was said last counts. The tags and the title of a forum post speak for its
 * author: a tag that asks for ideas is enough, one that asks for none makes a vague question none.
 */
export function ideasWanted({ opening }: Conversation, matter: readonly Turn[]): number {
  const isOpener = opening !== undefined && matter[0]?.speaker.key === opening.starter.speaker.key;
  const tags = isOpener ? opening.tags : [];
  if (tags.some((tag) => tag.post['asks-advice'] >= postMarks.asked && !declines(tag))) return 1;
  let wanted = 0;
  for (const reading of [...(isOpener ? [opening.title] : []), ...matter.map(({ reading }) => reading)])
    wanted = declines(reading) ? 0 : Math.max(wanted, reading.post['asks-advice']);
  return tags.some(declines) && wanted < postMarks.clearlyAsked ? 0 : wanted;
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
