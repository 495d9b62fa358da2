/**
 * `npm run endure`: the bot as `npm start` runs it, for minutes, with people who talk, press and turn notes off, and a
 * Discord that limits, refuses, is slow and lets go of it. Prints figures beside their bounds, and ends with 1 where one
 * is missed. Nothing leaves this machine.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../../free-port.ts';
import { cluster } from '../../postgres.ts';
import { asStarted, endBot, startBot, stopBot } from '../as-started.ts';
import { worker } from '../process.ts';
import { gather, type Plan } from './crowd.ts';
import { fill } from './fill.ts';
import { timeEverywhere } from './settings.ts';
import type { Ask, Tell } from './stand-in.ts';
import { list, print, type Run, rowsOf } from './table.ts';
import { decisionsIn, latenessIn, watch } from './watch.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    members: { type: 'string', default: '10000' },
    guilds: { type: 'string', default: '300' },
    presses: { type: 'string', default: '4' },
    closed: { type: 'string', default: '0.1' },
    gone: { type: 'string', default: '0.01' },
    forbidden: { type: 'string', default: '0.03' },
    drop: { type: 'string', default: '45' },
    settle: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    /** The address of an empty database on PostgreSQL, or `postgres` for one that is made here; none: SQLite. */
    database: { type: 'string' },
    start: { type: 'string', default: asStarted() },
    /** Numbers of servers whose settings are read, on each database; none: that is left out. */
    settings: { type: 'string', default: '10000,40000' },
    keep: { type: 'boolean', default: false },
  },
});
const memberKey = 'only for members who do not exist: endure';

const gone = new AbortController();
async function heard<T extends Tell['type']>(from: ChildProcess, type: T): Promise<Extract<Tell, { type: T }>> {
  for (;;) {
    const [told] = (await once(from, 'message', { signal: gone.signal })) as [Tell];
    if (told.type === type) return told as Extract<Tell, { type: T }>;
  }
}

/** Resolves when messages and commands are heard. */
async function ready(port: number): Promise<void> {
  for (const until = performance.now() + 60_000; ; ) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    if (performance.now() > until) throw new Error('the bot was not ready within a minute');
    gone.signal.throwIfAborted();
    await pause(200);
  }
}

/** What the bot's log says, without what differs from line to line. */
function linesOf(file: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    let what = line;
    try {
      const { level, msg, err, stage } = JSON.parse(line) as Record<string, unknown> & {
        err?: Record<string, unknown>;
      };
      what = [level, msg, stage, err?.type, err?.name, err?.code, err?.status]
        .filter((one) => one !== undefined)
        .join(', ');
    } catch {
      // What is no line of the log is shown as it is.
    }
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

async function endure(folder: string, discord: ChildProcess): Promise<Run> {
  const part = (name: 'closed' | 'gone' | 'forbidden') => Number(values[name]);
  const plan: Plan = {
    ...{ seed: Number(values.seed), guilds: Number(values.guilds), members: Number(values.members) },
    ...{ closed: part('closed'), gone: part('gone'), forbidden: part('forbidden') },
  };
  const ask = (one: Ask) => discord.send(one);
  const listening = heard(discord, 'listening');
  ask({ type: 'open', plan });
  const path = join(folder, 'attune.db');
  const url = values.database === 'postgres' ? await (await cluster()).make() : values.database;
  const database = url === undefined ? { path } : { path, url };
  await fill({ ...database, memberKey }, gather(plan), plan.seed);
  const { port } = await listening;

  const health = await freePort();
  const log = join(folder, 'log');
  const env = {
    ...{ MEMBER_KEY: memberKey, HEALTH_PORT: String(health), LOG_LEVEL: 'warn' },
    NUDGE_SETTLE_MS: String(Number(values.settle) * 1_000),
    ...(url === undefined ? { DATABASE_PATH: path } : { DATABASE_URL: url }),
  };
  const out = openSync(log, 'a');
  const bot = startBot(values.start, port, env, ['ignore', out, out]);
  bot.once('exit', (code) => gone.abort(new Error(`the bot ended with ${code}\n${readFileSync(log, 'utf8')}`)));
  try {
    await ready(health);
    const seconds = Number(values.minutes) * 60;
    const watching = watch(worker(bot.pid ?? 0), Math.min(5_000, seconds * 50));
    const played = heard(discord, 'played');
    const { rate, presses, drop } = values;
    ask({ type: 'play', play: { seconds, rate: +rate, presses: +presses, dropMs: +drop * 1_000 } });
    const { figures } = await played;
    const looks = watching.stop();
    const metrics = await fetch(`http://127.0.0.1:${health}/metrics`).then((answer) => answer.text());
    bot.removeAllListeners('exit');
    const end = await endBot(bot);
    return {
      figures,
      looks,
      end,
      decisions: decisionsIn(metrics),
      lateness: latenessIn(metrics),
      log: linesOf(log),
      seconds,
    };
  } finally {
    bot.removeAllListeners('exit');
    await stopBot(bot);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'attune-endure-'));
const discord = fork(join(import.meta.dirname, 'stand-in.ts'));
discord.once('exit', () => gone.abort(new Error('the stand-in ended')));
try {
  const run = await endure(folder, discord);
  const counts = values.settings.split(',').filter((count) => count !== '');
  const { text, kept } = print([...rowsOf(run), ...(await timeEverywhere(counts.map(Number), memberKey, folder))]);
  const slow = run.figures.answers.slowest.map(
    ({ kind, ms, at }) => [`${kind}, after ${(at / 1_000).toFixed(0)} s`, Math.round(ms)] as const,
  );
  const parts = [
    list('the slowest answers, ms', Object.fromEntries(slow)),
    list('decisions', run.decisions),
    list('requests', run.figures.requests),
    list('log', run.log),
    text,
  ];
  process.stdout.write(`${parts.join('\n\n')}\n\n${kept ? 'all bounds kept' : 'BOUNDS MISSED'}\n`);
  if (!kept) process.exitCode = 1;
} finally {
  discord.removeAllListeners('exit');
  if (discord.connected) discord.disconnect();
  if (values.database === 'postgres') (await cluster()).remove();
  if (!values.keep) rmSync(folder, { recursive: true, force: true });
}
