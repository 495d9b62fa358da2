/** What one person sees of the town, as plain values for the page. Nothing here changes anything. */

import { mayUse } from '@attune/town/actors/commands';
import { seen } from '@attune/town/actors/uses';
import { canSee, canView, canWrite, has, inChannel, isThread } from '@attune/town/world/permissions';
import {
  type Channel as Kept,
  type Message as KeptMessage,
  messageOf,
  personOf,
  type World,
} from '@attune/town/world/world';
import { type APIMessage, type APIUser, PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10';
import type { Channel, May, Message, Person } from './client/types.ts';
import type { Mail, WorldData } from './protocol.ts';

/** How much of a channel's past is shown. */
const newest = 200;

export const nameOf = ({ global_name, username }: APIUser): string => global_name ?? username;

function personLook(world: World, user: APIUser): Person {
  const roles = [...world.guilds.values()].flatMap((guild) => guild.members.get(user.id)?.roles ?? []);
  return { id: user.id, name: nameOf(user), username: user.username, bot: user.bot === true, roles };
}

function mayLook(world: World, channel: Kept, viewer: string): May {
  const permissions = inChannel(world, channel, viewer);
  const may = (bit: bigint) => has(permissions, bit);
  const inGuild = channel.guild !== undefined;
  const unlocked = !channel.thread?.locked || may(Bits.ManageThreads);
  return {
    write: canWrite(world, channel, viewer) && unlocked,
    attach: may(Bits.AttachFiles),
    react: may(Bits.AddReactions),
    startThreads: inGuild && !isThread(channel) && may(Bits.CreatePublicThreads),
    manageMessages: inGuild && may(Bits.ManageMessages),
    manageThreads: inGuild && may(Bits.ManageThreads),
    useCommands: !inGuild || may(Bits.UseApplicationCommands),
    mentionEveryone: inGuild && may(Bits.MentionEveryone),
  };
}

function channelView(world: World, channel: Kept, viewer: string): Channel {
  const { id, type, name, guild, parent, position, topic, tags, thread, lastMessage } = channel;
  const other = guild ? undefined : channel.recipients.find((one) => one !== viewer);
  const usable = [...world.commands.values()].filter((one) => mayUse(world, one, viewer, channel));
  return {
    id,
    type,
    name,
    ...(guild !== undefined && { guild }),
    parent,
    position,
    topic,
    tags,
    ...(thread && {
      thread: {
        owner: thread.owner,
        archived: thread.archived,
        locked: thread.locked,
        tags: thread.tags,
        messages: Math.max(0, thread.sent),
        joined: thread.members.has(viewer),
      },
    }),
    ...(other !== undefined && { with: other }),
    may: mayLook(world, channel, viewer),
    lastMessage,
    commands: usable.map((one) => one.id),
  };
}

const visible = (world: World, viewer: string): Kept[] =>
  [...world.channels.values()].filter((channel) => {
    const there = !channel.guild || world.guilds.get(channel.guild)?.members.has(viewer);
    return there && canView(world, channel, viewer);
  });

/** Everything but the messages. */
export function worldView(world: World, viewer: string): WorldData {
  const person = personOf(world, viewer);
  const guilds = [...world.guilds.values()].filter((guild) => guild.members.has(viewer));
  const people = new Set([viewer, world.bot.user.id, ...guilds.flatMap((guild) => [...guild.members.keys()])]);
  const channels = visible(world, viewer);
  for (const channel of channels) for (const one of channel.recipients) people.add(one);
  return {
    me: { ...personLook(world, person.user), dmsOpen: person.dmsOpen, locale: person.locale },
    bot: world.bot.user.id,
    guilds: guilds.map(({ id, name, members }) => ({ id, name, members: [...members.keys()] })),
    people: [...people].map((id) => personLook(world, personOf(world, id).user)),
    roles: guilds.flatMap((guild) =>
      [...guild.roles.values()].map(({ id, name, color, position }) => ({ id, name, color, position })),
    ),
    channels: channels.map((channel) => channelView(world, channel, viewer)),
    commands: [...world.commands.values()],
  };
}

/** The messages that this person may see, oldest first in each channel. */
export const messagesFor = (world: World, viewer: string): Message[] =>
  visible(world, viewer).flatMap((channel) =>
    [...(world.messages.get(channel.id)?.values() ?? [])]
      .filter(({ onlyFor }) => canSee(world, channel, onlyFor, viewer))
      .sort(byId)
      .slice(-newest)
      .map((message) => seen(world, message, viewer)),
  );

const byId = (a: KeptMessage, b: KeptMessage): number => (BigInt(a.wire.id) < BigInt(b.wire.id) ? -1 : 1);

/** A message as this person sees it now; undefined when it is gone or not for them. */
export function messageFor(world: World, pointed: { id: string; channel_id: string }, viewer: string) {
  const message = messageOf(world, pointed.channel_id, pointed.id);
  const channel = world.channels.get(pointed.channel_id);
  if (!message || !channel || !canSee(world, channel, message.onlyFor, viewer)) return undefined;
  return seen(world, message, viewer);
}

/** The messages of that channel which show this one in their reply line. */
export function answersTo(world: World, channel: string, id: string): { id: string; channel_id: string }[] {
  const all = [...(world.messages.get(channel)?.values() ?? [])];
  return all.filter(({ wire }) => wire.message_reference?.message_id === id).map(({ wire }) => wire);
}

/** For whom a message is mail: a direct message from the application. */
export function mailIn(world: World, message: APIMessage): Mail | undefined {
  const channel = world.channels.get(message.channel_id);
  const bot = world.bot.user.id;
  if (channel?.type !== ChannelType.DM || message.author.id !== bot) return undefined;
  const to = channel.recipients.find((one) => one !== bot);
  return to === undefined ? undefined : { to, channel: channel.id, message: message.id };
}

/** Every direct message from the application that is there now. */
export const allMail = (world: World): Mail[] =>
  [...world.messages.values()].flatMap((messages) =>
    [...messages.values()].flatMap(({ wire }) => mailIn(world, wire as APIMessage) ?? []),
  );
