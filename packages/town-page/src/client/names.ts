/** What things are called on the page. */
import { ChannelType } from 'discord-api-types/v10';
import type { Channel, Person, World } from './types.ts';

export const isForum = ({ type }: Channel): boolean => type === ChannelType.GuildForum;
export const isDm = ({ guild }: Channel): boolean => guild === undefined;
export const isCategory = ({ type }: Channel): boolean => type === ChannelType.GuildCategory;

/** "support", a thread's title, or whom one talks with. */
export function nameOf(world: World, channel: Channel): string {
  if (!isDm(channel)) return channel.name;
  return world.people.get(channel.with ?? '')?.name ?? 'Direct message';
}

/** As one would say it aloud: "#support". */
export function titleOf(world: World, channel: Channel): string {
  const name = nameOf(world, channel);
  return isDm(channel) ? `@${name}` : channel.thread ? name : `#${name}`;
}

/** A post in a forum rather than a thread in a channel. */
export const isPost = (world: World, channel: Channel): boolean => {
  const parent = channel.thread && channel.parent !== null ? world.channels.get(channel.parent) : undefined;
  return parent !== undefined && isForum(parent);
};

/** Threads and posts of a channel that go on, the newest first. */
export const threadsOf = (world: World, channel: string): Channel[] =>
  [...world.channels.values()]
    .filter(({ parent, thread }) => thread && !thread.archived && parent === channel)
    .sort((a, b) => (BigInt(b.lastMessage ?? b.id) > BigInt(a.lastMessage ?? a.id) ? 1 : -1));

/** `#name` or `dm` (with the bot), as the tour says it. */
export function placeNamed(world: World, name: string): Channel | undefined {
  const all = [...world.channels.values()];
  if (name === 'dm') return all.find((channel) => isDm(channel) && channel.with === world.bot);
  return all.find((channel) => !channel.thread && `#${channel.name}` === name);
}

/** "Ana is typing", "Ana and Ben are typing". */
export function typingLine(people: readonly Person[]): string {
  const names = people.map(({ name }) => name);
  if (names.length === 0) return '';
  if (names.length > 3) return 'Several people are typing …';
  return `${new Intl.ListFormat('en').format(names)} ${names.length === 1 ? 'is' : 'are'} typing …`;
}
