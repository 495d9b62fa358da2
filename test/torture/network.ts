import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openTown } from '@attune/town';
import { type Child, startAttune, startCommand } from '../child.ts';
import { hasPostgres, openCluster } from '../postgres.ts';
import { benFixes, notes, setUp } from '../scene.ts';
import type { Part } from './parts.ts';

/**
 * Two processes on one PostgreSQL, the second in a network of its own, whose cable to the database is pulled out: nothing
 * comes back, and nobody is told. Needs Linux, root and `ip` (iproute2).
 */

const ip = (...words: string[]) => execFileSync('ip', words, { stdio: 'pipe' });
const canPull =
  hasPostgres && process.getuid?.() === 0 && spawnSync('ip', ['netns', 'list'], { stdio: 'ignore' }).status === 0;
const start = join(import.meta.dirname, '../../src/start.js');

/** After a loss a process is silent for ten seconds more. */
const quietMs = 11_000;
/** From a reply to its note there is less than this, in ms. */
const noteMs = 5_000;

/** Another network on this machine, with two cables to this one. */
function openNetwork() {
  const name = `attune-${process.pid}`;
  ip('netns', 'add', name);
  ip('-n', name, 'link', 'set', 'lo', 'up');
  const cable = (at: number) => {
    const [here, there] = [`attune${at}a`, `attune${at}b`];
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', name);
    ip('addr', 'add', `10.213.${at}.1/24`, 'dev', here);
    ip('link', 'set', here, 'up');
    ip('-n', name, 'addr', 'add', `10.213.${at}.2/24`, 'dev', there);
    ip('-n', name, 'link', 'set', there, 'up');
    return {
      here: `10.213.${at}.1`,
      pull: () => ip('link', 'set', here, 'down'),
      plug: () => ip('link', 'set', here, 'up'),
    };
  };
  return { name, toDiscord: cable(0), toDatabase: cable(1), remove: () => ip('netns', 'del', name) };
}

async function openHost() {
  const net = openNetwork();
  const servers: ChildProcess[] = [];
  const forward = async (before: readonly string[], from: string, to: string) => {
    const [program = '', ...args] = [...before, process.execPath, join(import.meta.dirname, 'forward.ts'), from, to];
    const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    servers.push(server);
    await once(server.stdout, 'data');
  };
  const town = await openTown({ shards: 2, maxConcurrency: 2 });
  const { port } = new URL(town.api);
  const database = await openCluster(net.toDatabase.here);
  const url = await database.make();
  const folder = mkdtempSync(join(tmpdir(), 'attune-network-'));
  const inside = ['ip', 'netns', 'exec', net.name] as const;
  await forward([], `${net.toDiscord.here}:${port}`, `127.0.0.1:${port}`);
  await forward(inside, `127.0.0.1:${port}`, `${net.toDiscord.here}:${port}`);
  const children: Child[] = [];
  const env = (shards: string, address: string) => ({
    ...{ DISCORD_TOKEN: town.token, DISCORD_API_URL: town.api, NUDGE_SETTLE_MS: '50', SHARDS: shards },
    ...{ DATABASE_URL: address, MEMBER_KEY: 'a key that is only used in these tests' },
  });
  const kept = (child: Child) => {
    children.push(child);
    return child;
  };
  return {
    town,
    net,
    near: (shards: string) => kept(startAttune(env(shards, url), folder)),
    far: (shards: string) => {
      const own = { PATH: process.env.PATH ?? '', ...env(shards, url.replace('127.0.0.1', net.toDatabase.here)) };
      return kept(startCommand([...inside, process.execPath, start, folder], folder, own, 0));
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) await child[Symbol.asyncDispose]();
      for (const server of servers) server.kill();
      await town.close();
      database.remove();
      net.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves with whether it was ready; it has ended otherwise. */
const isReady = (child: Child) =>
  child.prints('Attune is ready', 60).then(
    () => true,
    () => false,
  );

export const network: Part = async () => {
  if (!canPull) return { did: 'left out: it needs Linux, root, ip (iproute2) and PostgreSQL', broken: [] };
  await using host = await openHost();
  const { town, net } = host;
  const broken: string[] = [];
  const hold = (what: string, is: boolean) => void (is || broken.push(what));
  const noted = async (count: number, what: string) => {
    await benFixes(town);
    await pause(noteMs);
    hold(`${what}: ${count} notes, and there were ${notes(town).length}`, notes(town).length === count);
  };

  const first = host.near('0/2');
  const far = host.far('1/2');
  if (!(await isReady(first)) || !(await isReady(far))) return { did: 'nothing', broken: [first.err, far.err] };
  await setUp(town);
  await noted(1, 'as ever');
  net.toDatabase.pull();
  const pulled = performance.now();
  await far.prints('the database is away', 60);
  const saidAfter = performance.now() - pulled;
  await noted(1, 'while its database is away');
  const explained = await town.person('ana').runs('/explain');
  hold('it answers commands', 'ephemeral' in explained);

  let other = host.near('1/2');
  while (!(await isReady(other)) && performance.now() - pulled < 90_000) {
    await pause(1_000);
    other = host.near('1/2');
  }
  const takenAfter = performance.now() - pulled;
  hold('another process takes its place within 90 seconds', takenAfter < 90_000);
  net.toDatabase.plug();
  const end = await Promise.race([far.ended, pause(90_000)]);
  hold('it ends, as its place is taken', end?.code === 1);
  await pause(quietMs);
  await noted(2, 'by the one that took its place');

  await other.terminate();
  const back = host.far('1/2');
  hold('it starts again', await isReady(back));
  net.toDatabase.pull();
  await back.prints('the database is away', 60);
  net.toDatabase.plug();
  await back.prints('the database is there again', 120);
  await pause(quietMs);
  await noted(3, 'after a short break');
  for (const child of [first, back]) hold('it ends when it is told to', (await child.terminate()).code === 0);
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`;
  return {
    did: `a cable pulled twice: said so after ${seconds(saidAfter)}, its place taken after ${seconds(takenAfter)}, back by itself`,
    broken,
  };
};
