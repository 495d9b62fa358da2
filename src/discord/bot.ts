import { setTimeout as pause } from 'node:timers/promises';
import { type Client, Events, Status } from 'discord.js';
import type { Content } from '#content/content';
import type { Detector } from '#detector/reading';
import type { ClientSetup } from '#discord/client';
import { createClockCheck } from '#discord/clock';
import { createConnection } from '#discord/connection';
import { createDelivery } from '#discord/deliver';
import { createGreeting, greetingWords } from '#discord/greet';
import { countInvalidRequests } from '#discord/invalid';
import { createNudging } from '#discord/nudging';
import { createRegistry } from '#discord/register';
import { createSampler } from '#discord/sample';
import { createInStep, followServers, serverLookup, shardOf } from '#discord/servers';
import { createThanking } from '#discord/thanking';
import { replyReader } from '#feedback/read';
import type { Log } from '#log';
import { choicesIn } from '#nudge/in-use';
import type { Decision } from '#nudge/nudge';
import { tryOutWith } from '#nudge/trial';
import { dangerHearing } from '#panels/danger';
import { loadLetters } from '#panels/letters';
import { loadNote } from '#panels/note-buttons';
import { type Answered, commonWords, createRouter } from '#panels/router';
import type { Services } from '#panels/services';
import { createSharing, sharingWords } from '#panels/share';
import type { Unit } from '#panels/unit';
import type { ReflectOn } from '#reflection/reflect';
import type { Store } from '#store/open';
import { MINUTE } from '#store/times';
import { loadFile } from '#words';

export type BotSetup = {
  token: string;
  api: string;
  settleMs: number;
  /** The folder of words. */
  data: string;
  content: Content;
  units: readonly Unit[];
  /** Which Attune this is; told in /help and in the log. */
  version: string;
  detector: Detector;
  reflectOn: ReflectOn;
  store: Store;
  /** Which shards of how many run here, and the turn that they wait for with those of other processes. Absent: all. */
  shards?: ClientSetup['shards'];
  waitToLogin?: ClientSetup['waitToLogin'];
  log: Log;
  /** Milliseconds since 1970; the clock of this computer unless told. */
  now?: () => number;
  /** Hears every decision, also "nothing, because …". */
  observe?: (decision: Decision) => void;
  /** Hears how each interaction went, and the status of every answer of the REST API. */
  onAnswered?: (answered: Answered) => void;
  onRestAnswer?: (status: number) => void;
  /**
   * Is told, before anything is heard, whom to tell that somebody chose something in a server, in another process: the
   * first notes go while commands are still uploaded.
   */
  hearChoices?: (chose: (guild: string) => void) => void;
  /** Discord has ended the connection for good; says what to do. */
  onEnd?: (why: string) => void;
};

export type Bot = {
  servers(): number;
  /** Are messages and commands heard on every shard? */
  isReady(): boolean;
  /** Ends everything within about four seconds: replies in the making are dropped, a note under way is let through. */
  stop(): Promise<void>;
};

/** Pauses between notes, and the longest that one may take, in ms (see deliver.ts). */
const pacing = { gap: 500, backOff: 10 * MINUTE, deadline: 5_000 };
/** A note under way when the bot stops has this long, in ms. */
const patience = 2_500;

/** Logs in, registers the units and listens. Resolves when the bot is ready. */
export async function startBot(setup: BotSetup): Promise<Bot> {
  const { token, api, settleMs, data, content, units, detector, reflectOn, store, log, now = Date.now } = setup;
  const note = loadNote(data);
  const letters = loadLetters(data);
  let stopping = false;

  const wire = (client: Client) => {
    client.on(Events.InteractionCreate, (interaction) => void route(interaction));
    const missed = (id: string) => nudging.missed((guild) => guild === id);
    const forgotten = nudging.forgetGuild;
    const write = (work: Promise<unknown>) => quietly(inStep.write(work));
    followServers(client, { guilds: store.guilds, isOurs, now, forgotten, missed, quietly: write });
    nudging.listen(client);
    greeting.listen(client);
  };
  const invalid = countInvalidRequests(now, log);
  const clock = createClockCheck(now, log);
  const { shards } = setup;
  /** Does a server belong to a shard that runs here? Direct messages belong to the first. */
  const isOurs = (guild: string) => shards === undefined || shards.shards.includes(shardOf(guild, shards.total));
  const isFirst = shards === undefined || shards.shards.includes(0);
  const isOn = (shard: number) => (guild: string) => client().guilds.cache.get(guild)?.shardId === shard;
  const connection = createConnection({
    ...{ token, api, log, wire },
    ...(shards && { shards }),
    ...(setup.waitToLogin && { waitToLogin: setup.waitToLogin }),
    onAnswer: (status, date, scope) => {
      clock.heard(date);
      invalid.answered(status, scope);
      setup.onRestAnswer?.(status);
    },
    onMissed: (shard) => nudging.missed(isOn(shard)),
    onEnd: (why) => setup.onEnd?.(why),
  });
  const { client } = connection;
  const delivery = createDelivery({ rest: () => client().rest, mayAsk: invalid.mayAsk, log, now, ...pacing });
  const observe = (decision: Decision) => setup.observe?.(decision);
  const nudging = createNudging({
    ...{ client, store, detector, delivery, content, words: note.words, settleMs, now, log, observe },
    letters: letters.words,
    mayAsk: invalid.mayAsk,
  });
  setup.hearChoices?.(nudging.chose);
  const registry = createRegistry(
    units.map(({ body }) => body),
    { isWanted: (on) => !stopping && on === client(), mayUpload: isFirst },
    log,
  );
  const greeting = createGreeting({
    ...{
      delivery,
      guilds: store.guilds,
      words: loadFile(data, 'greeting.yaml', greetingWords),
      mention: registry.mention,
    },
    ...{ mayAsk: invalid.mayAsk, now, log },
  });
  const { guilds, counts, days, needs, ownPrompts } = store;
  /** Whoever chooses less means what is on its way as well. */
  const chosen =
    <Choice extends unknown[], T>(verb: (guild: string, ...choice: Choice) => Promise<T>) =>
    (guild: string, ...choice: Choice) =>
      verb(guild, ...choice).finally(() => nudging.chose(guild));
  const { snooze, leavePostsOut, turnKindsOff, tellLanded } = store.members;
  const members: Store['members'] = {
    ...store.members,
    ...{ snooze: chosen(snooze), leavePostsOut: chosen(leavePostsOut) },
    ...{ turnKindsOff: chosen(turnKindsOff), tellLanded: chosen(tellLanded) },
  };
  const hearDanger = dangerHearing(content.search, detector);
  const services: Services = {
    content,
    guilds,
    members,
    needs,
    counts,
    days,
    ownPrompts,
    now,
    read: replyReader(detector),
    tryOut: tryOutWith(detector),
    reflectOn,
    hearDanger,
    sharing: createSharing(loadFile(data, 'share.yaml', sharingWords), now),
    readsMessages: connection.readsMessages,
    readsBy: detector.by,
    minutesAhead: clock.minutesAhead,
    mention: registry.mention,
    server: serverLookup(client, shards !== undefined),
    untaken: registry.trouble,
    sendSample: createSampler({ delivery, members, words: note.words, content, now }),
    spoke: nudging.spoke,
    thank: createThanking({
      ...{ client, store, nudging, detector, hearDanger, delivery, words: letters.words, now, log },
    }),
    choices: (guild) => choicesIn(guilds.settings(guild).settings),
    stopNotes: nudging.stopNotes,
    deleteServer: nudging.deleteServer,
    person: { ...store.person, forget: nudging.forget },
    commands: units,
    version: setup.version,
  };
  const route = createRouter(units, [note.owner, letters.owner], {
    services,
    common: loadFile(data, 'common.yaml', commonWords),
    log,
    onAnswered: (answered) => setup.onAnswered?.(answered),
  });

  const quietly = (work: Promise<unknown>) =>
    work.catch((err: unknown) => log.error({ err }, 'the database did not take a change'));

  const reconcile = (on: Client) => guilds.reconcile(new Set(on.guilds.cache.keys()), now(), isOurs);
  const inStep = createInStep(async () => {
    // Until then not all of them are known.
    if (!client().isReady()) throw new Error('Discord has not told yet which servers there are');
    await reconcile(client());
  });
  let sweeper: NodeJS.Timeout | undefined;
  /** Not before it is known which servers are there: what belongs to one that was left long ago is deleted. */
  const beginSweeping = () => {
    // What belongs to servers that were left long ago goes: first it has to be known which they are.
    const sweep = () => void quietly(inStep.catchUp().then(() => store.sweep(now(), isOurs)));
    sweep();
    sweeper = setInterval(sweep, MINUTE).unref();
  };

  const stop = async () => {
    stopping = true;
    clearInterval(sweeper);
    await Promise.all([
      Promise.race([nudging.close(), pause(patience, undefined, { ref: false })]),
      delivery.stop(patience),
    ]);
    await connection.close();
  };

  try {
    const ready = await connection.open();
    await reconcile(ready);
    // Old commands and notes work without it, so a start does not hang on it.
    await Promise.race([registry.upload(ready), pause(10_000, undefined, { ref: false })]);
    log.info(
      { version: setup.version, servers: ready.guilds.cache.size, detector: detector.version },
      'Attune is ready',
    );
    beginSweeping();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    servers: () => client().guilds.cache.size,
    isReady: () => !stopping && client().isReady() && client().ws.shards.every(({ status }) => status === Status.Ready),
  };
}
