import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { placesOf } from '#panels/places';
import { reachIn } from '#panels/reach';
import type { Changes, Settings } from '#settings/settings';
import type { Asked, Press, Shown } from './section.ts';

/** Where the bot may write, and what is no longer there. */

/** Tells which channels no longer exist. Until Discord has told of a server's channels none is taken for gone. */
export function goneFrom({ client, guild }: Pick<Asked, 'client' | 'guild'>): (id: string) => boolean {
  const places = placesOf(client);
  let isTold: boolean | undefined;
  const isToldOf = (server: string): boolean => {
    for (const { guildId } of places.values()) if (guildId === server) return true;
    return false;
  };
  return (id) => {
    if (guild?.available !== true || places.has(id)) return false;
    isTold ??= isToldOf(guild.id);
    return isTold;
  };
}

/** The settings without channels that no longer exist; undefined: all are there. */
export function withoutGone({ support, exempt }: Settings, asked: Asked): Changes | undefined {
  const isGone = goneFrom(asked);
  const there = (ids: readonly string[]) => ids.filter((id) => !isGone(id));
  const [chosen, leftOut] = [there(support.channels), there(exempt.channels)];
  if (chosen.length === support.channels.length && leftOut.length === exempt.channels.length) return undefined;
  return { support: { ...support, channels: chosen }, exempt: { ...exempt, channels: leftOut } };
}

const toWrite = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/** May the bot write in this channel? When Discord does not say, it may. */
export async function mayWriteIn(channel: string, { reach }: Pick<Shown, 'reach'>): Promise<boolean> {
  const found = await reach();
  return !found || found.get(channel)?.may.has(toWrite) === true;
}

/** Is it a channel of this server that takes messages? What comes along with a press is no proof of it. */
export function isToWriteIn(channel: string, { client, guildId }: Pick<Asked, 'client' | 'guildId'>): boolean {
  const place = placesOf(client).get(channel);
  return place?.guildId === guildId && toWriteIn.includes(place.type);
}

/** May whoever presses write in this channel themself? When Discord does not say, they may not. */
export async function presserMayWriteIn(channel: string, press: Press): Promise<boolean> {
  const { client, guildId, memberPermissions, user } = press;
  if (!isToWriteIn(channel, press)) return false;
  // An owner has it, too.
  if (memberPermissions.has(PermissionFlagsBits.Administrator)) return true;
  const found = await reachIn(client, guildId, user.id);
  return found?.get(channel)?.may.has(toWrite) === true;
}

/** Channels whose posts have tags. */
export const forums = [ChannelType.GuildForum];
/** Channels in which the bot can write a message of its own. */
export const toWriteIn: ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
