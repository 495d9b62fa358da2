import { type Conversation, marks, type Turn } from './conversation.ts';

/** What the replier did before, in the same conversation and on the same matter. Pure. */

/** `permission`: asked whether ideas are wanted, and was not told no. `listened`: really listened, a comfort alone is not. */
export type Earlier = 'permission' | 'listened' | undefined;

export function didEarlier({ before }: Conversation, matter: readonly Turn[], replier: string): Earlier {
  const [first] = matter;
  if (!first) return undefined;
  const poster = first.speaker.key;
  const from = before.findIndex(({ id }) => id === first.id);
  const since = before.slice(from);
  const byId = new Map(before.map((turn) => [turn.id, turn]));
  let earlier: Earlier;
  for (const [at, turn] of since.entries()) {
    if (turn.speaker.user !== replier) continue;
    const to = turn.answers === undefined ? lastOther(since.slice(0, at), replier) : byId.get(turn.answers);
    if (to?.speaker.key !== poster) continue;
    const { attuned } = turn.reading;
    if (attuned['asks-permission'] >= 0.5) {
      const answer = since.slice(at + 1).find(({ speaker }) => speaker.key === poster);
      if (answer && answer.reading.post['no-advice'] < marks.declines) return 'permission';
    }
    // To ask what is wanted is no answer to what was said.
    else if (Math.max(attuned.reflects, attuned['asks-openly'], attuned.validates) >= marks.listens)
      earlier = 'listened';
  }
  return earlier;
}

/** To whom somebody speaks who does not say so: the one who spoke last. */
const lastOther = (turns: readonly Turn[], replier: string): Turn | undefined =>
  turns.findLast(({ speaker }) => speaker.user !== replier);
