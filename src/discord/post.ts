import { type APIMessage, type APIThreadChannel, type Client, DiscordAPIError, MessageType, Routes } from 'discord.js';
import { isLater, type PostRef } from '#nudge/heard';
import type { Post } from '#nudge/ports';
import { isForum, isThread, placesOf } from '#panels/places';

/**
 * Fetches a post, which may be several messages in a row. It is read once and kept nowhere.
 * `undefined`: the answered message is gone, or the bot may not see it. A forum post's title is part of it.
 */
export async function fetchPost(client: Client, { channel, id, ids }: PostRef): Promise<Post | undefined> {
  const [title, ...fetched] = await Promise.all([
    titleOf(client, channel, id),
    ...ids.map((part) => fetchMessage(client, channel, part)),
  ]);
  const main = fetched.find((message) => message?.id === id);
  if (!main) return undefined;
  const parts = fetched
    .filter((message) => message !== undefined)
    .filter((message) => message.author.id === main.author.id)
    .sort((a, b) => (isLater(a.id, b.id) ? 1 : -1))
    .map((message) => message.content);
  return {
    author: main.author.id,
    isPerson: !main.author.bot && !main.author.system && !main.webhook_id && saidByPeople.has(main.type),
    text: [...(title === undefined ? [] : [title]), ...parts].join('\n'),
  };
}

const saidByPeople = new Set<MessageType>([MessageType.Default, MessageType.Reply]);

/** Unknown channel or message; no access; no permission. */
const notToBeSeen = new Set<number | string>([10003, 10008, 50001, 50013]);

const fetchMessage = (client: Client, channel: string, id: string) =>
  seen<APIMessage>(client, Routes.channelMessage(channel, id));

/** The title of a forum post; fetched too, because the client keeps no names of threads. */
async function titleOf(client: Client, channel: string, message: string): Promise<string | undefined> {
  const places = placesOf(client);
  const thread = places.get(channel);
  if (channel !== message || !thread || !isThread(thread)) return undefined;
  const parent = places.get(thread.parentId ?? '');
  if (!parent || !isForum(parent)) return undefined;
  return (await seen<APIThreadChannel>(client, Routes.channel(channel)))?.name;
}

async function seen<T>(client: Client, route: `/${string}`): Promise<T | undefined> {
  try {
    return (await client.rest.get(route)) as T;
  } catch (error) {
    if (error instanceof DiscordAPIError && notToBeSeen.has(error.code)) return undefined;
    throw error;
  }
}
