import { isLater } from './heard.ts';

/** For how long a message counts as recent, in ms. */
export const recentMs = 10 * 60_000;
const perChannel = 100;
const inAll = 20_000;

/** A deleted message stays as an id without an author, so that a repeat of it is known for what it is. */
type Entry = { id: string; author: string; at: number };
export type Lost = { id: string; author: string | undefined };
type Channel = { guild: string; entries: Entry[] };

export type Recent = ReturnType<typeof createRecent>;

/**
 * Remembers who wrote when: ids, authors and times of the last ten minutes, never text.
 * Bounded per channel and in all; the channel that was quiet for longest is forgotten first.
 * Has no clock: whoever keeps it calls `sweep`.
 */
export function createRecent() {
  /** Least recently used first. Entries are sorted by id. */
  const channels = new Map<string, Channel>();
  let size = 0;

  function drop(name: string, channel: Channel): void {
    channels.delete(name);
    size -= channel.entries.length;
  }

  function cut(channel: Channel, count: number): void {
    if (count > 0) size -= channel.entries.splice(0, count).length;
  }

  function find(name: string, id: string): Entry | undefined {
    const entries = channels.get(name)?.entries;
    const newest = entries?.at(-1);
    if (!entries || !newest || isLater(id, newest.id)) return undefined;
    return entries.findLast((entry) => entry.id === id);
  }

  function add(guild: string, name: string, entry: Entry): void {
    const channel = channels.get(name) ?? { guild, entries: [] };
    channels.delete(name);
    channels.set(name, channel);
    let place = channel.entries.length;
    while (place > 0 && isLater(channel.entries[place - 1]?.id ?? '', entry.id)) place -= 1;
    channel.entries.splice(place, 0, entry);
    size += 1;
    cut(channel, channel.entries.length - perChannel);
    for (const [oldest, quiet] of channels) {
      if (size <= inAll) break;
      drop(oldest, quiet);
    }
  }

  return {
    /** How many messages are remembered. */
    get size() {
      return size;
    },

    add,

    has: (channel: string, id: string): boolean => find(channel, id) !== undefined,

    /** The messages right before and right after `id`, of those that stand. */
    beside(name: string, id: string): Entry[] {
      const standing = channels.get(name)?.entries.filter((entry) => entry.author !== '') ?? [];
      const last = standing.findLast((entry) => isLater(id, entry.id));
      const next = standing.find((entry) => isLater(entry.id, id));
      return [last, next].filter((entry) => entry !== undefined);
    },

    /** Has `author` written in the channel after the message `id`? */
    wroteAfter(name: string, author: string, id: string): boolean {
      return channels.get(name)?.entries.some((entry) => entry.author === author && isLater(entry.id, id)) ?? false;
    },

    /**
     * What was not heard yet is remembered as well: it may still come, out of order.
     * Returns what was lost by this, with its author where that was known.
     */
    deleted(guild: string, name: string, ids: Iterable<string>, at: number): Lost[] {
      const lost: Lost[] = [];
      for (const id of ids) {
        const entry = find(name, id);
        if (entry?.author === '') continue;
        lost.push({ id, author: entry?.author });
        if (entry) entry.author = '';
        else add(guild, name, { id, author: '', at });
      }
      return lost;
    },

    forgetGuild(guild: string): void {
      for (const [name, channel] of channels) if (channel.guild === guild) drop(name, channel);
    },

    /** Forgets what is older than ten minutes. */
    sweep(now: number): void {
      for (const [name, channel] of channels) {
        // Not only from the front: an old message that was deleted lately stands before them.
        const fresh = channel.entries.filter((entry) => now - entry.at <= recentMs);
        size -= channel.entries.length - fresh.length;
        channel.entries = fresh;
        if (fresh.length === 0) channels.delete(name);
      }
    },

    clear(): void {
      channels.clear();
      size = 0;
    },
  };
}
