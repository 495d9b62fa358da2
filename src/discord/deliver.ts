import { setTimeout as pause } from 'node:timers/promises';
import { type APIDMChannel, DiscordAPIError, MessageFlags, RateLimitError, type REST, Routes } from 'discord.js';
import type { Log } from '#log';
import type { Cleared, Sent } from '#nudge/nudge';

/** The body of a message in Discord's own shape. */
export type Letter = { components: readonly object[]; flags: number };

export type Delivery = {
  /**
   * Sends one silent DM, in turn behind the earlier ones. `claim` is asked right before sending: nothing is sent
   * without the nonce that it gives, and `isWanted` is asked once more when the way is open. A note is never sent twice, whatever happens.
   */
  send(user: string, letter: Letter, claim: () => Promise<Cleared | undefined>): Promise<Sent>;
  /** Sends nothing more; resolves when nothing is under way, or after `patience` ms. */
  stop(patience: number): Promise<void>;
};

/** The person's DMs are closed to the bot. */
const closedDoors = new Set<number | string>([50007, 50278]);
const quarantined = 20026;
const tooFast = 40003;

/**
 * @param gap pause between two notes, in ms: opening many DMs quickly gets a bot limited.
 * @param backOff how long nothing is sent after Discord said that DMs are opened too fast, in ms.
 */
export function createDelivery(options: {
  /** The client in use: it changes when a connection had to be made anew. */
  rest: () => REST;
  log: Log;
  now: () => number;
  gap: number;
  backOff: number;
}): Delivery {
  const { rest, log, now, gap, backOff } = options;
  let queue: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let quietUntil = 0;
  let last = Number.NEGATIVE_INFINITY;
  const ending = new AbortController();

  const deliver = async (user: string, letter: Letter, claim: () => Promise<Cleared | undefined>) => {
    // Never longer than the gap, should the clock be set back.
    const wait = Math.min(gap, last + gap - now());
    if (wait > 0) await pause(wait, undefined, { signal: ending.signal }).catch(() => undefined);
    if (stopped) return 'stopped';
    if (now() < quietUntil) return 'failed';
    const claimed = await claim();
    if (!claimed) return 'not claimed';
    last = now();
    try {
      const channel = (await rest().post(Routes.userChannels(), { body: { recipient_id: user } })) as APIDMChannel;
      if (!claimed.isWanted()) return 'not claimed';
      await rest().post(Routes.channelMessages(channel.id), {
        body: {
          ...letter,
          flags: letter.flags | MessageFlags.SuppressNotifications,
          allowed_mentions: { parse: [] },
          nonce: claimed.nonce,
          enforce_nonce: true,
        },
      });
      return 'sent';
    } catch (error) {
      return ended(error);
    }
  };

  const ended = (error: unknown): Sent => {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code !== undefined && closedDoors.has(code)) return 'closed';
    if (code === quarantined) {
      stopped = true;
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
    send(user, letter, claim) {
      if (stopped) return Promise.resolve('stopped');
      const turn = queue.then(() => deliver(user, letter, claim));
      queue = turn.catch((error: unknown) => log.error({ err: error }, 'a note failed'));
      return turn as Promise<Sent>;
    },
    async stop(patience) {
      stopped = true;
      ending.abort();
      await Promise.race([queue, pause(patience, undefined, { ref: false })]);
    },
  };
}
