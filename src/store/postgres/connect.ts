import { setTimeout as pause } from 'node:timers/promises';
import { type Dialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Mendable } from '#mendable';
import { codeOf, StoreError } from '#store/store-error';

/** Connections to PostgreSQL: how long one is waited for, and what a host is told when there is none. */

/** Which database, and what this process is called there. */
export type Server = { url: string; process: string };

/** Whoever waits for an answer must have one within Discord's three seconds. In ms. */
const quick = { connectionTimeoutMillis: 1_500, query_timeout: 1_500, statement_timeout: 1_200, max: 5 };
/**
 * What reads or deletes much: at the start, after a lost connection, in the sweep. Each time by a new connection: of one
 * that waited it would only be known after so long that it is dead.
 */
const patient = { connectionTimeoutMillis: 5_000, query_timeout: 60_000, max: 1, maxUses: 1 };

/** What every connection of this process says of itself: what it changes is announced under this name (changes.ts). */
export const clientOptions = ({ url, process }: Server) => ({
  connectionString: url,
  application_name: 'attune',
  options: `-c attune.process=${process}`,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  idle_in_transaction_session_timeout: 5_000,
});

/** What is known of the server by the one connection that looks after it (session.ts). */
export type Sight = {
  /** Then nobody waits until a connection is given up. */
  isAway: () => boolean;
  /** How often it was away so far: what was connected before the last time is not used any more. */
  losses: () => number;
};
const unseen: Sight = { isAway: () => false, losses: () => 0 };

export const quickDialect = (server: Server, sight?: Sight): Dialect =>
  dialectOn({ ...clientOptions(server), ...quick }, sight);
export const patientDialect = (server: Server): Dialect => dialectOn({ ...clientOptions(server), ...patient });

function dialectOn(config: pg.PoolConfig, { isAway, losses } = unseen): Dialect {
  const pool = new pg.Pool(config);
  // A connection that ends while nobody uses it is no fault: the next one is opened when it is needed.
  pool.on('error', () => undefined);
  // And one that ends while it is used says so to whoever asked.
  const since = new WeakMap<pg.PoolClient, number>();
  pool.on('connect', (client) => {
    since.set(client, losses());
    client.on('error', () => undefined);
  });
  const connect = async () => {
    for (;;) {
      if (isAway()) throw Object.assign(new Error('The database is away.'), { code: 'EAWAY' });
      const client = await pool.connect();
      if (since.get(client) === losses()) return sound(client);
      client.release(true);
    }
  };
  // An end that the other side does not answer is not waited for.
  const end = () => Promise.race([pool.end(), pause(1_000, undefined, { ref: false })]);
  return new PostgresDialect({ pool: { connect, end, Client: pg.Client, options: config } as never });
}

/** A connection on which an answer did not come is not used again: it might still come, for another question. */
function sound(client: pg.PoolClient) {
  let isSound = true;
  return {
    query: async (...asked: [string, unknown[]]) => {
      try {
        return await client.query(...asked);
      } catch (error) {
        if (!isFromServer(error)) isSound = false;
        throw error;
      }
    },
    release: () => client.release(!isSound),
  };
}

/** Did PostgreSQL itself say so? Else nobody knows what has come of it. */
const isFromServer = (error: unknown) => error instanceof pg.DatabaseError && !/^(57P|08)/.test(error.code ?? '');

/** A database as it may be named in a message: without the user and the password. */
export function named(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `The PostgreSQL database ${decodeURIComponent(pathname.slice(1)) || '(none named)'} at ${hostname || 'this machine'}:${port || 5432}`;
}

const advice: readonly [code: RegExp, says: string][] = [
  [/^28|^SASL/, 'does not take this user or password. Look at DATABASE_URL.'],
  [/^3D000$/, 'does not exist. Make it (createdb), or name another one in DATABASE_URL.'],
  [/^42501$/, 'does not let this user make tables. Make the user its owner, or: grant create on schema public to …'],
  [/^25006$/, 'can only be read (a standby?). Name the one that is written to in DATABASE_URL.'],
  [/^53300$/, 'has no connection left. Allow more (max_connections): Attune takes up to seven for a process.'],
  [/^(53|58)/, 'is out of space or failing. See its log.'],
  [/^42704$/, 'is older than PostgreSQL 14. Attune needs 14 or newer.'],
  [/^08P01$/, 'is behind a pooler, which Attune cannot use. Name the server itself in DATABASE_URL.'],
  [/^57P/, 'is starting or ending. Try again in a moment.'],
  [/^ENOTFOUND$|^EAI_/, 'is not there: no machine has this name. Look at DATABASE_URL.'],
  [
    /^SELF_SIGNED|^DEPTH_ZERO|^UNABLE_TO|^CERT_|^ERR_TLS/,
    'has a certificate that is not trusted here. Look at sslmode and sslrootcert in DATABASE_URL.',
  ],
  [
    /does not support SSL/,
    'has no encryption. Turn it on there (ssl = on); on this machine itself, take sslmode out of DATABASE_URL.',
  ],
  [/^open /, 'cannot be reached: a file that DATABASE_URL names (sslrootcert) is not there, or may not be read.'],
];
/** What pg itself says has no code, and a file that is missing has that of a server that is. */
const signOf = (error: Error) => {
  const code = codeOf(error);
  return 'syscall' in error && error.syscall === 'open' ? `open ${code}` : code || error.message;
};
/** What pg says when nothing is heard has no code. */
const isSilence = ({ message }: Error, code: string) =>
  /^E[A-Z]+$/.test(code) || /timeout|terminated|not queryable/i.test(message);
const noAnswer = 'does not answer. Is it running, and may this machine reach it? Look at DATABASE_URL.';

/** The error that tells a host what to do about `error`, as far as it is a host's to mend. */
export function explainServer(error: unknown, url: string): unknown {
  if (error instanceof Mendable || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const sign = signOf(error);
  const found = advice.find(([pattern]) => pattern.test(sign));
  if (found === undefined && !isSilence(error, code)) return error;
  return new StoreError(`${named(url)} ${found?.[1] ?? noAnswer}`, { cause: error });
}
