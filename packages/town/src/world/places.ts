/** Guilds, roles, channels, threads and direct messages: how they come and go. */
import {
  type APIGuildForumTag,
  type APIRole,
  type APIUser,
  PermissionFlagsBits as Bits,
  ChannelType,
  type Locale,
  MessageType,
  OverwriteType,
  type RoleFlags,
  type UserFlags,
} from 'discord-api-types/v10';
import { channelLook, guildCreateLook, guildLook, memberLook, threadMemberLook } from '#world/look';
import { writeMessage } from '#world/messages';
import { type Channel, type Guild, guildOf, type Message, personOf, type World } from '#world/world';

export function userLook(id: string, name: string, bot = false): APIUser {
  return {
    id,
    username: name.toLowerCase().replace(/[^a-z0-9_.]/g, ''),
    global_name: bot ? null : name,
    discriminator: bot ? '0001' : '0',
    avatar: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
    ...(bot && { bot: true }),
    primary_guild: null,
  };
}

/** What everybody may do in a new guild. */
export const usual =
  Bits.ViewChannel |
  Bits.SendMessages |
  Bits.SendMessagesInThreads |
  Bits.CreatePublicThreads |
  Bits.CreatePrivateThreads |
  Bits.EmbedLinks |
  Bits.AttachFiles |
  Bits.AddReactions |
  Bits.UseExternalEmojis |
  Bits.ReadMessageHistory |
  Bits.UseApplicationCommands |
  Bits.UseExternalApps |
  Bits.ChangeNickname;

export function roleLook(id: string, name: string, permissions: bigint, position: number): APIRole {
  return {
    id,
    name,
    permissions: permissions.toString(),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as RoleFlags,
  };
}

export function addGuild(world: World, name: string, owner: string, locale: Locale): Guild {
  const id = world.ids.guild();
  const guild: Guild = {
    id,
    name,
    owner,
    locale,
    roles: new Map([[id, roleLook(id, '@everyone', usual, 0)]]),
    members: new Map(),
    channels: new Set(),
    systemChannel: null,
    available: true,
    commandPermissions: new Map(),
  };
  world.guilds.set(id, guild);
  addMember(world, guild, owner);
  return guild;
}

const botIsIn = (world: World, guild: Guild) => guild.members.has(world.bot.user.id);

export function addRole(world: World, guild: Guild, name: string, permissions: bigint): APIRole {
  const role = roleLook(world.ids.next(), name, permissions, guild.roles.size);
  guild.roles.set(role.id, role);
  if (botIsIn(world, guild)) world.emit({ t: 'GUILD_ROLE_CREATE', d: { guild_id: guild.id, role }, guild: guild.id });
  return role;
}

export function setRole(world: World, guild: Guild, role: APIRole, permissions: bigint): void {
  role.permissions = permissions.toString();
  world.emit({ t: 'GUILD_ROLE_UPDATE', d: { guild_id: guild.id, role }, guild: guild.id });
}

/** A person joins; greets them with Discord's own message when the guild has a place for that. */
export function addMember(world: World, guild: Guild, user: string, roles: string[] = [], greet = false): void {
  const member = { user, roles, nick: null, joinedAt: world.clock.now() };
  guild.members.set(user, member);
  const d = { ...memberLook(world, member), guild_id: guild.id };
  world.emit({ t: 'GUILD_MEMBER_ADD', d, guild: guild.id });
  const place = guild.systemChannel && world.channels.get(guild.systemChannel);
  if (greet && place) writeMessage(world, place, { author: personOf(world, user).user, type: MessageType.UserJoin });
}

export function removeMember(world: World, guild: Guild, user: string): void {
  if (!guild.members.delete(user)) return;
  const d = { guild_id: guild.id, user: personOf(world, user).user };
  world.emit({ t: 'GUILD_MEMBER_REMOVE', d, guild: guild.id });
}

export function setRoles(world: World, guild: Guild, user: string, roles: string[]): void {
  const member = guild.members.get(user);
  if (!member) return;
  member.roles = roles;
  world.emit({ t: 'GUILD_MEMBER_UPDATE', d: { ...memberLook(world, member), guild_id: guild.id }, guild: guild.id });
}

/** The bot is invited, with `permissions` in a role of its own. */
export function inviteBot(world: World, guild: Guild, permissions: bigint): void {
  const { user } = world.bot;
  const role = roleLook(world.ids.next(), user.username, permissions, guild.roles.size);
  guild.roles.set(role.id, { ...role, managed: true, tags: { bot_id: user.id } });
  guild.members.set(user.id, { user: user.id, roles: [role.id], nick: null, joinedAt: world.clock.now() });
  world.emit({ t: 'GUILD_CREATE', d: guildCreateLook(world, guild, false), guild: guild.id });
}

/** The bot is removed: it hears of it once, and of nothing there afterwards. */
export function removeBot(world: World, guild: Guild): void {
  const bot = world.bot.user.id;
  world.emit({ t: 'GUILD_DELETE', d: { id: guild.id }, guild: guild.id });
  for (const [id, role] of guild.roles) if (role.tags?.bot_id === bot) guild.roles.delete(id);
  guild.members.delete(bot);
}

/** The guild's own language, in which it is spoken to in public. */
export function setLocale(world: World, guild: Guild, locale: Locale): void {
  guild.locale = locale;
  world.emit({ t: 'GUILD_UPDATE', d: guildLook(guild), guild: guild.id });
}

/** An outage begins or ends. */
export function setAvailable(world: World, guild: Guild, available: boolean): void {
  if (guild.available === available) return;
  if (available) {
    guild.available = true;
    world.emit({ t: 'GUILD_CREATE', d: guildCreateLook(world, guild, false), guild: guild.id });
  } else {
    world.emit({ t: 'GUILD_DELETE', d: { id: guild.id, unavailable: true }, guild: guild.id });
    guild.available = false;
  }
}

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

export const shareAGuild = (world: World, one: string, other: string): boolean =>
  [...world.guilds.values()].some((guild) => guild.members.has(one) && guild.members.has(other));
