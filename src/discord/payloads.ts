import { GatewayOpcodes } from 'discord.js';
import { z } from 'zod';

/**
 * What has to be true of what comes through the gateway. discord.js and our own ears rest on it: a payload that is none
 * of Discord's would end the process, or stay as rubbish among what is remembered.
 */

const id = z.string().regex(/^\d{1,20}$/);
const person = z.object({ id });
const place = z.object({
  id,
  guild_id: id.optional(),
  type: z.number(),
  parent_id: id.nullish(),
  owner_id: id.nullish(),
  available_tags: z.array(z.object({ id, name: z.string() })).nullish(),
});
const guild = z.object({
  id,
  name: z.string().optional(),
  preferred_locale: z.string().optional(),
  unavailable: z.boolean().optional(),
  channels: z.array(place).optional(),
  threads: z.array(place).optional(),
});
const message = z.object({
  id,
  channel_id: id,
  guild_id: id.optional(),
  author: person,
  type: z.number(),
  timestamp: z.string(),
  content: z.string().optional(),
  mentions: z.array(person),
  member: z.object({ roles: z.array(id) }).nullish(),
  message_reference: z.object({ message_id: id.nullish(), channel_id: id.nullish() }).nullish(),
  referenced_message: z.object({ author: person }).nullish(),
});
const edit = z.object({
  id,
  channel_id: id,
  guild_id: id.optional(),
  content: z.string().optional(),
  edited_timestamp: z.string().nullish(),
});

/** By the name of the event; nothing is asked of those that nobody here reads. */
const events: Readonly<Record<string, z.ZodType>> = {
  READY: z.object({
    session_id: z.string(),
    resume_gateway_url: z.url({ protocol: /^wss?$/ }),
    user: person,
    guilds: z.array(person),
    application: person,
    shard: z.tuple([z.int().min(0), z.int().min(1)]).optional(),
  }),
  GUILD_CREATE: guild,
  GUILD_UPDATE: guild,
  GUILD_DELETE: guild,
  CHANNEL_CREATE: place,
  CHANNEL_UPDATE: place,
  CHANNEL_DELETE: z.object({ id, guild_id: id.optional() }),
  THREAD_CREATE: place,
  THREAD_UPDATE: place,
  THREAD_DELETE: z.object({ id, guild_id: id.optional() }),
  THREAD_LIST_SYNC: z.object({ guild_id: id, threads: z.array(place) }),
  MESSAGE_CREATE: message,
  MESSAGE_UPDATE: edit,
  MESSAGE_DELETE: z.object({ id, channel_id: id, guild_id: id.optional() }),
  MESSAGE_DELETE_BULK: z.object({ ids: z.array(id), channel_id: id, guild_id: id.optional() }),
  // The rest of an interaction is looked at one by one, with somebody there to be told (see panels/router.ts).
  INTERACTION_CREATE: z.object({
    id,
    token: z.string(),
    type: z.number(),
    guild_id: id.nullish(),
    channel: place.nullish(),
  }),
};

/** In ms. A timer that is told to wait longer does not wait at all. */
const longestWait = 2 ** 31 - 1;
const hello = z.object({ heartbeat_interval: z.number().positive().max(longestWait) });
const dispatch = z.object({ t: z.string(), s: z.int() });

/** Can this be taken for a payload of Discord's? */
export function isSound(payload: unknown): boolean {
  if (typeof payload !== 'object' || payload === null) return false;
  const { op, t, d } = payload as Record<string, unknown>;
  if (op === GatewayOpcodes.Hello) return hello.safeParse(d).success;
  if (op !== GatewayOpcodes.Dispatch) return typeof op === 'number';
  if (!dispatch.safeParse(payload).success) return false;
  const name = t as string;
  return !Object.hasOwn(events, name) || events[name]?.safeParse(d).success === true;
}

/** What Discord sent is none of its payloads. */
export class StrangePayload extends Error {
  override name = 'StrangePayload';
}
