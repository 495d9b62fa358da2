/**
 * The discord.js client, as light as it can be while staying sound: it keeps the name and language of guilds, and nothing
 * of what people write or who they are. What is written is read from the raw packets (see hear.ts), and so is where
 * channels and threads stand (see places.ts).
 */
import {
  type CacheFactory,
  Client,
  Collection,
  Events,
  GatewayIntentBits,
  type Guild,
  Options,
  SimpleShardingStrategy,
} from 'discord.js';
import { createRequests, type Limit } from '#discord/requests';
import { steady } from '#discord/shards';
import { follow } from '#panels/places';

export type ClientSetup = {
  /** Where the REST API is, without the version: `https://discord.com/api`. */
  api: string;
  /** Is the Message Content intent granted? Asking for it when it is not ends the connection (close code 4014). */
  messageContent: boolean;
  /** Which shards of how many run here; absent: all that Discord asks for. */
  shards?: { shards: readonly number[]; total: number };
  /** The turn of one bucket of logins, where shards of other processes wait as well. */
  waitToLogin?: (bucket: number, signal: AbortSignal) => Promise<void>;
  /** Discord, or a proxy before it, said "too many". */
  onLimit?: (limit: Limit) => void;
};

/** Milliseconds until a request counts as lost. */
const answerTimeout = 10_000;
/** Milliseconds without a further guild after which the client is ready; an unavailable guild delays every command. */
const guildTimeout = 2_000;

/**
 * A client that has not logged in. Its 'raw' event carries every packet; discord.js' own events for what people
 * write and do, and for channels, roles and members, never come (see `read`).
 */
export function createClient({
  api,
  messageContent,
  shards,
  waitToLogin,
  onLimit = () => undefined,
}: ClientSetup): Client {
  const client: Client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    ...(shards ? { shards: [...shards.shards], shardCount: shards.total } : { shards: 'auto' as const }),
    waitGuildTimeout: guildTimeout,
    allowedMentions: { parse: [] },
    failIfNotExists: false,
    makeCache,
    rest: {
      api,
      timeout: answerTimeout,
      ...createRequests(onLimit),
    },
    ws: {
      buildStrategy: (manager) => steady(new SimpleShardingStrategy(lighten(manager, () => client))),
      ...(waitToLogin && { buildIdentifyThrottler: throttlerWith(waitToLogin) }),
    },
  });
  guardQueue(client);
  return client;
}

/** Discord says how many may log in at once: of each bucket, one within five seconds. */
const throttlerWith =
  (waitToLogin: NonNullable<ClientSetup['waitToLogin']>) =>
  async (manager: Sockets): Promise<{ waitForIdentify(shard: number, signal: AbortSignal): Promise<void> }> => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return { waitForIdentify: (shard, signal) => waitToLogin(shard % limit.max_concurrency, signal) };
  };

/** What discord.js' types leave out: packets that come before it is ready wait there, and are handled out of turn. */
type Handles = { handlePacket(...given: unknown[]): boolean };

/** One packet that discord.js cannot take must not end the bot. */
function guardQueue(client: Client): void {
  const ws = client.ws as unknown as Handles;
  const handle = ws.handlePacket.bind(ws);
  ws.handlePacket = (...given) => {
    try {
      return handle(...given);
    } catch (error) {
      return client.emit(Events.Error, error as Error);
    }
  };
}

/**
 * Takes nothing in, and so can be shared by all: an empty one in every guild is several megabytes. No class of its own,
 * as discord.js warns of any but Collection for roles and overwrites.
 */
const nothing = Object.assign(new Collection<string, never>(), { set: () => nothing });

/** Kept are servers and, of users, the bot; and the few channels where somebody pressed something (see `whereItWas`). */
const kept: ReadonlySet<string> = new Set(['GuildManager', 'ChannelManager']);
const onlyItself = Options.cacheWithLimits({
  UserManager: { maxSize: 0, keepOverLimit: ({ id, client }) => id === client.user?.id },
});

const makeCache: CacheFactory = (base, holds, manager) => {
  if (kept.has(base.name)) return new Collection();
  return base.name === 'UserManager' ? onlyItself(base, holds, manager) : nothing;
};

/**
 * The packets that discord.js is given. All others go to 'raw' and no further: it would make Message, User, Member and
 * Channel objects of them (most of a bot's CPU and memory), or queue them with their text until it is ready.
 */
const read: ReadonlySet<string> = new Set([
  'READY',
  'RESUMED',
  'GUILD_CREATE',
  'GUILD_UPDATE',
  'GUILD_DELETE',
  'INTERACTION_CREATE',
]);

type Fields = Record<string, unknown>;
type Packet = { t: string; d: Fields };
type Sockets = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * Stands between the sockets and discord.js, which hears them through this manager's 'dispatch' event only: keeps
 * packets that are not `read` from it, makes guilds smaller before structures are built from them, and remembers where
 * channels stand.
 */
function lighten(sockets: Sockets, owner: () => Client): Sockets {
  const emit = sockets.emit.bind(sockets) as (event: string, ...args: unknown[]) => boolean;
  const emitLess = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'dispatch') return emit(event, ...args);
    const client = owner();
    const { data, shardId } = args[0] as { data: Packet; shardId: number };
    try {
      follow(client, data);
      if (!read.has(data.t)) return client.emit(Events.Raw, data, shardId);
      if (data.t === 'GUILD_CREATE' || data.t === 'GUILD_UPDATE') data.d = lightGuild(data.d);
      if (data.t === 'INTERACTION_CREATE') whereItWas(client, data.d);
      return emit(event, ...args);
    } catch (error) {
      // Nor one that our own ears cannot take.
      return client.emit(Events.Error, error as Error);
    }
  };
  sockets.emit = emitLess as typeof sockets.emit;
  return sockets;
}

const keptOfGuild = ['id', 'name', 'preferred_locale', 'unavailable'];
/** Without a list of channels a new guild would count as unavailable. */
const lightGuild = (guild: Fields): Fields => ({
  ...Object.fromEntries(Object.entries(guild).filter(([key]) => keptOfGuild.includes(key))),
  channels: [],
});

type Where = { id: string; type: number; parent_id?: string | null };
/** discord.js' own way to take a channel in, which its types leave out. */
type Adds = { _add(channel: object, guild: Guild): unknown };
const recentPlaces = 50;

/**
 * Gives an interaction its channel: discord.js looks it up among those it keeps. An interaction tells it whole; only
 * what it is gets in, and only the last few stay.
 */
function whereItWas({ channels, guilds }: Client, { guild_id, channel }: Fields): void {
  const guild = guilds.cache.get(guild_id as string);
  if (!guild || !channel) return;
  const { id, type, parent_id } = channel as Where;
  channels.cache.delete(id);
  (channels as unknown as Adds)._add({ id, type, parent_id, guild_id }, guild);
  if (channels.cache.size > recentPlaces) channels.cache.delete(channels.cache.firstKey() ?? id);
}
