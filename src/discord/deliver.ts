import { setTimeout as pause } from 'node:timers/promises';
import { type APIDMChannel, DiscordAPIError, MessageFlags, RateLimitError, type REST, Routes } from 'discord.js';
import { inTime } from '#discord/in-time';
import { createLately, type Lately } from '#discord/lately';
import { createTurns, type What } from '#discord/turns';
import type { Log } from '#log';
import type { NoTurn, Sent } from '#nudge/nudge';

/** The body of a message in Discord's own shape. */
export type Letter = { components: readonly object[]; flags: number };

/** One letter to one person. `nonce` makes a repeat the same message for Discord. `isWanted` is asked before each try. */
export type Parcel = { user: string; letter: Letter; nonce: string; isWanted: () => boolean };

export type Delivery = {
  /**
   * Waits for the turn of this guild, then lets `work` send: what has to be checked or claimed is checked then and not
   * before. Nothing is ever sent twice.
   */
  inTurn<T>(
    guild: string,
    work: (send: (parcel: Parcel) => Promise<Sent>) => Promise<T>,
    what?: What,
  ): Promise<T | NoTurn>;
  /** Sends nothing more; resolves when nothing is under way, or after `patience` ms. */
  stop(patience: number): Promise<void>;
};

/** The person's DMs are closed to the bot. */
const closedDoors = new Set<number | string>([50007]);
/** There is no such account, or no server that the person shares with the bot. */
const nowhere = new Set<number | string>([10013, 50278]);
const quarantined = 20026;
const tooFast = 40003;
/**
 * Of one guild. It is the cap for members who want every note: what a guild makes faster than its turns come is left
 * out rather than sent late. Members are not paced here, as they chose their pace themselves.
 */
const mostWaiting = 20;
/** Before another try after a limit, however soon Discord lets it; and what must be left for that try, in ms. */
const leastWait = 500;
const leastLeft = 500;

/**
 * @param gap pause between two letters, in ms: opening many DMs quickly gets a bot limited.
 * @param backOff how long nothing is sent after Discord said that DMs are opened too fast, in ms.
 * @param deadline for one letter from its turn to the end of the last answer, waits for limits included, in ms.
 */
export function createDelivery(options: {
  /** The client in use: it changes when a connection had to be made anew. */
  rest: () => REST;
  /** Are there few enough refused requests that more may be asked than must be? */
  mayAsk: () => boolean;
  log: Log;
  now: () => number;
  gap: number;
  backOff: number;
  deadline: number;
}): Delivery {
  const { rest, mayAsk, log, now, gap, backOff, deadline } = options;
  const turns = createTurns({ gap, mostWaiting, now });
  const underway = new Set<Promise<unknown>>();
  const stopping = new AbortController();
  /** What went too fast holds up all but notes, a note that did so everything. */
  const tooFastLately: Record<What, Lately> = {
    note: createLately(backOff, now),
    ...{ answer: createLately(backOff, now), sample: createLately(backOff, now), thanks: createLately(backOff, now) },
  };

  const halt = () => {
    turns.stop();
    stopping.abort();
  };
  const isStopped = () => stopping.signal.aborted;

  /** One silent message; false: it was no longer wanted. `signal`: nobody waits for it any more. */
  const deliver = async ({ user, letter, nonce, isWanted }: Parcel, left: () => number, signal: AbortSignal) => {
    /** A POST that is tried again only when Discord said that it was not carried out, and only while it is wanted. */
    const post = async (
      route: `/${string}`,
      body: object,
      within: number,
    ): Promise<{ answer: unknown } | undefined> => {
      while (!isStopped() && !signal.aborted && isWanted()) {
        try {
          const soon = AbortSignal.any([signal, AbortSignal.timeout(within)]);
          return { answer: await rest().post(route, { body, signal: soon }) };
        } catch (error) {
          if (!(error instanceof RateLimitError)) throw error;
          // Not a number where Discord says it as a date.
          const wait = Math.max(leastWait, error.retryAfter || 0);
          if (wait + leastLeft >= left()) throw error;
          await pause(wait, undefined, { signal: AbortSignal.any([signal, stopping.signal]) }).catch(() => undefined);
        }
      }
      return undefined;
    };
    // discord.js opens one conversation after the other: one that hangs must leave the next enough of its time.
    const opened = await post(Routes.userChannels(), { recipient_id: user }, deadline / 2);
    if (!opened) return false;
    const { id } = (opened.answer ?? {}) as Partial<APIDMChannel>;
    if (typeof id !== 'string') throw new TypeError('Discord opened no conversation');
    const message = {
      ...letter,
      flags: letter.flags | MessageFlags.SuppressNotifications,
      allowed_mentions: { parse: [] },
      nonce,
      enforce_nonce: true,
    };
    return (await post(Routes.channelMessages(id), message, deadline)) !== undefined;
  };

  const send = async (parcel: Parcel, what: What, left: () => number): Promise<Sent> => {
    if (left() <= 0) return 'failed';
    try {
      if (await inTime(left(), (signal) => deliver(parcel, left, signal))) return 'sent';
      return isStopped() ? 'stopped' : 'not wanted';
    } catch (error) {
      return ended(error, what);
    }
  };

  const ended = (error: unknown, what: What): Sent => {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code !== undefined && closedDoors.has(code)) return 'closed';
    if (code !== undefined && nowhere.has(code)) return 'gone';
    if (code === quarantined) {
      halt();
      log.fatal(
        'Discord has quarantined this application (20026): nothing is sent any more. See the Developer Portal.',
      );
      return 'stopped';
    }
    if (code === tooFast) {
      tooFastLately.answer.add();
      tooFastLately.sample.add();
      tooFastLately.thanks.add();
      if (what === 'note') tooFastLately.note.add();
    }
    log.warn({ err: error, what }, 'a direct message was not delivered');
    // Discord refused it, or it never left: known. Anything else may have arrived.
    return error instanceof DiscordAPIError || error instanceof RateLimitError ? 'failed' : 'unknown';
  };

  return {
    async inTurn(guild, work, what = 'note') {
      const mayGo = await turns.take(guild, what);
      if (isStopped()) return 'stopped';
      if (!mayGo || tooFastLately[what].count > 0 || !mayAsk()) return 'failed';
      const until = performance.now() + deadline;
      const going = work((parcel) => send(parcel, what, () => until - performance.now()));
      underway.add(going);
      try {
        return await going;
      } finally {
        underway.delete(going);
      }
    },
    async stop(patience) {
      halt();
      await Promise.race([Promise.allSettled(underway), pause(patience, undefined, { ref: false })]);
    },
  };
}
