import { setTimeout as pause } from 'node:timers/promises';
import {
  type APIApplication,
  ApplicationFlags,
  type Client,
  Events,
  GatewayCloseCodes,
  REST,
  Routes,
} from 'discord.js';
import { type ClientSetup, createClient } from '#discord/client';
import { inTime } from '#discord/in-time';
import { isRefusedIntent, noGateway, refusedToken, startError } from '#discord/start-error';
import type { Log } from '#log';

/** The connection to Discord, made anew without the Message Content intent when that is not granted. */
export type Connection = {
  /** The client in use. */
  client(): Client;
  /** Is the Message Content intent granted? */
  readsMessages(): boolean;
  /** Logs in; resolves with the client when it is ready. @throws StartError, or what made it fail. */
  open(): Promise<Client<true>>;
  close(): Promise<void>;
};

/** A start in which nothing is heard of Discord for so long has failed, in ms. */
const usualPatience = 90_000;

export function createConnection(options: {
  token: string;
  api: string;
  shards?: ClientSetup['shards'];
  waitToLogin?: ClientSetup['waitToLogin'];
  log: Log;
  /** Told of every client before it logs in. */
  wire: (client: Client) => void;
  /** Hears the status of every answer of the REST API, when Discord gave it, and the scope of a limit. */
  onAnswer: (status: number, date: string | null, scope: string | null) => void;
  /** Nothing was heard for a moment on this shard. */
  onMissed: (shard: number) => void;
  /** Discord has ended it for good; says what to do. */
  onEnd: (why: string) => void;
  /** For how long a start goes on while nothing is heard of Discord, in ms. */
  patience?: number;
}): Connection {
  const { token, api, shards, waitToLogin, log, wire, onAnswer, onMissed, onEnd, patience = usualPatience } = options;
  let client: Client | undefined;
  let readsMessages = true;
  let closing = false;
  let refused = false;

  const connect = async (messageContent: boolean): Promise<Client<true>> => {
    readsMessages = messageContent;
    const silence = createSilence(patience);
    const own = createClient({
      ...{ api, messageContent, ...(shards && { shards }), ...(waitToLogin && { waitToLogin }) },
      onLimit: ({ again, ...limit }) => {
        silence.heard(limit.wait);
        const what = again ? 'it is asked again later' : 'given up';
        log.warn(limit, `Discord says "too many": ${what}`);
      },
    });
    client = own;
    own.on(Events.Error, (err) => log.error({ err }, 'discord.js reports an error'));
    own.on(Events.ShardReconnecting, (shard) => {
      if (!closing) log.info({ shard }, 'the connection to Discord ended; it is opened again');
      onMissed(shard);
    });
    own.on(Events.ShardDisconnect, (_, shard) => onMissed(shard));
    let loggedIn = false;
    own.rest.on('response', ({ data }, { status, headers }) => {
      onAnswer(status, headers.get('date'), headers.get('x-ratelimit-scope'));
      silence.heard();
      // discord.js forgets the token after one of these, and would never send anything again. A login says so itself,
      // and what belongs to an interaction goes without the token.
      if (status !== 401 || !data.auth || !loggedIn || closing || refused) return;
      refused = true;
      onEnd(refusedToken);
    });
    own.on(Events.ShardError, (err) => log.warn({ err }, 'the connection to Discord failed'));
    wire(own);
    own.on(Events.ShardReady, () => silence.heard());
    const ready = new Promise<Client<true>>((resolve) => own.once(Events.ClientReady, resolve));
    try {
      await Promise.race([own.login(token), silence.tooLong]);
      loggedIn = true;
      // Every shard says so; once is enough, and a client that was given up says nothing more.
      own.once(Events.ShardDisconnect, ({ code }) => void ended(code));
      return await Promise.race([ready, silence.tooLong]);
    } catch (error) {
      await leave(own);
      if (!messageContent || !isRefusedIntent(error)) throw startError(error, api);
      return withoutText();
    } finally {
      silence.over();
    }
  };

  const withoutText = () => {
    log.warn('Message Content Intent is not granted: everything works but notes. See the README, "Invite it".');
    return connect(false);
  };

  /** Discord has closed a shard for good. */
  const ended = async (code: number) => {
    if (closing) return;
    if (code === GatewayCloseCodes.DisallowedIntents && readsMessages) {
      await client?.destroy();
      log.warn('Message Content Intent was taken away: everything works but notes.');
      await connect(false).catch((error: unknown) => onEnd(startError(error, api).message));
      return;
    }
    onEnd(
      code === GatewayCloseCodes.AuthenticationFailed
        ? refusedToken
        : `Discord closed the connection for good (close code ${code}).`,
    );
  };

  return {
    client() {
      if (!client) throw new TypeError('there is no connection yet');
      return client;
    },
    readsMessages: () => readsMessages,
    // Asked beforehand, so that nobody has to be refused (close code 4014).
    open: async () => ((await mayReadMessages(token, api)) ? connect(true) : withoutText()),
    async close() {
      closing = true;
      if (client) await leave(client);
    },
  };
}

/** Long enough for an answer; a start does not hang on it, in ms. */
const flagsPatience = 3_000;
const reading = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;

/** Do the application's flags grant the text of messages? When Discord does not say, the gateway will. */
async function mayReadMessages(token: string, api: string): Promise<boolean> {
  const rest = new REST({ api, timeout: flagsPatience, retries: 0 }).setToken(token);
  try {
    const asked = inTime(flagsPatience, (signal) => rest.get(Routes.currentApplication(), { signal }));
    const { flags } = (await asked) as APIApplication;
    return flags === undefined || (flags & reading) !== 0;
  } catch {
    return true;
  } finally {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
}

/** Discord is told goodbye; on a dead connection its answer would be waited for much longer. */
const leave = (client: Client) => Promise.race([client.destroy(), pause(1_000, undefined, { ref: false })]);

/** Rejects when nothing was heard for too long, until it is over. */
function createSilence(patience: number) {
  const { promise: tooLong, reject } = Promise.withResolvers<never>();
  tooLong.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const heard = (more = 0) => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(() => reject(noGateway()), patience + more);
  };
  heard();
  return {
    tooLong,
    heard,
    over() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
