/** Logging in to the gateway: what a client may identify as, and what it is greeted with. */
import { GatewayCloseCodes as Close } from 'discord-api-types/v10';
import type { Json } from '#checks/read';
import { disallowed, validIntents } from '#gateway/intents';
import type { Session } from '#gateway/session';
import type { Guild, World } from '#world/world';

/** The shard of `count` that hears of a guild; direct messages belong to the first. */
export const shardOf = (guild: string | undefined, count: number): number =>
  guild ? Number((BigInt(guild) >> 22n) % BigInt(count)) : 0;

export type Identified = { intents: number; shard: [number, number]; guilds: Guild[] };

/** What a client identified as, or why its socket is closed. */
export function identifyIn(
  world: World,
  { token, shard: asked, intents }: Json,
  options: { token: string; perShard: number },
): Identified | { code: number; reason: string } {
  const refuse = (code: number, reason: string) => ({ code, reason });
  if (bare(token) !== options.token) return refuse(Close.AuthenticationFailed, 'Authentication failed.');
  const shard = shardIn(asked);
  if (!shard) return refuse(Close.InvalidShard, 'Invalid shard.');
  if (!validIntents(intents)) return refuse(Close.InvalidIntents, 'Invalid intent(s).');
  if (disallowed(world, intents)) return refuse(Close.DisallowedIntents, 'Disallowed intent(s).');
  const guilds = [...world.guilds.values()].filter(
    (guild) => guild.members.has(world.bot.user.id) && shardOf(guild.id, shard[1]) === shard[0],
  );
  if (guilds.length > options.perShard) return refuse(Close.ShardingRequired, 'Sharding required.');
  return { intents, shard, guilds };
}

/** READY: who the bot is and where it will be, before the guilds themselves come. */
export function readyLook(world: World, session: Session, guilds: readonly Guild[]): object {
  const { user } = world.bot;
  return {
    v: 10,
    user: { ...user, verified: true, mfa_enabled: true, email: null, bio: '' },
    user_settings: {},
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: `${world.origin.replace('http', 'ws')}/gateway`,
    session_type: 'normal',
    shard: session.shard,
    application: { id: user.id, flags: applicationFlags(world) },
    private_channels: [],
    relationships: [],
    presences: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    auth: {},
    _trace: [],
  };
}

/** The application's flags that say which privileged intents it has (limited: fewer than 100 guilds). */
export const applicationFlags = ({ grants }: World): number =>
  (grants.presences ? 1 << 13 : 0) | (grants.guildMembers ? 1 << 15 : 0) | (grants.messageContent ? 1 << 19 : 0);

/** A token without the word before it. */
export const bare = (token: unknown) => (typeof token === 'string' ? token.replace(/^Bot /, '') : undefined);

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function shardIn(shard: unknown): [number, number] | undefined {
  if (shard === undefined) return [0, 1];
  if (!Array.isArray(shard)) return undefined;
  const [id, count] = shard as unknown[];
  return isWhole(id) && isWhole(count) && id < count ? [id, count] : undefined;
}
