import { setTimeout as pause } from 'node:timers/promises';
import {
  type Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayReadyDispatchData,
} from 'discord.js';
import type { Content } from '#content/content';
import { judge } from '#detector/judge';
import { type Detector, kinds, type Terms } from '#detector/reading';
import { createClient } from '#discord/client';
import { createDelivery } from '#discord/deliver';
import { isBelow, listen } from '#discord/hear';
import { fetchPost } from '#discord/post';
import { register } from '#discord/register';
import { createSampler } from '#discord/sample';
import { isRefusedIntent, refusedToken, startError } from '#discord/start-error';
import type { Log } from '#log';
import { createConversation } from '#nudge/conversation';
import { createNudge, type Decision, type Note } from '#nudge/nudge';
import { loadNote, noteView } from '#panels/note';
import { placesOf } from '#panels/places';
import { commonWords, createRouter } from '#panels/router';
import type { App } from '#panels/services';
import type { SlashCommand } from '#panels/unit';
import type { Store } from '#store/open';
import { dayOf, MINUTE } from '#store/times';
import { loadFile } from '#words';

export type BotSetup = {
  token: string;
  api: string;
  settleMs: number;
  /** The folder of words. */
  data: string;
  content: Content;
  commands: readonly SlashCommand[];
  detector: Detector;
  store: Store;
  log: Log;
  /** Hears every decision, also "nothing, because …". */
  observe?: (decision: Decision) => void;
  /** Discord has ended the connection for good; says what to do. */
  onEnd?: (why: string) => void;
};

export type Bot = {
  /** Ends everything within about four seconds: replies in the making are dropped, a note under way is let through. */
  stop(): Promise<void>;
};

/** What notes are about. The other four kinds are read but not noted: text alone is easily misread there. */
export const noted: Terms = {
  sensitivity: 'balanced',
  kinds: kinds.filter((kind) => !['pathologising', 'criticising', 'detached', 'taking-over'].includes(kind)),
};

type Ready = { t: GatewayDispatchEvents; d: GatewayReadyDispatchData };

/** The standing of somebody of whom nothing is kept. */
const nobody = { notes: false, pace: 'day', dms: 'open' } as const;

/** Pauses between notes, in ms (see deliver.ts). */
const pacing = { gap: 500, backOff: 10 * MINUTE };

/** Logs in, registers the commands and listens. Resolves when the bot is ready. */
export async function startBot(setup: BotSetup): Promise<Bot> {
  const { token, api, settleMs, data, content, commands, detector, store, log } = setup;
  const now = () => Date.now();
  const common = loadFile(data, 'common.yaml', commonWords);
  const note = loadNote(data);

  let client: Client;
  let readsMessages = true;
  let commandIds: ReadonlyMap<string, string> = new Map();
  let stopping = false;

  const settings = (guild: string) => {
    const { revision, settings } = store.guilds.settings(guild);
    return { revision, ...settings };
  };

  const delivery = createDelivery({ rest: () => client.rest, log, now, ...pacing });

  const app: App = {
    store,
    content,
    common,
    note: note.words,
    log,
    now,
    delivery,
    sendSample: createSampler({ delivery, store, note: note.words, content }),
    readsMessages: () => readsMessages,
    mention: (name) => (commandIds.has(name) ? `</${name}:${commandIds.get(name)}>` : `/${name}`),
    async stopNotes(guild, user) {
      conversation.stopListening(guild, user);
      await store.members.turnOff(guild, user);
    },
  };

  const letter = ({ guild, channel, messages, kind, words }: Note) => {
    const { name = '…', preferredLocale } = client.guilds.cache.get(guild) ?? {};
    const first = messages[0] ?? '';
    const reply = { words, channel, message: first };
    const at = Number(BigInt(first) % 97n);
    return noteView({ guild, guildName: name, kind, reply, at }, note.words(preferredLocale), content, preferredLocale);
  };

  const nudge = createNudge({
    detector,
    judge,
    terms: () => noted,
    now,
    settings,
    async standing(guild, channel, replier) {
      const { mode, channels, revision } = settings(guild);
      const isSupport = isBelow(channel, channels, placesOf(client));
      // While a guild only observes, members' own settings do not matter and are not looked up.
      const member = mode === 'observe' ? nobody : await store.members.of(guild, replier);
      return { mode: isSupport ? mode : 'off', revision, member };
    },
    leavesPostsOut: async (guild, poster) => (await store.members.of(guild, poster)).postsLeftOut,
    post: (ref) => fetchPost(client, ref),
    async send(to, claim) {
      const sent = await app.delivery.send(to.replier, letter(to), claim);
      if (sent === 'closed') await store.members.dmsClosed(to.guild, to.replier);
      return sent;
    },
    claim: (asked) => store.claim(asked),
    count: (guild, kind, what) => store.counts.add(guild, dayOf(now()), kind, what),
    observe: (decision) => setup.observe?.(decision),
    onFault: (stage, error) => log.error({ err: error, stage }, 'a reply was left alone because something failed'),
  });

  const conversation = createConversation({
    settleMs,
    now,
    listensTo: ({ guild, author }) => {
      const { mode } = settings(guild);
      return mode === 'observe' || (mode === 'on' && store.members.hasNotes(guild, author));
    },
    onReply: (reply) => nudge.reply(reply),
    onLeft: (left) => nudge.left(left),
  });

  const route = createRouter(commands, [note.owner], app);

  const wire = (client: Client) => {
    client.on(Events.InteractionCreate, (interaction) => void route(interaction));
    client.on(Events.GuildCreate, ({ id }) => void quietly(store.guilds.back(id)));
    client.on(Events.GuildDelete, ({ id }) => {
      conversation.forgetGuild(id);
      void quietly(store.guilds.left(id, now()));
    });
    client.on(Events.Error, (err) => log.error({ err }, 'discord.js reports an error'));
    client.on(Events.ShardReconnecting, (shard) => {
      if (!stopping) log.info({ shard }, 'the connection to Discord ended; it is opened again');
    });
    client.on(Events.ShardError, (err) => log.warn({ err }, 'the connection to Discord failed'));
    client.on('raw' as never, ({ t, d }: Ready, shard: number) => {
      if (t === GatewayDispatchEvents.Ready && client.isReady()) reconcile(client, d, shard);
    });
    const chosen = (guild: string) => {
      const { mode, channels } = settings(guild);
      return mode === 'off' ? [] : channels;
    };
    listen(client, chosen, {
      said: (message) => conversation.heard(message),
      edited: (message) => conversation.edited(message),
      deleted: (channel, ids) => conversation.deleted(channel, ids),
      channelDeleted: (channel) => conversation.channelDeleted(channel),
      failed: (err) => log.error({ err }, 'a message was not heard because something failed'),
    });
  };

  /** A session began anew: it tells which servers are there, but not which came and went while nobody listened. */
  const reconcile = ({ guilds: { cache } }: Client, ready: Ready['d'], shard: number) => {
    const here = new Set(ready.guilds.map(({ id }) => id));
    for (const { id, shardId } of [...cache.values()]) {
      if (shardId !== shard) here.add(id);
      else if (!here.has(id)) {
        cache.delete(id);
        conversation.forgetGuild(id);
      }
    }
    void quietly(store.guilds.reconcile(here, now()));
  };

  const quietly = (work: Promise<unknown>) =>
    work.catch((err: unknown) => log.error({ err }, 'the database did not take a change'));

  const connect = async (messageContent: boolean): Promise<void> => {
    readsMessages = messageContent;
    client = createClient({ api, messageContent });
    wire(client);
    const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
    try {
      await client.login(token);
    } catch (error) {
      await client.destroy();
      if (!messageContent || !isRefusedIntent(error)) throw startError(error, api);
      log.warn('Message Content Intent is not granted: everything works but notes. See the README, "Invite it".');
      return connect(false);
    }
    // Every shard says so; once is enough, and a client that was given up says nothing more.
    client.once(Events.ShardDisconnect, ({ code }) => void ended(code));
    const { guilds } = await ready;
    await store.guilds.reconcile(new Set(guilds.cache.keys()), now());
    // Old commands and notes work without it, so a start does not hang on it.
    await Promise.race([registerCommands(client as Client<true>), pause(10_000, undefined, { ref: false })]);
    log.info({ servers: guilds.cache.size }, 'Attune is ready');
  };

  /** Uploads the commands if need be; when Discord does not take them, tries again later. */
  const registerCommands = async (on: Client<true>): Promise<void> => {
    try {
      const { ids, uploaded } = await register(
        on,
        commands.map(({ body }) => body),
      );
      commandIds = ids;
      log.info({ commands: ids.size, uploaded }, 'the commands are known to Discord');
    } catch (err) {
      log.error({ err }, 'Discord did not take the commands; they are uploaded again in ten minutes');
      setTimeout(() => {
        if (!stopping && on === client) void registerCommands(on);
      }, 10 * MINUTE).unref();
    }
  };

  /** Discord has closed a shard for good. */
  const ended = async (code: number) => {
    if (stopping) return;
    if (code === GatewayCloseCodes.DisallowedIntents && readsMessages) {
      await client.destroy();
      log.warn('Message Content Intent was taken away: everything works but notes.');
      await connect(false).catch((error: unknown) => setup.onEnd?.(startError(error, api).message));
      return;
    }
    setup.onEnd?.(
      code === GatewayCloseCodes.AuthenticationFailed
        ? refusedToken
        : `Discord closed the connection for good (close code ${code}).`,
    );
  };

  let sweeper: NodeJS.Timeout | undefined;
  /** Not before it is known which servers are there: what belongs to one that was left long ago is deleted. */
  const beginSweeping = () => {
    const sweep = () => void quietly(store.sweep(now()));
    sweep();
    sweeper = setInterval(sweep, MINUTE).unref();
  };

  const stop = async () => {
    stopping = true;
    clearInterval(sweeper);
    nudge.close();
    conversation.close();
    const patience = 2_500;
    await Promise.all([
      app.delivery.stop(patience),
      Promise.race([nudge.idle(), pause(patience, undefined, { ref: false })]),
    ]);
    // Discord is told goodbye; on a dead connection its answer would be waited for much longer.
    await Promise.race([client.destroy(), pause(1_000, undefined, { ref: false })]);
  };

  try {
    await connect(true);
    beginSweeping();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
