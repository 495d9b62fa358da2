/** Guilds, their roles and those who live in them: how they come, change and go. */
import {
  type APIRole,
  type APIUser,
  PermissionFlagsBits as Bits,
  type Locale,
  MessageType,
  type RoleFlags,
  type UserFlags,
} from 'discord-api-types/v10';
import { guildCreateLook, guildLook } from '#world/guild-look';
import { memberLook } from '#world/look';
import { writeMessage } from '#world/messages';
import { type Guild, personOf, type World } from '#world/world';

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

/** A role goes, and with it everybody's; Discord tells of no member then. */
export function deleteRole(world: World, guild: Guild, id: string): void {
  guild.roles.delete(id);
  for (const member of guild.members.values()) member.roles = member.roles.filter((role) => role !== id);
  for (const place of guild.channels) {
    const channel = world.channels.get(place);
    if (channel) channel.overwrites = channel.overwrites.filter((over) => over.id !== id);
  }
  world.emit({ t: 'GUILD_ROLE_DELETE', d: { guild_id: guild.id, role_id: id }, guild: guild.id });
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

export const shareAGuild = (world: World, one: string, other: string): boolean =>
  [...world.guilds.values()].some((guild) => guild.members.has(one) && guild.members.has(other));
