import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/**
 * A real PostgreSQL, made for the tests of this process and thrown away with it. Debian's package `postgresql` has it;
 * with REQUIRE_POSTGRES (as .ci/run sets it) its absence is a failure.
 */

const bin = globSync('/usr/lib/postgresql/*/bin').find((folder) => existsSync(join(folder, 'initdb')));
export const hasPostgres = bin !== undefined;
if (!hasPostgres && process.env.REQUIRE_POSTGRES) throw new Error('PostgreSQL is not installed (Debian: postgresql).');

/** PostgreSQL does not run as root: then it runs as the user of its package. */
const user = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {};
function idOf(flag: string): number {
  return Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
}

export type Cluster = {
  port: number;
  /** A new, empty database: its address. */
  make(): Promise<string>;
  /** Ends all connections at once, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): void;
};

const command = (name: string) => join(bin ?? '', name);

/** One of its own, to be stopped and started. Else `cluster()`. */
export async function openCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'attune', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const made = spawnSync(command('initdb'), flags, { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 200,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;
  const address = (name: string) => `postgres://attune@127.0.0.1:${port}/${name}`;
  const start = async () => {
    server = spawn(command('postgres'), ['-D', data, ...options], { ...user, cwd: folder, stdio: 'ignore' });
    for (let tries = 0; ; tries += 1) {
      try {
        await ask(address('postgres'), 'select 1');
        return;
      } catch (error) {
        if (tries > 300) throw error;
        await pause(50);
      }
    }
  };
  const kill = async () => {
    const gone = server && once(server, 'exit');
    // Its own signal for "at once, without a word to anybody".
    server?.kill('SIGQUIT');
    await gone;
  };
  const remove = () => {
    server?.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  process.once('exit', remove);
  await start();
  let databases = 0;
  const make = async () => {
    databases += 1;
    await ask(address('postgres'), `create database test_${databases}`);
    return address(`test_${databases}`);
  };
  return { port, make, kill, start, remove };
}

let shared: Promise<Cluster> | undefined;
/** The one of all tests in this process. */
export function cluster(): Promise<Cluster> {
  shared ??= openCluster();
  return shared;
}

/** One question, on a connection of its own. */
export async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  // A server that ends says so on the connection.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
