import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Actor,
  type Answer,
  openTown as openBareTown,
  type Town,
  type TownOptions,
  type WorldEvent,
} from '@attune/town';
import { pino } from 'pino';
import { expect } from 'vitest';
import { loadContent } from '#content/content';
import { openDetector } from '#detector/open';
import { type Bot, startBot } from '#discord/bot';
import { shardOf } from '#discord/servers';
import { createLog, errorFields } from '#log';
import type { Decision } from '#nudge/nudge';
import type { Unit } from '#panels/unit';
import { loadUnits } from '#panels/units';
import { openReflection } from '#reflection/reflect';
import type { Mode } from '#settings/support';
import type { Store } from '#store/open';
import { openPlace } from '#store/place';
import { ask, cluster } from './postgres.ts';
import { shippedData } from './sentences.ts';

export { shippedData };

/** End-to-end tests: the real bot in the town, set up by hand as a moderator and members would. */

const parts = new Map<string, ReturnType<typeof readParts>>();
const readParts = async (data: string) => ({
  version: '1.2.3',
  content: loadContent(data),
  reflectOn: openReflection(data),
  units: await loadUnits(fileURLToPath(new URL('../commands', import.meta.url)), data),
  detector: await openDetector(data),
});

/**
 * `TEST_ON=postgres`: what is one bot on a file elsewhere is two on PostgreSQL, which know of each other by it alone.
 * The first has the direct messages, the second the guild.
 */
export const onPostgres = process.env.TEST_ON === 'postgres';
/** How many processes the bot is. */
export const processes = onPostgres ? 2 : 1;

/** What a bot is made of with these words; read once. */
export function partsWith(data: string) {
  const loading = parts.get(data) ?? readParts(data);
  parts.set(data, loading);
  return loading;
}

export type Setup = TownOptions & {
  /** Support channels, chosen by Mo with /setup. */
  support?: string | readonly string[];
  mode?: Mode;
  /** Who turns notes on with /nudges. */
  nudged?: readonly string[];
  settleMs?: number;
  /** The bot's time is the town's, which can be advanced; else it is real time. */
  sharesClock?: boolean;
  /** How far the bot's clock is ahead of it, in ms. */
  botAhead?: number;
  /** Changes the town before the bot logs in. */
  before?: (town: Town) => void;
  logLevel?: string;
  /** Hears what the bot logs, from `warn` on; nothing is printed then. */
  onLog?: (line: { level: string; msg: string }) => void;
  /** Another folder of words. */
  data?: string;
  /** Units besides those that ship. */
  units?: readonly Unit[];
};

export type AttuneTown = Awaited<ReturnType<typeof openTown>>;

const heardBy = (onLog: NonNullable<Setup['onLog']>) => ({ write: (line: string) => onLog(JSON.parse(line)) });

let recorded = 0;

export async function openTown(setup: Setup = {}) {
  const {
    support,
    mode = 'on',
    nudged = [],
    settleMs = 30,
    sharesClock = false,
    botAhead = 0,
    before,
    logLevel = 'silent',
    onLog,
    data = shippedData,
    units = [],
    ...options
  } = setup;
  const record = process.env.TOWN_RECORD;
  const file = record && join(record, `${process.pid}-${recorded++}.jsonl`);
  const town = await openBareTown({
    ...(onPostgres && { shards: 2, maxConcurrency: 2 }),
    ...options,
    onExchange: (exchange) => {
      options.onExchange?.(exchange);
      if (file) appendFileSync(file, `${JSON.stringify(exchange)}\n`);
    },
  });
  const said = new Map<string, WorldEvent>();
  town.on((event) => {
    if (event.t === 'MESSAGE_CREATE') said.set((event.d as { id: string }).id, event);
  });
  before?.(town);
  const folder = mkdtempSync(join(tmpdir(), 'attune-test-'));
  const database = join(folder, 'attune.db');
  const decisions: Decision[] = [];
  const waiting = new Set<() => void>();
  const ends: string[] = [];
  const url = onPostgres ? await (await cluster()).make() : undefined;
  /** The one whose store tests look at is the last: the guild's. */
  let running: Awaited<ReturnType<typeof startOne>>[] = [];
  const ofGuild = () => {
    const last = running.at(-1);
    if (!last) throw new Error('the bot does not run');
    return last;
  };

  const start = async () => {
    running = [];
    for (const shard of url === undefined ? [undefined] : [0, 1]) running.push(await startOne(shard));
  };
  const startOne = async (shard?: number) => {
    const loaded = await partsWith(data);
    const shards = shard === undefined ? undefined : { shards: [shard], total: 2 };
    const place = await openPlace({
      ...{ path: database, url, seat: shards, memberKey: url && 'a key that is only used in tests' },
      onChoice: (guild) => chose?.(guild),
      onTaken: ({ message }) => ends.push(message),
    });
    const { store, waitToLogin } = place;
    let bot: Bot | undefined;
    let chose: ((guild: string) => void) | undefined;
    const starting = startBot({
      ...loaded,
      ...(shards && { shards }),
      ...(waitToLogin && { waitToLogin }),
      units: [...loaded.units, ...units],
      token: town.token,
      api: town.api,
      settleMs,
      ...((sharesClock || botAhead > 0) && { now: () => (sharesClock ? town.clock.now() : Date.now()) + botAhead }),
      data,
      store,
      log: onLog
        ? pino(
            { level: 'warn', formatters: { level: (level) => ({ level }) }, serializers: { err: errorFields } },
            heardBy(onLog),
          )
        : createLog(logLevel),
      hearChoices: (heard) => {
        chose = heard;
      },
      observe(decision) {
        decisions.push(decision);
        for (const look of [...waiting]) look();
      },
      onEnd: (why) => ends.push(why),
    });
    try {
      bot = await starting;
    } catch (error) {
      await place.close();
      throw error;
    }
    const isOurs = (guild: string) => shard === undefined || shardOf(guild, processes) === shard;
    return { store, bot, isOurs, close: place.close };
  };
  const stop = async () => {
    for (const { bot } of running) await bot.stop();
    for (const { close } of running) await close();
    // As if it took five seconds until the next start: then nobody waits at Discord's door.
    if (url !== undefined) await ask(url, 'delete from logins');
  };

  const person = (name: string) => town.person(name);
  const [ana, ben, cleo, mo] = ['ana', 'ben', 'cleo', 'mo'].map(person) as [Actor, Actor, Actor, Actor];

  const optIn = async (name: string) => {
    await person(name).presses(await person(name).runs('/nudges'), 'nudges:on');
    await person(name).nextDm();
  };
  const setUp = async (channels: readonly string[], to: Mode) => {
    let panel = await mo.runs('/setup');
    if (channels.length > 0) panel = await mo.selects(panel, 'setup:channels', channels);
    if (to !== 'off') await mo.presses(panel, `setup:mode:${to}`);
  };

  const end = async () => {
    await stop();
    await town.close();
    rmSync(folder, { recursive: true, force: true });
    if (url !== undefined) await (await cluster()).giveBack(url);
  };

  try {
    await start();
    if (support !== undefined) await setUp([support].flat(), mode);
    for (const name of nudged) await optIn(name);
  } catch (error) {
    await end();
    throw error;
  }
  const before0 = new Map([...town.world.people.keys()].map((id) => [id, fromBot(id).length]));

  /** Every direct message that the bot sent to this person by itself: answers to their own presses are none. */
  function fromBot(id: string) {
    if (id === town.bot.id) return [];
    return personById(id).dms.filter((dm) => dm.author.id === town.bot.id && dm.interaction_metadata === undefined);
  }
  function personById(id: string): Actor {
    const name = town.world.people.get(id)?.user.username ?? '';
    return town.person(name);
  }

  return {
    town,
    folder,
    database,
    ana,
    ben,
    cleo,
    mo,
    decisions,
    ends,
    optIn,
    setUp,
    get store(): Store {
      // Which of them sweeps for all is their own matter.
      const sweep = async (now: number) => {
        for (const { store, isOurs } of running) await store.sweep(now, isOurs);
      };
      return new Proxy(ofGuild().store, {
        get: (store, verb) => (verb === 'sweep' ? sweep : Reflect.get(store, verb)),
      });
    },
    /** What was decided on a message; waits for it. `nudge` is the kind of the note that was sent. */
    decisionOn(message: { id: string }, within = 8_000): Promise<Decision & { nudge?: string }> {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no decision was made on that message within ${within} ms`));
        }, within);
        const look = () => {
          const found = decisions.find(
            ({ messages, reason }) => messages.includes(message.id) && reason !== 'already heard',
          );
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          const nudge = found.outcome === 'nudged' ? found.kind : undefined;
          resolve({ ...found, ...(nudge && { nudge }) });
        };
        waiting.add(look);
        look();
      });
    },
    /** Who got a direct message from the bot since the town was set up, a name for each. */
    contacted: (): string[] =>
      [...town.world.people.keys()].flatMap((id) =>
        Array.from({ length: fromBot(id).length - (before0.get(id) ?? 0) }, () =>
          personById(id).user.username.toLowerCase(),
        ),
      ),
    /** The event of a message that was said comes once more, as it does now and then. */
    repeats(message: { id: string }): void {
      const event = said.get(message.id);
      if (!event) throw new Error('nobody has said that');
      town.world.emit(event);
    },
    /** Stops the bot and starts it again on the same database. */
    async restart() {
      await stop();
      await start();
    },
    stopBot: stop,
    startBot: start,
    [Symbol.asyncDispose]: end,
  };
}

/** Every upload of commands from now on. */
export function uploads({ town }: Pick<AttuneTown, 'town'>): unknown[] {
  const seen: unknown[] = [];
  town.onExchange(({ method, path, request }) => {
    if (path.includes('/commands') && method !== 'GET') seen.push(request);
  });
  return seen;
}

/** All that a message or answer shows, as one text; buttons as their labels. */
export function shown(message: Answer | object | undefined): string {
  const lines: string[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) for (const one of part) walk(one);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return;
    for (const [key, value] of Object.entries(part)) {
      if (
        typeof value === 'string' &&
        ['content', 'label', 'placeholder', 'failed', 'description', 'title'].includes(key)
      )
        lines.push(value);
      else if (['components', 'component', 'accessory', 'options', 'modal', 'embeds'].includes(key)) walk(value);
    }
  };
  walk(message);
  return lines.join('\n').replace(/\\([*_~`|>\\])/g, '$1');
}

expect.extend({
  /** A person reads this text in the message. */
  toShow(message: object, wanted: string | RegExp) {
    const text = shown(message);
    const pass = typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
    return { pass, message: () => `expected the message ${pass ? 'not ' : ''}to show ${wanted}\n\n${text}` };
  },
});

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    toShow(wanted: string | RegExp): R;
  }
}
