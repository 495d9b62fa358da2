import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './free-port.ts';

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
  /** Nobody uses it any more: it is emptied for the next. Each that is new takes a moment, and eight megabytes. */
  giveBack(url: string): Promise<void>;
  /** Ends all connections at once, as a crash does. */
  kill(): Promise<void>;
  start(): Promise<void>;
  remove(): void;
};

/** Where one of PostgreSQL's own commands is. */
export const postgresCommand = (name: string) => join(bin ?? '', name);

/**
 * Runs a server until its input says so or ends, as it does with whoever started it, however that one ends: processes of
 * tests are not told. SIGQUIT is PostgreSQL's own for "at once, without a word to anybody".
 */
const keeper = `folder=$1; shift; "$@" & server=$!
read -r how; kill -QUIT $server; wait $server
[ "$how" = keep ] || rm -rf "$folder"`;

/**
 * One of its own, to be stopped and started. Else `cluster()`.
 * @param also an address of this machine at which it listens, too, and lets in whoever comes from its network of 256
 */
export async function openCluster(also?: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-postgres-'));
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const flags = ['-D', data, '-U', 'attune', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const made = spawnSync(postgresCommand('initdb'), flags, { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  if (also) appendFileSync(join(data, 'pg_hba.conf'), `host all all ${also}/24 trust\n`);
  const port = await freePort();
  const settings = {
    listen_addresses: ['127.0.0.1', ...(also ? [also] : [])].join(),
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    max_connections: 200,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;
  const address = (name: string) => `postgres://attune@127.0.0.1:${port}/${name}`;
  const start = async () => {
    const line = ['-c', keeper, 'keeper', folder, postgresCommand('postgres'), '-D', data, ...options];
    server = spawn('sh', line, { ...user, cwd: folder, stdio: ['pipe', 'ignore', 'ignore'] });
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
    server?.stdin?.end('keep\n');
    await gone;
    server = undefined;
  };
  const remove = () => {
    if (server) server.stdin?.end();
    else rmSync(folder, { recursive: true, force: true });
  };
  await start();
  let databases = 0;
  const free: string[] = [];
  const make = async () => {
    const again = free.pop();
    if (again !== undefined) return again;
    databases += 1;
    const name = `test_${databases}`;
    await ask(address('postgres'), `create database ${name}`);
    return address(name);
  };
  const giveBack = async (url: string) => {
    // One that is still held by a test that failed is not used again.
    const emptied = ask(url, `set lock_timeout = '1s'; drop schema public cascade; create schema public`);
    await emptied.then(
      () => free.push(url),
      () => undefined,
    );
  };
  return { port, make, giveBack, kill, start, remove };
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

/** Resolves as soon as somebody waits for this table; or when nobody does. */
export async function isWaitedFor(url: string, table: string, does = true): Promise<void> {
  const waiting = `select from pg_locks where relation = '${table}'::regclass and not granted`;
  while ((await ask(url, waiting)).length > 0 !== does) await pause(20);
}

/** Nobody else gets at this table until it is let go. */
export async function lockTable(url: string, table: string) {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return {
    isWaitedFor: () => isWaitedFor(url, table),
    letGo: () => client.end().catch(() => undefined),
  };
}
