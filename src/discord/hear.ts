import {
  type Client,
  type GatewayChannelDeleteDispatchData,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteBulkDispatchData,
  type GatewayMessageDeleteDispatchData,
  type GatewayMessageUpdateDispatchData,
  type GatewayThreadDeleteDispatchData,
  MessageReferenceType,
  MessageType,
  SnowflakeUtil,
} from 'discord.js';
import type { Edited, Heard, Ref } from '#nudge/heard';
import { type Place, placesOf } from '#panels/places';

/** Channels and threads by id. */
type Channels = Pick<ReadonlyMap<string, Place>, 'get'>;

/** Where replies are heard, and whose are left alone; all empty when nothing is to be heard there. */
export type Hearing = {
  channels: readonly string[];
  /** Channels that are left out, and roles whose members are. */
  exempt: { channels: readonly string[]; roles: readonly string[] };
};

/**
 * Is the channel chosen, or below a chosen one: a thread or post of it, or in its category? What is nearer counts: a
 * chosen channel in a category that is left out is heard.
 */
export function isHeardIn(id: string, { channels, exempt }: Hearing, places: Channels): boolean {
  let at: string | null = id;
  for (let steps = 0; at !== null && steps < 3; steps++) {
    if (exempt.channels.includes(at)) return false;
    if (channels.includes(at)) return true;
    at = places.get(at)?.parentId ?? null;
  }
  return false;
}

/**
 * What was said, as a plain value; `undefined` when a bot, a webhook or Discord itself said it, or when it is a forward:
 * only people are heard. Messages are read from the raw event: discord.js would keep them.
 * @param exempt roles of members whose replies are left alone.
 */
export function heard(message: GatewayMessageCreateDispatchData, exempt: readonly string[] = []): Heard | undefined {
  if (!message.guild_id || !message.author || message.author.bot || message.author.system || message.webhook_id)
    return undefined;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return undefined;
  const reference = message.message_reference;
  if (reference?.type === MessageReferenceType.Forward) return undefined;
  const answers = message.type === MessageType.Reply ? answered(message) : undefined;
  return {
    id: message.id,
    guild: message.guild_id,
    channel: message.channel_id,
    author: message.author.id,
    at: writtenAt(message),
    text: message.content ?? '',
    ...(answers && { answers }),
    ...(message.member?.roles.some((role) => exempt.includes(role)) && { exempt: true }),
  };
}

/** The id tells when; a message that says it is older is as old as it says. */
function writtenAt({ id, timestamp }: GatewayMessageCreateDispatchData): number {
  const told = Date.parse(timestamp);
  const at = SnowflakeUtil.timestampFrom(id);
  return Number.isNaN(told) ? at : Math.min(at, told);
}

function answered(message: GatewayMessageCreateDispatchData): Ref | 'deleted' | undefined {
  const id = message.message_reference?.message_id;
  if (message.referenced_message === null || id === undefined) return 'deleted';
  const channel = message.message_reference?.channel_id ?? message.channel_id;
  const author = message.referenced_message?.author.id;
  return { channel, id, ...(author !== undefined && { author }) };
}

/** Where the raw events of messages, and of the channels that they stand in, go. */
export type Ears = {
  said(message: Heard): void;
  edited(message: Edited): void;
  deleted(guild: string, channel: string, ids: readonly string[]): void;
  channelDeleted(channel: string): void;
  /** Something failed while listening; people keep talking. */
  failed(error: unknown): void;
};

type Packet =
  | { t: GatewayDispatchEvents.MessageCreate; d: GatewayMessageCreateDispatchData }
  | { t: GatewayDispatchEvents.MessageUpdate; d: GatewayMessageUpdateDispatchData }
  | { t: GatewayDispatchEvents.MessageDelete; d: GatewayMessageDeleteDispatchData }
  | { t: GatewayDispatchEvents.MessageDeleteBulk; d: GatewayMessageDeleteBulkDispatchData }
  | { t: GatewayDispatchEvents.ChannelDelete; d: GatewayChannelDeleteDispatchData }
  | { t: GatewayDispatchEvents.ThreadDelete; d: GatewayThreadDeleteDispatchData };

/**
 * Hands what people say in support channels to `ears`, in the order in which it comes and without waiting for anything.
 */
export function listen(client: Client, hearing: (guild: string) => Hearing, ears: Ears): void {
  const hear = (packet: Packet): void => {
    const guild = packet.d && 'guild_id' in packet.d ? packet.d.guild_id : undefined;
    if (guild === undefined) return;
    const channels = placesOf(client);
    switch (packet.t) {
      case GatewayDispatchEvents.MessageCreate: {
        const where = hearing(guild);
        if (!isHeardIn(packet.d.channel_id, where, channels)) return;
        const said = heard(packet.d, where.exempt.roles);
        if (said) ears.said(said);
        return;
      }
      case GatewayDispatchEvents.MessageUpdate: {
        // A link preview is an update too; only an edit has its time.
        const { id, channel_id: channel, content, edited_timestamp: at } = packet.d;
        if (at && content !== undefined) ears.edited({ id, channel, text: content, at: Date.parse(at) });
        return;
      }
      case GatewayDispatchEvents.MessageDelete:
      case GatewayDispatchEvents.MessageDeleteBulk: {
        const { channel_id: channel } = packet.d;
        const ids = 'ids' in packet.d ? packet.d.ids : [packet.d.id];
        if (isHeardIn(channel, hearing(guild), channels)) ears.deleted(guild, channel, ids);
        return;
      }
      case GatewayDispatchEvents.ChannelDelete:
      case GatewayDispatchEvents.ThreadDelete:
        ears.channelDeleted(packet.d.id);
        return;
    }
  };
  client.on('raw' as never, (packet: Packet) => {
    try {
      hear(packet);
    } catch (error) {
      ears.failed(error);
    }
  });
}
