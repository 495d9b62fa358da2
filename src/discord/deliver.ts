import { setTimeout as pause } from 'node:timers/promises';
import { type APIDMChannel, DiscordAPIError, MessageFlags, RateLimitError, type REST, Routes } from 'discord.js';
import { createTurns } from '#discord/turns';
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
  inTurn<T>(guild: string, work: (send: (parcel: Parcel) => Promise<Sent>) => Promise<T>): Promise<T | NoTurn>;
  /** Sends nothing more; resolves when nothing is under way, or after `patience` ms. */
  stop(patience: number): Promise<void>;
};

/** The person's DMs are closed to the bot. */
const closedDoors = new Set<number | string>([50007, 50278]);
const quarantined = 20026;
const tooFast = 40003;
/** Of one guild; more are left out rather than sent late. */
const mostWaiting = 20;

class OutOfTime extends Error {
  override name = 'OutOfTime';
}

/**
 * @param gap pause between two letters, in ms: opening many DMs quickly gets a bot limited.
 * @param backOff how long nothing is sent after Discord said that DMs are opened too fast, in ms.
 * @param deadline for one letter from its first request to the end of the last answer, waits for limits included, in ms.
 */
export function createDelivery(options: {
  /** The client in use: it changes when a connection had to be made anew. */
  rest: () => REST;
  log: Log;
  now: () => number;
  gap: number;
  backOff: number;
  deadline: number;
}): Delivery {
  const { rest, log, now, gap, backOff, deadline } = options;
  const turns = createTurns({ gap, mostWaiting, now });
  const underway = new Set<Promise<unknown>>();
  let stopped = false;
  let quietUntil = 0;

  /** One silent message; undefined: it was no longer wanted. */
  const deliver = async ({ user, letter, nonce, isWanted }: Parcel, until: number, signal: AbortSignal) => {
    /** A POST that is tried again only when Discord said that it was not carried out, and only while it is wanted. */
    const post = async (route: `/${string}`, body: object): Promise<unknown> => {
      while (isWanted() && !stopped) {
        try {
          return await rest().post(route, { body, signal });
        } catch (error) {
          const wait = error instanceof RateLimitError ? error.retryAfter : Number.POSITIVE_INFINITY;
          if (now() + wait >= until) throw error;
          await pause(wait, undefined, { signal });
        }
      }
      return undefined;
    };
    const channel = (await post(Routes.userChannels(), { recipient_id: user })) as APIDMChannel | undefined;
    if (!channel) return undefined;
    return await post(Routes.channelMessages(channel.id), {
      ...letter,
      flags: letter.flags | MessageFlags.SuppressNotifications,
      allowed_mentions: { parse: [] },
      nonce,
      enforce_nonce: true,
    });
  };

  /** The deadline holds whatever hangs: also an answer that stops in the middle of its body. */
  const send = async (parcel: Parcel): Promise<Sent> => {
    const ending = new AbortController();
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => {
        reject(new OutOfTime('no answer in time'));
        ending.abort();
      }, deadline).unref();
    });
    try {
      const delivering = deliver(parcel, now() + deadline, ending.signal);
      delivering.catch(() => undefined);
      if ((await Promise.race([delivering, late])) !== undefined) return 'sent';
      return stopped ? 'stopped' : 'not wanted';
    } catch (error) {
      return ended(error);
    }
  };

  const ended = (error: unknown): Sent => {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code !== undefined && closedDoors.has(code)) return 'closed';
    if (code === quarantined) {
      stopped = true;
      turns.stop();
      log.fatal(
        'Discord has quarantined this application (20026): nothing is sent any more. See the Developer Portal.',
      );
      return 'stopped';
    }
    if (code === tooFast) quietUntil = now() + backOff;
    log.warn({ err: error }, 'a note was not delivered');
    // Discord refused it, or it never left: known. Anything else may have arrived.
    return error instanceof DiscordAPIError || error instanceof RateLimitError ? 'failed' : 'unknown';
  };

  return {
    async inTurn(guild, work) {
      const mayGo = await turns.take(guild);
      if (stopped) return 'stopped';
      if (!mayGo || now() < quietUntil) return 'failed';
      const going = work(send);
      underway.add(going);
      try {
        return await going;
      } finally {
        underway.delete(going);
      }
    },
    async stop(patience) {
      stopped = true;
      turns.stop();
      await Promise.race([Promise.allSettled(underway), pause(patience, undefined, { ref: false })]);
    },
  };
}
