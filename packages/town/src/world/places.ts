/** Channels, threads and direct messages: how they come and go. */
import { type APIGuildForumTag, PermissionFlagsBits as Bits, ChannelType, OverwriteType } from 'discord-api-types/v10';
import { channelLook, threadMemberLook } from '#world/look';
import { type Channel, type Guild, guildOf, type Message, type World } from '#world/world';

export type NewChannel = {
  name: string;
  type?: ChannelType;
  parent?: string | null;
  topic?: string;
  tags?: string[];
  /** Only members with one of these roles, and the bot when it is named by id, may see it. */
  onlyFor?: string[];
};

export function addChannel(world: World, guild: Guild, made: NewChannel): Channel {
  const tags = (made.tags ?? []).map(
    (name): APIGuildForumTag => ({ id: world.ids.next(), name, moderated: false, emoji_id: null, emoji_name: null }),
  );
  const only = made.onlyFor;
  const allow = Bits.ViewChannel.toString();
  const channel: Channel = {
    id: world.ids.next(),
    type: made.type ?? ChannelType.GuildText,
    guild: guild.id,
    name: made.name,
    parent: made.parent ?? null,
    position: guild.channels.size,
    topic: made.topic ?? null,
    overwrites: only
      ? [
          { id: guild.id, type: OverwriteType.Role, allow: '0', deny: allow },
          ...only.map((id) => ({
            id,
            type: guild.roles.has(id) ? OverwriteType.Role : OverwriteType.Member,
            allow,
            deny: '0',
          })),
        ]
      : [],
    tags,
    recipients: [],
    lastMessage: null,
  };
  world.channels.set(channel.id, channel);
  guild.channels.add(channel.id);
  tellChannel(world, 'CHANNEL_CREATE', channel);
  return channel;
}

export function tellChannel(world: World, t: string, channel: Channel): void {
  const d = channelLook(world, channel, world.bot.user.id);
  world.emit({ t, d, channel: channel.id, ...(channel.guild && { guild: channel.guild }) });
}

export function deleteChannel(world: World, channel: Channel): void {
  const guild = channel.guild && world.guilds.get(channel.guild);
  if (!guild) return;
  const { id, guild: guild_id, parent: parent_id, type } = channel;
  if (channel.thread) {
    world.emit({ t: 'THREAD_DELETE', d: { id, guild_id, parent_id, type }, channel: id, guild: guild.id });
  } else tellChannel(world, 'CHANNEL_DELETE', channel);
  for (const one of [...guild.channels]) {
    const child = world.channels.get(one);
    if (child?.thread && child.parent === id) deleteChannel(world, child);
  }
  guild.channels.delete(id);
  world.channels.delete(id);
  world.messages.delete(id);
}

export type NewThread = {
  name: string;
  owner: string;
  type?: ChannelType;
  tags?: string[];
  /** Started from this message, whose id it takes. */
  from?: Message;
};

/** Starts a thread or a forum's post; its first message is up to the caller. */
export function addThread(world: World, parent: Channel, made: NewThread): Channel {
  const guild = guildOf(world, parent.guild ?? '');
  const now = world.clock.now();
  const forum = parent.type === ChannelType.GuildForum;
  const thread: Channel = {
    id: made.from?.wire.id ?? world.ids.next(),
    type: made.type ?? ChannelType.PublicThread,
    guild: guild.id,
    name: made.name,
    parent: parent.id,
    position: 0,
    topic: null,
    overwrites: [],
    tags: [],
    thread: {
      owner: made.owner,
      members: new Map([[made.owner, now]]),
      archived: false,
      locked: false,
      archivedAt: now,
      tags: made.tags ?? [],
      sent: forum ? -1 : 0,
    },
    recipients: [],
    lastMessage: null,
  };
  world.channels.set(thread.id, thread);
  guild.channels.add(thread.id);
  const d = { ...channelLook(world, thread, world.bot.user.id), newly_created: true };
  world.emit({ t: 'THREAD_CREATE', d, channel: thread.id, guild: guild.id });
  return thread;
}

/** Adds somebody to a thread; a bot that could not see it before is told of the thread. */
export function joinThread(world: World, channel: Channel, user: string): void {
  if (!channel.thread || channel.thread.members.has(user)) return;
  channel.thread.members.set(user, world.clock.now());
  const guild = channel.guild ?? '';
  const d = { ...channelLook(world, channel, user) };
  if (user === world.bot.user.id) world.emit({ t: 'THREAD_CREATE', d, channel: channel.id, guild });
  const members = {
    id: channel.id,
    guild_id: guild,
    member_count: channel.thread.members.size,
    added_members: [threadMemberLook(channel, user)],
    removed_member_ids: [],
  };
  world.emit({ t: 'THREAD_MEMBERS_UPDATE', d: members, channel: channel.id, guild });
}

/** The direct messages of two people; made when they are first needed. */
export function dmOf(world: World, one: string, other: string): Channel {
  const pair = [one, other].sort().join(' ');
  const known = world.channels.get(world.dms.get(pair) ?? '');
  if (known) return known;
  const channel: Channel = {
    id: world.ids.next(),
    type: ChannelType.DM,
    name: '',
    parent: null,
    position: 0,
    topic: null,
    overwrites: [],
    tags: [],
    recipients: [one, other],
    lastMessage: null,
  };
  world.channels.set(channel.id, channel);
  world.dms.set(pair, channel.id);
  return channel;
}
