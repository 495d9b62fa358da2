/** Who may do what, computed as Discord computes it. */
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { type Channel, channelOf, type Guild, guildOf, type World } from '#world/world';

export const every = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export const isThread = (channel: Channel): boolean => channel.thread !== undefined;

/** A person's permissions in a guild, before any channel has its say. 0 for somebody who is not a member. */
export function inGuild(guild: Guild, user: string): bigint {
  const member = guild.members.get(user);
  if (!member) return 0n;
  if (guild.owner === user) return every;
  const base = [guild.id, ...member.roles].reduce(
    (all, role) => all | BigInt(guild.roles.get(role)?.permissions ?? '0'),
    0n,
  );
  return base & PermissionFlagsBits.Administrator ? every : base;
}

/** A person's permissions in a channel; threads follow the channel they belong to. */
export function inChannel(world: World, channel: Channel, user: string): bigint {
  if (!channel.guild) return channel.recipients.includes(user) ? every : 0n;
  const guild = guildOf(world, channel.guild);
  const base = inGuild(guild, user);
  if (base === every || base === 0n) return base;
  const source = channel.thread && channel.parent ? channelOf(world, channel.parent) : channel;
  const member = guild.members.get(user);
  const mine = new Set(member?.roles ?? []);
  let all = base;
  const apply = (allow: bigint, deny: bigint) => {
    all = (all & ~deny) | allow;
  };
  const everyone = source.overwrites.find((over) => over.id === guild.id);
  if (everyone) apply(BigInt(everyone.allow), BigInt(everyone.deny));
  let allow = 0n;
  let deny = 0n;
  for (const over of source.overwrites) {
    if (over.type !== OverwriteType.Role || !mine.has(over.id)) continue;
    allow |= BigInt(over.allow);
    deny |= BigInt(over.deny);
  }
  apply(allow, deny);
  const own = source.overwrites.find((over) => over.type === OverwriteType.Member && over.id === user);
  if (own) apply(BigInt(own.allow), BigInt(own.deny));
  return all & PermissionFlagsBits.ViewChannel ? all : 0n;
}

export const has = (permissions: bigint, ...bits: bigint[]): boolean =>
  bits.every((bit) => (permissions & bit) === bit);

/** May this person know that the channel is there? Private threads: invited, or with Manage Threads. */
export function canView(world: World, channel: Channel, user: string): boolean {
  if (!channel.guild) return channel.recipients.includes(user);
  const permissions = inChannel(world, channel, user);
  if (!has(permissions, PermissionFlagsBits.ViewChannel)) return false;
  if (channel.type !== ChannelType.PrivateThread) return true;
  return channel.thread?.members.has(user) === true || has(permissions, PermissionFlagsBits.ManageThreads);
}

/** May this person write there? */
export function canWrite(world: World, channel: Channel, user: string): boolean {
  const bit = isThread(channel) ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return canView(world, channel, user) && has(inChannel(world, channel, user), bit);
}

/** May this person see the message? */
export function canSee(world: World, channel: Channel, onlyFor: string | undefined, user: string): boolean {
  return onlyFor === undefined ? canView(world, channel, user) : onlyFor === user;
}
