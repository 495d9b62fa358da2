import { setTimeout as pause } from 'node:timers/promises';
import {
  type APIMessage,
  type APIThreadChannel,
  type Client,
  DiscordAPIError,
  MessageType,
  RateLimitError,
  Routes,
} from 'discord.js';
import { inTime } from '#discord/in-time';
import { createLooks, type Ended } from '#discord/looks';
import type { Around, Said, Tag } from '#nudge/conversation';
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
    /** What a tag says in that server, by its id. */
    says: (tag: string) => Tag['says'],
  ): Promise<Around | undefined>;
};

/** Discord gives as many messages on either side of one; in a forum post the first hundred are asked for. */
const roundOne = 50;
const fromTheFirst = 100;

/** For all that is fetched for one reply, in ms: what comes later is of no use. */
const patience = 5_000;

/** Unknown channel or message. */
const gone = new Set<number | string>([10003, 10008]);

/** Discord does not let the bot see it now, or at all. */
class Refused extends Error {
  override name = 'Refused';
  readonly isForbidden: boolean;
  constructor(isForbidden: boolean) {
    super();
    this.isForbidden = isForbidden;
  }
}

export function createFetching({ now, mayAsk }: { now: () => number; mayAsk: () => boolean }): Fetching {
  const looks = createLooks({ now, mayAsk });
  /** Asks for one thing; undefined: it is gone. @throws Refused. */
  const getting =
    ({ rest }: Client, signal: AbortSignal): Get =>
    async (route, query = '') => {
      try {
        return (await patiently(() => rest.get(route, { query: new URLSearchParams(query), signal }), signal)) as never;
      } catch (error) {
        if (error instanceof RateLimitError) throw new Refused(false);
        if (!(error instanceof DiscordAPIError)) throw error;
        if (gone.has(error.code)) return undefined;
        if (error.status === 403) throw new Refused(true);
        throw error;
      }
    };

  return {
    async around(client, reply, says) {
      const { channel } = reply;
      const place = placesOf(client).get(channel);
      if (!place) return undefined;
      const allowedBy = (isThread(place) && place.parentId) || channel;
      const ended = await looks.begin({ guild: place.guildId, channel, allowedBy });
      if (!ended) return undefined;
      let how: Ended = 'failed';
      try {
        const around = await inTime(patience, (signal) =>
          fetchAround(getting(client, signal), client, place, reply, says),
        );
        if (around) how = 'seen';
        return around;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.isForbidden) how = 'refused';
        return undefined;
      } finally {
        ended(how);
      }
    },
  };
}

/** The limit of fifty requests a second, which discord.js keeps by itself and adds 50 ms to, is over by then, in ms. */
const soon = 1_100;
const mostTries = 3;

/** discord.js let nothing go out. When Discord itself says so of the whole bot, the scope is "global". */
const isOwnLimit = (error: unknown): error is RateLimitError =>
  error instanceof RateLimitError && error.global && error.scope === 'user';

/** Tries again, a few times, what only came in too busy a second. */
async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (!isOwnLimit(error) || error.retryAfter > soon || tries === mostTries) throw error;
      await pause(error.retryAfter + 100, undefined, { signal, ref: false });
    }
  }
}

type Get = <T>(route: `/${string}`, query?: string) => Promise<T | undefined>;
type Post = Pick<APIThreadChannel, 'name'> & { applied_tags?: string[] };

/** One request after the other: what is not to be had here need not be asked for there. */
async function fetchAround(
  get: Get,
  client: Client,
  place: Place,
  { channel, messages, answers }: { channel: string; messages: readonly string[]; answers?: Ref },
  says: (tag: string) => Tag['says'],
): Promise<Around | undefined> {
  const self = client.user?.id ?? '';
  const [first = ''] = messages;
  const page = (query: string) => get<APIMessage[]>(Routes.channelMessages(channel), query);
  const message = (from: string, id: string) => get<APIMessage>(Routes.channelMessage(from, id));
  const said = (list: readonly APIMessage[]): Said[] =>
    list.flatMap((one) => saidIn(one, self) ?? []).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const above = isThread(place) ? placesOf(client).get(place.parentId ?? '') : undefined;
  if (isThread(place) && !above) return undefined;

  if (above && isForum(above)) {
    // In the post itself its first message has the post's own id.
    const list = await page(`after=${BigInt(channel) - 1n}&limit=${fromTheFirst}`);
    if (!list?.some(({ id }) => id === first)) return undefined;
    const all = said(list);
    const starter = all.find(({ id }) => id === channel);
    const post = starter && (await get<Post>(Routes.channel(channel)));
    if (!post) return undefined;
    const tags = tagsOf(post.applied_tags ?? [], above.tags, says);
    return { said: all, opening: { starter, title: post.name ?? '', tags } };
  }
  const list = await page(`around=${first}&limit=${roundOne}`);
  if (!list) return undefined;
  const all = said(list);
  if (above) {
    // The first message of a thread stands in the channel above, under the thread's own id; some begin without one.
    const opener = await message(place.parentId ?? '', channel);
    const starter = opener && saidIn(opener, self);
    return starter ? { said: all, opening: { starter, tags: [] } } : { said: all };
  }
  if (!answers || all.some(({ id }) => id === answers.id)) return { said: all };
  const far = await message(channel, answers.id);
  const further = far && saidIn(far, self);
  return { said: further ? [further, ...all] : all };
}

const tagsOf = (ids: readonly string[], known: Place['tags'], says: (tag: string) => Tag['says']): Tag[] =>
  ids.flatMap((id) => {
    const name = known?.find((tag) => tag.id === id)?.name;
    const meaning = says(id);
    return name === undefined ? [] : [{ name, ...(meaning && { says: meaning }) }];
  });

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
