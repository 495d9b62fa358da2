import './node-version.js';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError, settingsIn } from '#config';
import { loadContent } from '#content/content';
import { loadSigns } from '#detector/open';
import type { Detector } from '#detector/reading';
import { createDetector } from '#detector/rules/read';
import { SignsError } from '#detector/rules/signs';
import { type Bot, startBot } from '#discord/bot';
import { StartError } from '#discord/start-error';
import { createLog, type Log } from '#log';
import { loadCommands } from '#panels/units';
import { StoreError } from '#store/faults';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import { WordsError } from '#words';

/** The story of one run: settings, words, store, detector, commands, login; and back. */

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where `.env` and the database are: beside package.json, or in the folder that was named as an argument. */
const home = process.argv[2] ?? root;

async function main(): Promise<void> {
  const config = settingsIn(home);
  const log = createLog(config.logLevel);
  const data = `${root}data`;

  // Errors of libraries can carry what people wrote: nothing but name, code and route is printed, here too.
  const crash = (err: unknown) => {
    log.fatal({ err }, 'Attune stopped because of a fault');
    process.exit(1);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);

  const detector = createDetector(loadSigns('en', data));
  const town = await openTown(config, data, detector);
  try {
    await run(config, log, data, detector, town);
  } catch (error) {
    await town?.close();
    throw error;
  }
}

/** The town stands in for Discord when there is no token, and is not even loaded when there is one. */
const openTown = async (config: Config, data: string, detector: Detector) =>
  config.token === undefined ? (await import('./trying/demo.ts')).openDemo(config, data, detector) : undefined;

/** Starts the bot; resolves when it runs. SIGTERM and SIGINT end the process from then on. */
async function run(
  config: Config,
  log: Log,
  data: string,
  detector: Detector,
  town: Awaited<ReturnType<typeof openTown>>,
): Promise<void> {
  const content = loadContent(data);
  const commands = await loadCommands(`${root}commands`, data);

  const path = config.database ?? town?.database ?? join(home, 'attune.db');
  const store = await openStore({
    path,
    key: () => memberKey(path, config.memberKey),
    onFault: (fault) => log.warn(fault, 'the database holds something that cannot be used'),
  });

  let bot: Bot | undefined;
  let ending: Promise<void> | undefined;
  const end = (code: number) => {
    ending ??= (async () => {
      // Whatever hangs: a clean end within five seconds.
      setTimeout(() => process.exit(code), 4_500).unref();
      await bot?.stop();
      await store.close();
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
    content,
    commands,
    detector,
    store,
    log,
    ...(town && { observe: town.observe }),
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

main().catch((error: unknown) => {
  const mendable = [ConfigError, WordsError, SignsError, StoreError, StartError].some((kind) => error instanceof kind);
  if (mendable) process.stderr.write(`${(error as Error).message}\n`);
  else createLog('fatal').fatal({ err: error }, 'Attune could not start');
  process.exit(1);
});
