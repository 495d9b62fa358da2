/**
 * The discord.js client, as light as it can be while staying sound: it keeps guilds, channels, threads and roles, and
 * nothing of what people write or who they are. What is written is read from the raw packets (see hear.ts).
 */
import {
  type CacheFactory,
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  HTTPError,
  LimitedCollection,
  Options,
  type RateLimitData,
  type RESTOptions,
  SimpleShardingStrategy,
} from 'discord.js';

export type ClientSetup = {
  /** Where the REST API is, without the version: `https://discord.com/api`. */
  api: string;
  /** Is the Message Content intent granted? Asking for it when it is not ends the connection (close code 4014). */
  messageContent: boolean;
};

/** Milliseconds until a request counts as lost. */
const answerTimeout = 10_000;
/** Milliseconds that a note waits for a rate limit. */
const longestWait = 5_000;
/** Milliseconds without a further guild after which the client is ready; an unavailable guild delays every command. */
const guildTimeout = 2_000;

/**
 * A client that has not logged in. Its 'raw' event carries every packet; discord.js' own events for what people
 * write and do (see `unread`) never come.
 */
export function createClient({ api, messageContent }: ClientSetup): Client {
  const client: Client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    shards: 'auto',
    waitGuildTimeout: guildTimeout,
    allowedMentions: { parse: [] },
    failIfNotExists: false,
    makeCache,
    rest: {
      api,
      timeout: answerTimeout,
      retries: 2,
      rejectOnRateLimit: tooLongToWait,
      makeRequest: postOnce,
    },
    ws: { buildStrategy: (manager) => new SimpleShardingStrategy(lighten(manager, () => client)) },
  });
  return client;
}

/**
 * Limits on the way of a note that are not waited for: they can last many minutes, and notes go one after the other.
 * The request then fails with a RateLimitError.
 */
function tooLongToWait({ route, retryAfter }: RateLimitData): boolean {
  return retryAfter > longestWait && (route.startsWith('/users/@me/channels') || route.startsWith('/channels/'));
}

type Owned = { id: string; client: Client };
const ownOnly = { maxSize: 0, keepOverLimit: ({ id, client }: Owned) => id === client.user?.id };
const ownUser = Options.cacheWithLimits({
  GuildMemberManager: ownOnly,
  ThreadMemberManager: ownOnly,
  UserManager: ownOnly,
});

/** Of these nothing is kept. Not named here or above, and so kept whole: guilds, channels, roles, overwrites. */
const unkept: ReadonlySet<string> = new Set([
  'ApplicationCommandManager',
  'ApplicationEmojiManager',
  'AutoModerationRuleManager',
  'EntitlementManager',
  'GuildBanManager',
  'GuildEmojiManager',
  'GuildInviteManager',
  'GuildScheduledEventManager',
  'GuildSoundboardSoundManager',
  'GuildStickerManager',
  'MessageManager',
  'PresenceManager',
  'ReactionManager',
  'ReactionUserManager',
  'StageInstanceManager',
  'SubscriptionManager',
  'VoiceStateManager',
]);
/** Takes nothing in, and so can be shared by all: an empty one in every channel and guild is several megabytes. */
const nothing = new LimitedCollection<string, never>({ maxSize: 0 });

const makeCache: CacheFactory = (base, holds, manager) =>
  unkept.has(base.name) ? nothing : ownUser(base, holds, manager);

/** A POST was sent and no answer came: it may or may not have been carried out. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  constructor(options: ErrorOptions) {
    super('Discord gave no answer to a POST', options);
  }
}

/**
 * Sends a request. discord.js repeats requests after a 5xx, a time-out or a broken connection; a POST (a message, an
 * interaction's answer) might then happen twice, so these fail at the first time: with an HTTPError (5xx) or NoAnswer.
 * A 429 was not carried out, and is repeated.
 */
const postOnce: RESTOptions['makeRequest'] = async (url, init) => {
  if (init.method !== 'POST') return DefaultRestOptions.makeRequest(url, init);
  const response = await DefaultRestOptions.makeRequest(url, init).catch((cause: unknown) => {
    throw new NoAnswer({ cause });
  });
  if (response.status < 500) return response;
  await response.arrayBuffer().catch(() => undefined);
  throw new HTTPError(response.status, response.statusText, 'POST', url, { body: undefined, files: undefined });
};

/**
 * Packets that discord.js would turn into Message, User and Member objects (most of a bot's CPU) or would queue with
 * their text until it is ready. They go to 'raw' and no further.
 */
const unread: ReadonlySet<string> = new Set([
  'MESSAGE_CREATE',
  'MESSAGE_UPDATE',
  'MESSAGE_DELETE',
  'MESSAGE_DELETE_BULK',
  'MESSAGE_REACTION_ADD',
  'MESSAGE_REACTION_REMOVE',
  'MESSAGE_REACTION_REMOVE_ALL',
  'MESSAGE_REACTION_REMOVE_EMOJI',
  'MESSAGE_POLL_VOTE_ADD',
  'MESSAGE_POLL_VOTE_REMOVE',
  'TYPING_START',
  'PRESENCE_UPDATE',
  'VOICE_STATE_UPDATE',
]);

/** What a guild and its channels bring along that is never asked for, beside other members. */
const unusedInChannel = ['topic', 'last_message_id', 'last_pin_timestamp'] as const;
const unused = [
  'presences',
  'voice_states',
  'emojis',
  'stickers',
  'guild_scheduled_events',
  'soundboard_sounds',
  'stage_instances',
] as const;

type Fields = Record<string, unknown>;
type Packet = { t: string; d: Fields };
type Sockets = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * Stands between the sockets and discord.js, which hears them through this manager's 'dispatch' event only: keeps
 * `unread` packets from it and makes guilds smaller before structures are built from them.
 */
function lighten(sockets: Sockets, owner: () => Client): Sockets {
  const emit = sockets.emit.bind(sockets) as (event: string, ...args: unknown[]) => boolean;
  const emitLess = (event: string, ...args: unknown[]): boolean => {
    if (event !== 'dispatch') return emit(event, ...args);
    const { data, shardId } = args[0] as { data: Packet; shardId: number };
    if (unread.has(data.t)) return owner().emit(Events.Raw, data, shardId);
    if (data.t === 'GUILD_CREATE') trimGuild(data.d, owner().user?.id);
    if (data.t.startsWith('THREAD_')) trimThreads(data.d);
    try {
      return emit(event, ...args);
    } catch (error) {
      // One packet that discord.js cannot take must not end the bot.
      return owner().emit(Events.Error, error as Error);
    }
  };
  sockets.emit = emitLess as typeof sockets.emit;
  return sockets;
}

type Member = { user?: { id: string } };

function trimGuild(guild: Fields, self: string | undefined): void {
  drop(guild, unused);
  for (const list of [guild.channels, guild.threads]) {
    if (Array.isArray(list)) for (const channel of list) drop(channel as Fields, unusedInChannel);
  }
  trimThreads(guild);
  if (Array.isArray(guild.members)) guild.members = guild.members.filter((member: Member) => member.user?.id === self);
}

/** A thread's name, or a list's: in a forum it is the post's title, and so a part of what somebody wrote. */
function trimThreads(thread: Fields): void {
  if ('parent_id' in thread) drop(thread, ['name']);
  if (Array.isArray(thread.threads)) for (const one of thread.threads) drop(one as Fields, ['name']);
}

function drop(from: Fields, keys: readonly string[]): void {
  for (const key of keys) delete from[key];
}
