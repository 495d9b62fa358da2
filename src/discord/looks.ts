import { createLately, type Lately } from '#discord/lately';

/**
 * Where and how often conversations may be looked at. What Discord refuses is not asked for again for a while: one
 * poster must not be able to make the bot ask in vain, as Discord bans a host for that.
 */
export type Looks = {
  /** Counts a look at this channel or thread; false: not now. */
  take(place: Looked): boolean;
  /** The bot may not look there. */
  refused(place: Looked): void;
};

/** A channel or thread; `allowedBy` is the channel whose permissions decide there: of a thread the one above it. */
export type Looked = { guild: string; channel: string; allowedBy: string };

const minute = 60_000;
/** Looks a minute at one channel or thread. */
const mostLooks = 20;
const leftAloneMs = 10 * minute;
/** Refused looks a minute in one server, whatever the channel. */
const mostRefused = 5;
/** Of each kind of count; those at zero are forgotten then. */
const mostKept = 5_000;

export function createLooks({ now, mayAsk }: { now: () => number; mayAsk: () => boolean }): Looks {
  const looks = counts(minute);
  const refusals = counts(minute);
  const closed = counts(leftAloneMs);

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
    take({ guild, channel, allowedBy }) {
      if (!mayAsk() || closed.of(allowedBy) > 0 || refusals.of(guild) >= mostRefused) return false;
      if (looks.of(channel) >= mostLooks) return false;
      looks.add(channel);
      return true;
    },
    refused({ guild, allowedBy }) {
      closed.add(allowedBy);
      refusals.add(guild);
    },
  };
}
