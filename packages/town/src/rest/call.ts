/** One request to the REST API, as a route gets it, and the answers that a route can give. */

import { apiError } from '#api-error';
import type { Upload } from '#checks/message';
import type { Json } from '#checks/read';
import type { Interactions } from '#interactions/interactions';
import { canView, has, inChannel } from '#world/permissions';
import type { Channel, Guild, Message, World } from '#world/world';

export type Call = {
  world: World;
  interactions: Interactions;
  /** The named parts of the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body (or `payload_json` of a multipart form), whatever it may be. */
  body: unknown;
  uploads: readonly Upload[];
  gateway: { url: string; shards: number; maxConcurrency: number };
};

export type Reply = { status: number; body?: unknown };

/** `METHOD /path/:part` to what it does. */
export type Routes = Record<string, (call: Call) => Reply>;

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const nothing: Reply = { status: 204 };

export const part = (call: Call, name: string): string => call.params[name] ?? '';

/** The channel in the path, when the bot may see it. */
export function channelAt(call: Call, name = 'channel'): Channel {
  const channel = call.world.channels.get(part(call, name));
  if (!channel) throw apiError.unknownChannel();
  if (channel.guild && !call.world.guilds.get(channel.guild)?.members.has(call.world.bot.user.id))
    throw apiError.missingAccess();
  if (!canView(call.world, channel, call.world.bot.user.id)) throw apiError.missingAccess();
  return channel;
}

/** The guild in the path, when the bot is in it. */
export function guildAt(call: Call): Guild {
  const guild = call.world.guilds.get(part(call, 'guild'));
  if (!guild) throw apiError.unknownGuild();
  if (!guild.members.has(call.world.bot.user.id)) throw apiError.missingAccess();
  return guild;
}

/** A message that everybody in its channel sees: ephemeral ones are not found this way. */
export function messageAt(call: Call, channel: Channel, name = 'message'): Message {
  const message = call.world.messages.get(channel.id)?.get(part(call, name));
  if (!message || message.onlyFor) throw apiError.unknownMessage();
  return message;
}

/** Stops a bot that lacks a permission in this channel. */
export function need(call: Call, channel: Channel, ...bits: bigint[]): void {
  if (!has(inChannel(call.world, channel, call.world.bot.user.id), ...bits)) throw apiError.missingPermissions();
}

export const objectIn = (call: Call): Json =>
  typeof call.body === 'object' && call.body !== null && !Array.isArray(call.body) ? (call.body as Json) : {};
