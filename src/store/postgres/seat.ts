import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { named, type Server } from '#store/postgres/connect';
import { StoreError } from '#store/store-error';

/** Who may be where: the shards of a process are its seat, which is held by locks of its connection (session.ts). */

/** Which shards of how many this process runs; undefined: all, and no other process may be there. */
export type Seat = { shards: readonly number[]; total: number } | undefined;

export type SeatOptions = {
  server: Server;
  seat: Seat;
  /** Which key members are known by, as a number: all processes must have the same one. */
  keyStamp: number;
  /** Brings the database up to date. Only asked for while no other process uses it. */
  prepare: () => Promise<void>;
  isUpToDate: () => Promise<boolean>;
};

/** PostgreSQL's advisory locks have two numbers; the first is Attune's own and tells what for. */
export const locks = {
  starting: 1_635_021_900,
  inUse: 1_635_021_901,
  sweeper: 1_635_021_902,
  total: 1_635_021_903,
  shard: 1_635_021_904,
  key: 1_635_021_905,
};

/** The same connection, for questions that are answered within `ms` or not at all. */
export const inTime = (client: pg.Client, ms: number): Asked => ({
  query: (text, values) => client.query({ text, values, query_timeout: ms } as pg.QueryConfig),
});

/** The seat is another process's. */
export class Taken extends StoreError {}

type Lock =
  | 'pg_advisory_lock'
  | 'pg_advisory_lock_shared'
  | 'pg_try_advisory_lock'
  | 'pg_try_advisory_lock_shared'
  | 'pg_advisory_unlock';
type Asked = { query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> };
const asks = (client: Asked, how: Lock, what: number, which: number) =>
  client.query<{ got: boolean }>(`select ${how}($1::int, $2::int) as got`, [what, which]);
export const tries = async (...asked: Parameters<typeof asks>) => (await asks(...asked)).rows[0]?.got === true;

/**
 * Takes the seat, or waits for it for a while. Whoever is being started goes alone through this (`starting`), so that two
 * cannot look at each other. All locks are the connection's: they go with it, however it ends.
 */
export async function sit(
  client: pg.Client,
  options: SeatOptions,
  { patience, again }: { patience: number; again: number },
): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    await asks(client, 'pg_advisory_lock', locks.starting, 0);
    const inTheWay = await tryToSit(client, options);
    if (inTheWay === undefined) return void (await asks(client, 'pg_advisory_unlock', locks.starting, 0));
    await client.query('select pg_advisory_unlock_all()');
    if (performance.now() >= until) throw new Taken(`${named(options.server.url)} ${inTheWay}`);
    await pause(again);
  }
}

/** Says a number to all others; undefined: nobody says another one. */
async function agree(client: pg.Client, about: number, on: number): Promise<number | undefined> {
  await asks(client, 'pg_advisory_lock_shared', about, on);
  const { rows } = await client.query<{ other: number }>(
    `select distinct objid::int as other from pg_locks
     where locktype = 'advisory' and classid = $1::oid and objid <> $2::oid and granted
       and database = (select oid from pg_database where datname = current_database())`,
    [about, on],
  );
  return rows[0]?.other;
}

const alone =
  'is in use by another Attune. Stop all of its processes first; to run one more beside them, give each its SHARDS.';

/** Undefined: the seat is taken. Else what is in the way, for a host. */
async function tryToSit(
  client: pg.Client,
  { seat, keyStamp, prepare, isUpToDate }: SeatOptions,
): Promise<string | undefined> {
  const isAlone = await tries(client, 'pg_try_advisory_lock', locks.inUse, 0);
  if (isAlone) await prepare();
  if (seat === undefined) return isAlone ? undefined : alone;
  if (!isAlone && !(await isUpToDate()))
    return 'was made by an older Attune that is still running. Stop all of its processes, then start the new ones.';
  if (!(await tries(client, 'pg_try_advisory_lock_shared', locks.inUse, 0))) return alone;
  if (isAlone) await asks(client, 'pg_advisory_unlock', locks.inUse, 0);
  const total = await agree(client, locks.total, seat.total);
  if (total !== undefined)
    return `is in use by processes that divide servers into ${total} shards. Stop all of them before SHARDS says another number than ${total}.`;
  if ((await agree(client, locks.key, keyStamp)) !== undefined)
    return 'is in use by processes with another MEMBER_KEY. All need the same one; stop all of them before it changes.';
  for (const shard of seat.shards)
    if (!(await tries(client, 'pg_try_advisory_lock', locks.shard, shard)))
      return `is in use by another process that runs shard ${shard}. Each shard belongs into the SHARDS of one process only.`;
  return undefined;
}
