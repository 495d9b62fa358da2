import { createDrafts } from './drafts.ts';
import type { Act, Edited, Heard } from './heard.ts';
import { createRecent, recentMs } from './recent.ts';
import {
  type Draft,
  hasLost,
  join,
  type Left,
  type LeftReason,
  lose,
  messagesOf,
  type Reply,
  startDraft,
  takeText,
  tooOldMs,
} from './reply.ts';

/** Time kept free for reading and sending, so that who writes for long is still answered within `tooOldMs`. */
const readingMs = 5_000;
const sweepMs = 60_000;
const mostWaiting = 5_000;

export type ListeningOptions = {
  /** How long a replier may go on writing, editing and deleting, in ms; each message and edit begins it anew. */
  settleMs: number;
  now(): number;
  /** Is this member's text to be kept for a moment: opted in, or everybody's while the guild only observes? */
  listensTo(heard: Heard): boolean;
  /** A reply that has settled. It is watched for edits, deletes and answers until the promise settles. */
  onReply(reply: Reply): Promise<void>;
  /** Messages that nobody will read. */
  onLeft(left: Left): void;
};

export type Listening = ReturnType<typeof createListening>;

/**
 * Follows what is written in support channels and hands on whole replies.
 * Every message that it hears ends in exactly one `onReply` (alone or joined with others) or one `onLeft`.
 * Owns every timer of the nudge module.
 */
export function createListening({ settleMs, now, listensTo, onReply, onLeft }: ListeningOptions) {
  const recent = createRecent();
  const drafts = createDrafts();
  let sweeping: NodeJS.Timeout | undefined;
  let closed = false;

  function leave({ guild, channel, author: replier, id, answers }: Heard, reason: LeftReason): void {
    const post = answers && answers !== 'deleted' ? { post: answers.id } : {};
    onLeft({ guild, channel, replier, messages: [id], ...post, reason });
  }

  function leavePart(
    { guild, channel, replier, answers }: Draft,
    messages: readonly string[],
    reason: LeftReason,
  ): void {
    onLeft({ guild, channel, replier, messages, ...(answers && { post: answers.id }), reason });
  }

  /** Nobody will read this reply; one that is being decided on is told so when its reader asks. */
  function end(draft: Draft, reason: LeftReason): void {
    if (draft.passedOn) {
      draft.ended ??= reason;
      return;
    }
    drop(draft);
    leavePart(draft, messagesOf(draft), reason);
  }

  function drop(draft: Draft): void {
    clearTimeout(draft.timer);
    takeText(draft);
    drafts.remove(draft);
  }

  /** Begins the wait anew, within the time that a reply has in all. */
  function wait(draft: Draft): void {
    clearTimeout(draft.timer);
    const remaining = draft.at + tooOldMs - readingMs - now();
    draft.timer = setTimeout(settled, Math.max(0, Math.min(settleMs, remaining)), draft);
    draft.timer.unref();
  }

  function settled(draft: Draft): void {
    const silent = draft.parts.every((part) => part.text.trim() === '');
    if (now() - draft.at > tooOldMs) end(draft, 'too old');
    else if (silent) end(draft, 'no words');
    else {
      drafts.passOn(draft);
      void passOn(draft, handOver(draft));
    }
  }

  async function passOn(draft: Draft, reply: Reply): Promise<void> {
    try {
      await onReply(reply);
    } catch {
      // Who reads replies reports their own faults; the conversation goes on.
    } finally {
      reply.takeText();
      drafts.remove(draft);
    }
  }

  function handOver(draft: Draft): Reply {
    const { guild, channel, replier, at, answers } = draft;
    const messages = messagesOf(draft);
    const first = messages[0] ?? '';
    let text = takeText(draft);
    return {
      guild,
      channel,
      replier,
      messages,
      at,
      ...(answers && { answers }),
      takeText() {
        const taken = text;
        text = '';
        return taken;
      },
      ended(poster, post) {
        if (draft.ended) return draft.ended;
        if (poster !== undefined && recent.wroteAfter(channel, poster, first)) return 'poster answered';
        return post !== undefined && hasLost(draft, poster, post) ? 'post deleted' : undefined;
      },
    };
  }

  /** The reply in the making that this message goes on with: the next in a row, or one that refers to the same. */
  function goesOnWith(heard: Heard): Draft | undefined {
    const own = drafts.waiting(heard.channel, heard.author);
    if (own.length === 0 || heard.answers === 'deleted') return undefined;
    const { answers, channel, id } = heard;
    if (answers) return own.find((draft) => draft.answers?.id === answers.id);
    const beside = recent.beside(channel, id).map((entry) => entry.id);
    return own.find((draft) => draft.parts.some((part) => beside.includes(part.id)));
  }

  /** The reply that this message begins or goes on with, or why nobody will read it. */
  function place(heard: Heard): Draft | LeftReason {
    const { answers, author, channel, id } = heard;
    if (!listensTo(heard)) return 'not opted in';
    if (heard.exempt) return 'exempt';
    if (now() - heard.at > tooOldMs) return 'too old';
    if (answers === 'deleted') return 'no post';
    if (answers?.author === author) {
      // Who answers themself is talking of themself, or puts right what they wrote: both are left alone.
      const corrected = drafts.with(channel, answers.id);
      if (corrected) end(corrected, 'own post');
      return 'own post';
    }
    const draft = goesOnWith(heard);
    if (draft) {
      join(draft, heard);
      return draft;
    }
    if (answers?.author !== undefined && recent.wroteAfter(channel, answers.author, id)) return 'poster answered';
    if (drafts.waitingCount >= mostWaiting) return 'too busy';
    const started = startDraft(heard, answers);
    drafts.add(started);
    return started;
  }

  function remember({ guild, channel, id, author, at }: Act): void {
    if (now() - at > recentMs) return;
    recent.add(guild, channel, { id, author, at });
    if (!sweeping) sweepLater();
  }

  /** One timer for all channels, and none while nothing is remembered. */
  function sweepLater(): void {
    sweeping = setTimeout(() => {
      sweeping = undefined;
      recent.sweep(now());
      if (recent.size > 0) sweepLater();
    }, sweepMs);
    sweeping.unref();
  }

  return {
    /** How many replies are waiting to settle. */
    get pending(): number {
      return drafts.waitingCount;
    },
    /** How many replies were handed on and are still being decided. */
    get deciding(): number {
      return drafts.decidingCount;
    },
    /** How many messages are remembered: ids, authors and times. */
    get remembered(): number {
      return recent.size;
    },

    heard(heard: Heard): void {
      const { id, channel } = heard;
      if (closed) leave(heard, 'shutting down');
      else if (recent.has(channel, id) || drafts.with(channel, id)) leave(heard, 'already heard');
      else {
        for (const draft of drafts.answeredBy(heard)) end(draft, 'poster answered');
        remember(heard);
        const placed = place(heard);
        if (typeof placed === 'string') leave(heard, placed);
        else wait(placed);
      }
    },

    /** Somebody has answered in another way than by a message, as with /need. */
    spoke(act: Act): void {
      if (closed) return;
      for (const draft of drafts.answeredBy(act)) end(draft, 'poster answered');
      remember(act);
    },

    edited({ id, channel, text, at }: Edited): void {
      const draft = drafts.with(channel, id);
      const part = draft?.parts.find((part) => part.id === id);
      if (!draft || !part || at < part.editedAt) return;
      part.editedAt = at;
      if (draft.passedOn) end(draft, 'edited');
      else if (part.text !== text) {
        part.text = text;
        wait(draft);
      }
    },

    /** One message, or a purge of many. */
    deleted(guild: string, channel: string, ids: readonly string[]): void {
      if (closed) return;
      const gone: ReadonlySet<string> = new Set(ids);
      const lost = recent.deleted(guild, channel, gone, now());
      for (const draft of drafts.in(channel)) lose(draft, lost);
      if (!sweeping) sweepLater();
      for (const draft of drafts.in(channel)) {
        const lost = messagesOf(draft).filter((id) => gone.has(id));
        if (lost.length === 0) continue;
        if (draft.passedOn || lost.length === draft.parts.length) end(draft, 'deleted');
        else {
          draft.parts = draft.parts.filter((part) => !gone.has(part.id));
          leavePart(draft, lost, 'deleted');
        }
      }
      for (const draft of drafts.in(channel)) if (gone.has(draft.answers?.id ?? '')) end(draft, 'post deleted');
      // What opened a thread or forum post has its id, whichever channel it stands in.
      for (const id of ids) for (const draft of drafts.in(id)) if (!draft.answers) end(draft, 'post deleted');
    },

    /** A channel or thread is gone, and with it all that was said there. */
    channelDeleted(channel: string): void {
      for (const draft of drafts.all()) {
        if (draft.channel === channel) end(draft, 'deleted');
      }
    },

    /** The member is no longer to be read, now: they opted out. */
    stopListening(guild: string, member: string): void {
      for (const draft of drafts.all()) {
        if (draft.guild === guild && draft.replier === member) end(draft, 'not opted in');
      }
    },

    /** For a moment nothing could be heard there: what waits may have been edited, deleted or answered. */
    missed(isThere: (guild: string) => boolean): void {
      for (const draft of drafts.all()) if (isThere(draft.guild)) end(draft, 'connection lost');
    },

    /** The bot is no longer in this guild. */
    forgetGuild(guild: string): void {
      recent.forgetGuild(guild);
      for (const draft of drafts.all()) if (draft.guild === guild) end(draft, 'server left');
    },

    /** Ends every timer and reply; nothing is heard after this. */
    close(): void {
      closed = true;
      clearTimeout(sweeping);
      recent.clear();
      for (const draft of drafts.all()) end(draft, 'shutting down');
    },
  };
}
