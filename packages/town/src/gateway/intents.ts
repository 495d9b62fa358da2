/** Which events a session hears, by the intents that it identified with. */
import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { withoutContent } from '#world/look';
import { canView } from '#world/permissions';
import type { World, WorldEvent } from '#world/world';

/** The intent for events in guilds, and the one for direct messages. */
const needs: Record<string, { guild?: number; dm?: number }> = {
  GUILD_CREATE: { guild: Intent.Guilds },
  GUILD_UPDATE: { guild: Intent.Guilds },
  GUILD_DELETE: { guild: Intent.Guilds },
  GUILD_ROLE_CREATE: { guild: Intent.Guilds },
  GUILD_ROLE_UPDATE: { guild: Intent.Guilds },
  GUILD_ROLE_DELETE: { guild: Intent.Guilds },
  CHANNEL_CREATE: { guild: Intent.Guilds },
  CHANNEL_UPDATE: { guild: Intent.Guilds },
  CHANNEL_DELETE: { guild: Intent.Guilds },
  CHANNEL_PINS_UPDATE: { guild: Intent.Guilds, dm: Intent.DirectMessages },
  THREAD_CREATE: { guild: Intent.Guilds },
  THREAD_UPDATE: { guild: Intent.Guilds },
  THREAD_DELETE: { guild: Intent.Guilds },
  THREAD_MEMBERS_UPDATE: { guild: Intent.Guilds },
  GUILD_MEMBER_ADD: { guild: Intent.GuildMembers },
  GUILD_MEMBER_UPDATE: { guild: Intent.GuildMembers },
  GUILD_MEMBER_REMOVE: { guild: Intent.GuildMembers },
  MESSAGE_CREATE: { guild: Intent.GuildMessages, dm: Intent.DirectMessages },
  MESSAGE_UPDATE: { guild: Intent.GuildMessages, dm: Intent.DirectMessages },
  MESSAGE_DELETE: { guild: Intent.GuildMessages, dm: Intent.DirectMessages },
  MESSAGE_DELETE_BULK: { guild: Intent.GuildMessages },
  MESSAGE_REACTION_ADD: { guild: Intent.GuildMessageReactions, dm: Intent.DirectMessageReactions },
  MESSAGE_REACTION_REMOVE: { guild: Intent.GuildMessageReactions, dm: Intent.DirectMessageReactions },
  TYPING_START: { guild: Intent.GuildMessageTyping, dm: Intent.DirectMessageTyping },
  INTERACTION_CREATE: { guild: 0, dm: 0 },
};

/** Channels are listed for bots even where they may not look in; what is said there is not told. */
const seenByAll = new Set(['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE', 'INTERACTION_CREATE']);

/** Privileged intents that the application asks for without having been granted them: close code 4014. */
export function disallowed(world: World, intents: number): boolean {
  const { grants } = world;
  return (
    (!grants.messageContent && (intents & Intent.MessageContent) !== 0) ||
    (!grants.guildMembers && (intents & Intent.GuildMembers) !== 0) ||
    (!grants.presences && (intents & Intent.GuildPresences) !== 0)
  );
}

const every = Object.values(Intent)
  .filter((value) => typeof value === 'number')
  .reduce((all, bit) => all | bit, 0);

export const validIntents = (intents: unknown): intents is number =>
  typeof intents === 'number' && Number.isInteger(intents) && intents >= 0 && (intents & ~every) === 0;

/** May a viewer know of this event? The same for the bot and for people. */
export function mayKnow(world: World, event: WorldEvent, viewer: string): boolean {
  if (event.only) return event.only.includes(viewer);
  if (event.guild) {
    const guild = world.guilds.get(event.guild);
    if (!guild?.available || !guild.members.has(viewer)) return false;
  }
  if (!event.channel || seenByAll.has(event.t)) return true;
  const channel = world.channels.get(event.channel);
  return channel !== undefined && canView(world, channel, viewer);
}

/** Does a session with these intents hear of the event at all? */
export function hears(event: WorldEvent, intents: number): boolean {
  const need = needs[event.t];
  if (!need) return false;
  const bit = event.guild ? need.guild : need.dm;
  return bit !== undefined && (bit === 0 || (intents & bit) !== 0);
}

/** The event's data as a session may read it: message text only with Message Content (direct messages always). */
export function readable(world: World, event: WorldEvent, intents: number): object {
  const isMessage = event.t === 'MESSAGE_CREATE' || event.t === 'MESSAGE_UPDATE';
  if (!isMessage || !event.guild || (intents & Intent.MessageContent) !== 0) return event.d;
  return withoutContent(event.d as Parameters<typeof withoutContent>[0], world.bot.user.id);
}
