import {
  type APIMessage,
  type APIThreadChannel,
  type Client,
  DiscordAPIError,
  MessageType,
  RateLimitError,
  Routes,
} from 'discord.js';
import type { Around, Said } from '#nudge/conversation';
import type { Ref } from '#nudge/heard';
import { isForum, isThread, type Place, placesOf } from '#panels/places';

/**
 * Fetches the conversation around a reply: one request in a channel, two at the most. It is read once and kept nowhere.
 * What cannot be fetched means silence, and is not asked for again for a while.
 */

export type Fetching = {
  /** undefined: it is gone, not to be seen, or too much was asked for lately. */
  around(
    client: Client,
    reply: { channel: string; messages: readonly string[]; answers?: Ref },
  ): Promise<Around | undefined>;
};

/** Discord gives as many messages on either side of one; in a forum post the first hundred are asked for. */
const roundOne = 50;
const fromTheFirst = 100;

const minute = 60_000;
/** How often a minute a channel is looked into, and how long one is left alone that may not be. */
const mostAMinute = 20;
const leftAloneMs = 10 * minute;

/** Unknown channel or message. */
const gone = new Set<number | string>([10003, 10008]);
/** No access; no permission. */
const forbidden = new Set<number | string>([50001, 50013]);

export function createFetching({ now, mayAsk }: { now: () => number; mayAsk: () => boolean }): Fetching {
  /** Times of the last requests, and until when a channel is left alone, in ms. */
  const asked = new Map<string, number[]>();
  const closed = new Map<string, number>();

  const isOpen = (channel: string): boolean => {
    if (!mayAsk() || (closed.get(channel) ?? 0) > now()) return false;
    closed.delete(channel);
    const lately = (asked.get(channel) ?? []).filter((at) => now() - at < minute && at <= now());
    if (lately.length >= mostAMinute) return false;
    asked.set(channel, [...lately, now()]);
    if (asked.size > 5_000) asked.delete(asked.keys().next().value ?? '');
    return true;
  };

  return {
    async around(client, reply) {
      if (!isOpen(reply.channel)) return undefined;
      const get = async <T>(route: `/${string}`, query = ''): Promise<T | undefined> => {
        try {
          return (await client.rest.get(route, { query: new URLSearchParams(query) })) as T;
        } catch (error) {
          const code = error instanceof DiscordAPIError ? error.code : undefined;
          if (code !== undefined && forbidden.has(code)) closed.set(reply.channel, now() + leftAloneMs);
          if (error instanceof RateLimitError || (code !== undefined && (gone.has(code) || forbidden.has(code))))
            return undefined;
          throw error;
        }
      };
      return fetchAround(get, client, reply);
    },
  };
}

type Get = <T>(route: `/${string}`, query?: string) => Promise<T | undefined>;

async function fetchAround(
  get: Get,
  client: Client,
  { channel, messages, answers }: { channel: string; messages: readonly string[]; answers?: Ref },
): Promise<Around | undefined> {
  const self = client.user?.id ?? '';
  const places = placesOf(client);
  const thread = threadAt(channel, places);
  const [first = ''] = messages;
  const page = (query: string) => get<APIMessage[]>(Routes.channelMessages(channel), query);
  const said = (list: readonly APIMessage[]): Said[] =>
    list.flatMap((one) => saidIn(one, self) ?? []).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));

  if (thread && isForum(thread.parent)) {
    // In the post itself its first message has the post's own id.
    const [list, post] = await Promise.all([
      page(`after=${BigInt(channel) - 1n}&limit=${fromTheFirst}`),
      get<APIThreadChannel & { applied_tags?: string[] }>(Routes.channel(channel)),
    ]);
    if (!list || !post || !list.some(({ id }) => id === first)) return undefined;
    const all = said(list);
    const starter = all.find(({ id }) => id === channel);
    if (!starter) return { said: all };
    const tags = namesOf(post.applied_tags ?? [], thread.parent.tags);
    return { said: all, opening: { starter, title: post.name ?? '', tags } };
  }
  // A thread of a channel: its first message stands in the channel above, under the thread's own id.
  const other = thread ? get<APIMessage>(Routes.channelMessage(thread.parentId, channel)) : undefined;
  const [list, opener] = await Promise.all([page(`around=${first}&limit=${roundOne}`), other]);
  if (!list) return undefined;
  const all = said(list);
  if (thread) {
    const starter = opener && saidIn(opener, self);
    return starter ? { said: all, opening: { starter, tags: [] } } : { said: all };
  }
  if (!answers || all.some(({ id }) => id === answers.id)) return { said: all };
  const far = await get<APIMessage>(Routes.channelMessage(channel, answers.id));
  const further = far && saidIn(far, self);
  return { said: further ? [further, ...all] : all };
}

type Places = ReturnType<typeof placesOf>;

function threadAt(channel: string, places: Places): { parentId: string; parent: Place } | undefined {
  const thread = places.get(channel);
  if (!thread || !isThread(thread) || thread.parentId === null) return undefined;
  const parent = places.get(thread.parentId);
  return parent && { parentId: thread.parentId, parent };
}

const namesOf = (ids: readonly string[], tags: Place['tags']) =>
  ids.flatMap((id) => tags?.find((tag) => tag.id === id)?.name ?? []);

const byPeople = new Set<MessageType>([MessageType.Default, MessageType.Reply]);
const byBots = new Set<MessageType>([MessageType.ChatInputCommand, MessageType.ContextMenuCommand]);

/** One message; undefined for what nobody said: Discord's own lines, and what this bot showed. */
function saidIn(message: APIMessage, self: string): Said | undefined {
  const { id, author, content, type, timestamp, message_reference: reference, webhook_id: webhook } = message;
  const isBrought = webhook !== undefined || author.bot === true;
  if (author.id === self || author.system || !(byPeople.has(type) || (isBrought && byBots.has(type)))) return undefined;
  const names = [author.global_name, author.username].filter((name) => name !== null && name !== undefined);
  return {
    id,
    at: Date.parse(timestamp),
    text: isBrought ? broughtText(message) : content,
    speaker: isBrought
      ? { key: `brought:${author.id}:${author.username}`, names }
      : { key: `user:${author.id}`, user: author.id, names },
    ...(type === MessageType.Reply && reference?.message_id !== undefined && { answers: reference.message_id }),
  };
}

/** Bots that bring what somebody wrote often put it into an embed. */
const broughtText = ({ content, embeds }: APIMessage): string =>
  [content, ...(embeds ?? []).map(({ description }) => description ?? '')].filter((text) => text !== '').join('\n');
