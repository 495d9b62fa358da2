/**
 * `npm run load`: the same servers and messages for a stock discord.js bot, a bare gateway connection and Attune,
 * one after the other, several rounds; prints what each took, and how long after its start each answered somebody. Nothing leaves this machine.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { asStarted, startBot, stopBot } from './as-started.ts';
import { type Use, use, worker } from './process.ts';
import type { Ask, Tell } from './stand-in.ts';
import { type Bound, type Figures, report } from './table.ts';
import { defaultSize } from './world.ts';

/** Is awaited before our bot starts: may fill the database in `folder/attune.db`, to make support channels for one. */
export type Prepare = (context: { folder: string; guilds: Listening['guilds'] }) => Promise<void> | void;
type Listening = Extract<Tell, { type: 'listening' }>;

const { values } = parseArgs({
  options: {
    ours: { type: 'string', default: asStarted() },
    only: { type: 'string' },
    prepare: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    messages: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '4000' },
    guilds: { type: 'string', default: String(defaultSize.guilds) },
    channels: { type: 'string', default: String(defaultSize.channels) },
    members: { type: 'string', default: String(defaultSize.members) },
    roles: { type: 'string', default: String(defaultSize.roles) },
    threads: { type: 'string', default: String(defaultSize.threads) },
    settle: { type: 'string', default: '3000' },
    check: { type: 'boolean', default: false },
    logs: { type: 'boolean', default: false },
  },
});

/** Answering no later than the stock bot, seven tenths of its CPU per event, and at most six tenths of its memory once all servers are there. */
const bound: Bound = { answer: 1, cpu: 0.7, rss: 0.6 };

const bots: Record<string, string> = {
  stock: 'node test/load/bots/stock.js',
  bare: 'node test/load/bots/bare.js',
  ours: values.ours,
};

const standInGone = new AbortController();

async function heard<T extends Tell['type']>(from: ChildProcess, type: T): Promise<Extract<Tell, { type: T }>> {
  for (;;) {
    const signal = AbortSignal.any([standInGone.signal, AbortSignal.timeout(180_000)]);
    const [message] = (await once(from, 'message', { signal })) as [Tell];
    if (message.type === type) return message as Extract<Tell, { type: T }>;
  }
}

async function measure(name: string, command: string, discord: ChildProcess, open: Listening): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-load-'));
  if (name === 'ours' && values.prepare) {
    const { default: prepare } = (await import(resolve(values.prepare))) as { default: Prepare };
    await prepare({ folder, guilds: open.guilds });
  }
  const joined = heard(discord, 'joined');
  const answered = heard(discord, 'answered');
  const from = Date.now();
  const env = { DATABASE_PATH: join(folder, 'attune.db') };
  const bot = startBot(command, open.port, env, values.logs ? 'inherit' : 'ignore');
  bot.once('exit', (code) => code !== null && process.stderr.write(`${name} ended with exit code ${code}\n`));
  try {
    const answer = (await answered).at - from;
    const early = use(worker(bot.pid ?? 0)).cpu;
    await joined;
    await pause(Number(values.settle));
    const pid = worker(bot.pid ?? 0);
    const before: Use = use(pid);
    const done = heard(discord, 'done');
    tell(discord, { type: 'traffic', messages: Number(values.messages), perSecond: Number(values.rate) });
    const { packets, requests } = await done;
    const caughtUp = use(pid).cpu;
    await pause(Number(values.settle));
    const after = use(pid);
    const perEvent = ((caughtUp - before.cpu) * 1000) / packets;
    return {
      name,
      answer,
      early,
      perEvent,
      cpu: after.cpu,
      idle: before.rss,
      rss: after.rss,
      peak: after.peak,
      requests,
    };
  } finally {
    await stopBot(bot);
    rmSync(folder, { recursive: true, force: true });
    tell(discord, { type: 'next' });
  }
}

const tell = (to: ChildProcess, ask: Ask) => to.send(ask);

const discord = fork(join(import.meta.dirname, 'stand-in.ts'));
discord.once('exit', () => standInGone.abort(new Error('the stand-in ended')));
try {
  const listening = heard(discord, 'listening');
  const { guilds, channels, members, roles, threads } = values;
  const size = { guilds: +guilds, channels: +channels, members: +members, roles: +roles, threads: +threads };
  tell(discord, { type: 'open', size });
  const open = await listening;
  const figures: Figures[] = [];
  for (let round = 1; round <= Number(values.rounds); round++) {
    for (const [name, command] of Object.entries(bots)) {
      if (values.only && !values.only.split(',').includes(name)) continue;
      figures.push(await measure(name, command, discord, open));
    }
  }
  const { text, kept } = report(figures, bound);
  process.stdout.write(`${text}\n`);
  if (values.check && !kept) process.exitCode = 1;
} finally {
  if (discord.connected) discord.disconnect();
}
