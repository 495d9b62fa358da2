import { isLater } from './heard.ts';

/** For how long a message counts as recent, in ms. */
export const recentMs = 10 * 60_000;
const perChannel = 100;
const inAll = 20_000;

/** A deleted message stays as an id without an author, so that a repeat of it is known for what it is. */
type Entry = { id: string; author: string; at: number };
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

  /** The newest message that stands and was written before `id`. */
  function lastBefore(name: string, id: string): Entry | undefined {
    return channels.get(name)?.entries.findLast((entry) => entry.author !== '' && isLater(id, entry.id));
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

    lastBefore,

    /** Has `author` written in the channel after the message `id`? */
    wroteAfter(name: string, author: string, id: string): boolean {
      return channels.get(name)?.entries.some((entry) => entry.author === author && isLater(entry.id, id)) ?? false;
    },

    /** What was not heard yet is remembered as well: it may still come, out of order. */
    deleted(guild: string, name: string, ids: ReadonlySet<string>, at: number): void {
      for (const id of ids) {
        const entry = find(name, id);
        if (entry) entry.author = '';
        else add(guild, name, { id, author: '', at });
      }
    },

    forgetGuild(guild: string): void {
      for (const [name, channel] of channels) if (channel.guild === guild) drop(name, channel);
    },

    /** Forgets what is older than ten minutes. */
    sweep(now: number): void {
      for (const [name, channel] of channels) {
        const fresh = channel.entries.findIndex((entry) => now - entry.at <= recentMs);
        if (fresh < 0) drop(name, channel);
        else cut(channel, fresh);
      }
    },

    clear(): void {
      channels.clear();
      size = 0;
    },
  };
}
