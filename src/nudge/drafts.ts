import { type Act, isLater } from './heard.ts';
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
    answeredBy: ({ channel, author, id }: Act): Draft[] =>
      [...inChannel(channel)].filter(
        (draft) => draft.answers?.author === author && isLater(id, draft.parts[0]?.id ?? id),
      ),

    add(draft: Draft): void {
      file(channels, draft.channel, draft);
      waiting += 1;
    },

    /** The reply is whole: from now on it is decided on. */
    passOn(draft: Draft): void {
      draft.passedOn = true;
      waiting -= 1;
      deciding += 1;
    },

    remove(draft: Draft): void {
      if (!takeOut(channels, draft.channel, draft)) return;
      if (draft.passedOn) deciding -= 1;
      else waiting -= 1;
    },
  };
}

function file(drafts: Map<string, Set<Draft>>, channel: string, draft: Draft): void {
  drafts.set(channel, (drafts.get(channel) ?? new Set()).add(draft));
}

function takeOut(drafts: Map<string, Set<Draft>>, channel: string, draft: Draft): boolean {
  const filed = drafts.get(channel);
  if (!filed?.delete(draft)) return false;
  if (filed.size === 0) drafts.delete(channel);
  return true;
}
