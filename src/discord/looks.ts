import { createLately, type Lately } from '#discord/lately';

/**
 * Where and how often conversations may be looked at. What Discord refuses is not asked for again for a while: one
 * poster must not be able to make the bot ask in vain, as Discord bans a host for that.
 */
export type Looks = {
  /** Begins a look at this channel or thread; undefined: not now. Whoever looks must tell how it ended. */
  begin(place: Looked): Promise<((how: Ended) => void) | undefined>;
};

/** A channel or thread; `allowedBy` is the channel whose permissions decide there: of a thread the one above it. */
export type Looked = { guild: string; channel: string; allowedBy: string };
/** `refused`: the bot may not look there. `failed`: it was not to be seen, for whatever other reason. */
export type Ended = 'seen' | 'refused' | 'failed';

const minute = 60_000;
/** Looks a minute at one channel or thread. */
const mostLooks = 20;
/** For so long it is remembered that a channel may be read, or may not. */
const rememberedMs = 10 * minute;
/** Refused looks a minute in one server, whatever the channel. */
const mostRefused = 5;
/** A look that waits for longer than this is left out, in ms. */
const longestWait = 5_000;
/** Of each kind of count; those at zero are forgotten then. */
const mostKept = 5_000;

export function createLooks({ now, mayAsk }: { now: () => number; mayAsk: () => boolean }): Looks {
  const looks = counts(minute);
  const refusals = counts(minute);
  const closed = counts(rememberedMs);
  const readable = counts(rememberedMs);
  /** Looks under way, by server, at channels of which it is not known whether they may be read: each may be refused. */
  const trials = new Map<string, Set<Promise<void>>>();

  function counts(ms: number) {
    const all = new Map<string, Lately>();
    return {
      of: (id: string): number => all.get(id)?.count ?? 0,
      add(id: string): void {
        if (all.size >= mostKept) for (const [key, { count }] of all) if (count === 0) all.delete(key);
        const lately = all.get(id) ?? createLately(ms, now);
        all.set(id, lately);
        lately.add();
      },
    };
  }

  return {
    async begin({ guild, channel, allowedBy }) {
      const isReadable = () => readable.of(allowedBy) > 0;
      const isOpen = () =>
        mayAsk() &&
        closed.of(allowedBy) === 0 &&
        looks.of(channel) < mostLooks &&
        (isReadable() || refusals.of(guild) < mostRefused);
      const until = performance.now() + longestWait;
      const others = trials.get(guild) ?? new Set();
      trials.set(guild, others);
      // Not more at a time than may be refused; the next wait for one to end.
      while (isOpen() && !isReadable() && refusals.of(guild) + others.size >= mostRefused) {
        await Promise.race(others);
        if (performance.now() > until) return undefined;
      }
      if (!isOpen()) return undefined;
      looks.add(channel);
      const { promise, resolve } = Promise.withResolvers<void>();
      if (!isReadable()) others.add(promise);
      return (how) => {
        if (how === 'seen') readable.add(allowedBy);
        if (how === 'refused') {
          closed.add(allowedBy);
          refusals.add(guild);
        }
        others.delete(promise);
        resolve();
      };
    },
  };
}
