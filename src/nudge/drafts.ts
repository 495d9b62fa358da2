import { type Heard, isLater } from './heard.ts';
import type { Draft } from './reply.ts';

/** The replies that are in the making or being decided on, found by their channel. */
export function createDrafts() {
  const channels = new Map<string, Set<Draft>>();
  let waiting = 0;
  let deciding = 0;

  function* inChannel(channel: string): Iterable<Draft> {
    yield* channels.get(channel) ?? [];
  }

  return {
    get waitingCount(): number {
      return waiting;
    },
    get decidingCount(): number {
      return deciding;
    },

    in: inChannel,

    *all(): Iterable<Draft> {
      for (const drafts of channels.values()) yield* drafts;
    },

    /** The replies that this member is still writing in the channel. */
    waiting: (channel: string, replier: string): Draft[] =>
      [...inChannel(channel)].filter((draft) => !draft.passedOn && draft.replier === replier),

    /** The reply that the message is part of. */
    with: (channel: string, id: string): Draft | undefined =>
      [...inChannel(channel)].find((draft) => draft.parts.some((part) => part.id === id)),

    /** The replies to this author that were begun before this message of theirs. */
    answeredBy: ({ channel, author, id }: Heard): Draft[] =>
      [...inChannel(channel)].filter(
        (draft) => draft.posts[0]?.author === author && isLater(id, draft.parts[0]?.id ?? id),
      ),

    add(draft: Draft): void {
      const drafts = channels.get(draft.channel) ?? new Set();
      channels.set(draft.channel, drafts.add(draft));
      waiting += 1;
    },

    /** The reply is whole: from now on it is decided on. */
    passOn(draft: Draft): void {
      draft.passedOn = true;
      waiting -= 1;
      deciding += 1;
    },

    remove(draft: Draft): void {
      const drafts = channels.get(draft.channel);
      if (!drafts?.delete(draft)) return;
      if (drafts.size === 0) channels.delete(draft.channel);
      if (draft.passedOn) deciding -= 1;
      else waiting -= 1;
    },
  };
}
