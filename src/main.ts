import './node-version.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError, settingsIn } from '#config';
import { loadContent } from '#content/content';
import { type DetectorOptions, openDetector } from '#detector/open';
import { type Bot, startBot } from '#discord/bot';
import { createLog, type Log } from '#log';
import { Mendable } from '#mendable';
import { loadUnits } from '#panels/units';
import { openReflection } from '#reflection/reflect';
import type { Store } from '#store/open';
import { openPlace } from '#store/place';
import type { Warning } from '#store/warnings';

/** The story of one run: settings, words, store, detector, commands, login; and back. */

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where `.env` and the database are: beside package.json, or in the folder that was named as an argument. */
const home = process.argv[2] ?? root;

const data = `${root}data`;

/** Everything that is read from files at a start. */
export const load = async (onFault?: DetectorOptions['onFault']) => ({
  version: (JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string }).version,
  detector: await openDetector(data, 'en', { ...(onFault && { onFault }) }),
  content: loadContent(data),
  reflectOn: openReflection(data),
  units: await loadUnits(`${root}commands`, data),
});
type Loaded = Awaited<ReturnType<typeof load>>;

async function main(): Promise<void> {
  const config = settingsIn(home);
  const log = createLog(config.logLevel);

  // Errors of libraries can carry what people wrote: nothing but name, code and route is printed, here too.
  const crash = (err: unknown) => {
    log.fatal({ err }, 'Attune stopped because of a fault');
    process.exit(1);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);

  const loaded = await load((err) =>
    log.warn({ err }, 'the encoder cannot run here: replies are read by the signs alone'),
  );
  const town = await openTown(config, loaded);
  try {
    await run(config, log, loaded, town);
  } catch (error) {
    await town?.close();
    throw error;
  }
}

/** The town stands in for Discord when there is no token, and is not even loaded when there is one. */
const openTown = async (config: Config, { detector }: Loaded) =>
  config.token === undefined ? (await loadTown(config)).openDemo(config, data, detector) : undefined;

/** @throws ConfigError where it was left out of the installation, as hosts do: then a token was meant to be there */
const loadTown = ({ hint }: Config) =>
  import('./trying/demo.ts').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const where = hint ? `There is ${hint.found}, but what is read is ${hint.wanted}.` : 'Copy .env.example to .env.';
    throw new ConfigError(
      `There is no DISCORD_TOKEN. ${where} The token stands behind DISCORD_TOKEN= in it.\n` +
        'To try Attune without one, run npm ci first: this installation has only what a bot needs.',
    );
  });

/** What watches over the bot is loaded only where somebody asked for it. */
async function openPort(port: number, { detector }: Loaded, { isSilent }: Store, bot: () => Bot | undefined) {
  const [{ createMeter }, { openHealth }] = await Promise.all([import('#health/meter'), import('#health/door')]);
  const meter = createMeter({ servers: () => bot()?.servers() ?? 0, readsBy: detector.by, isSilent });
  return { meter, door: await openHealth(port, { isReady: () => bot()?.isReady() ?? false, meter }) };
}

const unusable = 'the database holds something that cannot be used';
const warned: Record<Warning['warning'], string> = {
  'unreadable settings': unusable,
  'unreadable settings replaced': unusable,
  'another key':
    'The member key is not the one that the database was last used with: nobody gets a note. Put that one back, after ' +
    'rotate-key the new one (README, "The key"); ' +
    'if it is lost, stop Attune and run: npm run new-key',
  'begun anew':
    'There was no database, but the key of one: a new, empty one was made. If yours was moved or lost, stop Attune and ' +
    'put it back, or a backup: npm run restore',
  'new key not in use':
    'A new key was made, and MEMBER_KEY is still the one before. Put what is in that file behind MEMBER_KEY=, for every ' +
    'process, start again, and delete the file',
  'database away': 'the database is away: commands are answered, and nobody gets a note',
  'database still away': 'the database cannot be had again yet; Attune goes on trying',
  'database back': 'the database is there again',
};

/** Starts the bot; resolves when it runs. SIGTERM and SIGINT end the process from then on. */
async function run(
  config: Config,
  log: Log,
  loaded: Loaded,
  town: Awaited<ReturnType<typeof openTown>>,
): Promise<void> {
  const path = config.database ?? town?.database ?? join(home, 'attune.db');
  let bot: Bot | undefined;
  let chose: ((guild: string) => void) | undefined;
  const place = await openPlace({
    ...{ path, url: config.databaseUrl, memberKey: config.memberKey, seat: config.shards },
    onWarning: (warning) => log.warn(warning, warned[warning.warning]),
    onChoice: (guild) => chose?.(guild),
    onTaken: ({ message }) => {
      log.fatal(message);
      end(1);
    },
  });
  const health =
    config.healthPort === undefined ? undefined : await openPort(config.healthPort, loaded, place.store, () => bot);
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      // Whatever hangs: a clean end within five seconds.
      setTimeout(() => process.exit(code), 4_500).unref();
      await bot?.stop();
      await health?.door.close();
      await loaded.detector.close();
      await place.close();
      await town?.close();
      process.exit(code);
    })();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // The early ones of start.js go only now: a signal that waits to be heard is lost when nobody listens in between.
    const early = process.listeners(signal);
    process.on(signal, () => end(0));
    for (const listener of early) process.off(signal, listener);
  }

  const starting = startBot({
    token: config.token ?? town?.token ?? '',
    api: town?.api ?? config.api,
    settleMs: config.settleMs ?? town?.settleMs ?? 15_000,
    data,
    ...loaded,
    store: place.store,
    ...(place.waitToLogin && { waitToLogin: place.waitToLogin }),
    ...(config.shards && { shards: config.shards }),
    log,
    hearChoices: (heard) => {
      chose = heard;
    },
    observe: (decision) => {
      town?.observe(decision);
      health?.meter.decided(decision);
    },
    ...(health && { onAnswered: health.meter.answered, onRestAnswer: health.meter.asked }),
    onEnd: (why) => {
      log.fatal(why);
      end(1);
    },
  });
  try {
    bot = await starting;
    await town?.play();
  } catch (error) {
    // What fails because everything is being closed is no fault.
    if (ending === undefined) throw error;
  }
}

/** Runs Attune; what stops its start is told, and ends the process. */
export const start = (): Promise<void> =>
  main().catch((error: unknown) => {
    if (error instanceof Mendable) process.stderr.write(`${error.message}\n`);
    else createLog('fatal').fatal({ err: error }, 'Attune could not start');
    process.exit(1);
  });

if (import.meta.main) await start();
