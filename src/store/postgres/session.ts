import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions, explainServer, named, type Server } from '#store/postgres/connect';
import { StoreError } from '#store/store-error';
import { inTurn } from '#store/turns';

/**
 * The one connection that stands for this process in PostgreSQL: it holds its seat, hears what others change, and shows
 * that the database is there. While it is lost nothing is known for sure, and nobody is contacted.
 */

/** Which shards of how many this process runs; undefined: all, and no other process may be there. */
export type Seat = { shards: readonly number[]; total: number } | undefined;

export type Session = {
  /** Is the seat held, and is everything heard that others change? */
  isHeld(): boolean;
  /** Is there no connection just now? */
  isAway(): boolean;
  /** Is this process the one that sweeps? Another one takes over when it is gone. */
  sweeps(): Promise<boolean>;
  close(): Promise<void>;
};

export type SessionOptions = {
  server: Server;
  seat: Seat;
  /** Which key members are known by, as a number: all processes must have the same one. */
  keyStamp: number;
  /** Brings the database up to date. Only asked for while no other process uses it. */
  prepare: () => Promise<void>;
  isUpToDate: () => Promise<boolean>;
  /** What another process announced. */
  onChange: (what: string) => void;
  /** The connection is lost, and others that were made before may be dead as well. */
  onLost: () => void;
  /** It was tried in vain to connect again; each reason once. */
  onStillAway?: (why: string) => void;
  /** The seat is held again: everything that others changed meanwhile has to be read. Rejects: it is tried anew. */
  onBack: () => Promise<void>;
  /** The seat cannot be had again; says why. The process has to end. */
  onTaken: (why: StoreError) => void;
  timings?: Partial<typeof timings>;
};

/** In ms. */
export const timings = {
  /** How often it is asked whether the database is there, and how long an answer may take. */
  beat: 5_000,
  answer: 3_000,
  /** At a start, whoever is about to end has this long to let go of the seat. */
  patience: 6_000,
  /** PostgreSQL lets go of a connection that is silent for so long; who comes back waits for that. */
  silent: 20_000,
  again: 500,
};

/** PostgreSQL's advisory locks have two numbers; the first is Attune's own and tells what for. */
const locks = {
  starting: 1_635_021_900,
  inUse: 1_635_021_901,
  sweeper: 1_635_021_902,
  total: 1_635_021_903,
  shard: 1_635_021_904,
  key: 1_635_021_905,
};
export const channel = 'attune';

/** @throws StoreError when the seat is another's, or the database is not there */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { server, onChange, onBack, onTaken } = options;
  const { beat, answer, patience, silent, again } = { ...timings, ...options.timings };
  let client: pg.Client | undefined;
  let held = false;
  let closing = false;
  let isSweeper = false;
  /** One question at a time. */
  const turns = inTurn();

  const lose = (one: pg.Client) => {
    if (one !== client) return;
    client = undefined;
    held = false;
    isSweeper = false;
    options.onLost();
    if (!closing) void comeBack();
  };

  const connect = async (patience: number): Promise<pg.Client> => {
    const one = new pg.Client({
      ...clientOptions(server),
      connectionTimeoutMillis: answer,
      query_timeout: patience + answer,
    });
    one.on('error', () => lose(one));
    one.on('end', () => lose(one));
    one.on('notification', ({ payload }) => payload !== undefined && onChange(payload));
    try {
      await one.connect();
      // A process that is cut off is forgotten by PostgreSQL as well, so that another one can have its seat.
      await one.query(`set idle_session_timeout = ${silent}`);
      await sit(one, options, { patience, again });
      await one.query(`listen ${channel}`);
      return one;
    } catch (error) {
      await end(one);
      throw explainServer(error, server.url);
    }
  };

  const comeBack = async (): Promise<void> => {
    const told = new Set<string>();
    for (let wait = again; !closing; wait = Math.min(wait * 2, beat)) {
      await pause(wait);
      let one: pg.Client | undefined;
      try {
        one = await connect(patience + silent);
        if (closing) return void (await end(one));
        client = one;
        await onBack();
        // It may have gone meanwhile.
        if (client === one) held = true;
        return;
      } catch (error) {
        if (error instanceof Taken) return onTaken(error);
        if (error instanceof StoreError && !closing && !told.has(error.message)) {
          told.add(error.message);
          options.onStillAway?.(error.message);
        }
        if (one !== undefined) {
          if (client !== one) return;
          client = undefined;
          await end(one);
        }
      }
    }
  };

  client = await connect(patience);
  held = true;
  const heart = setInterval(() => {
    const one = client;
    if (one === undefined) return;
    const beats = () => one.query({ text: 'select 1', query_timeout: answer } as pg.QueryConfig);
    turns.take(beats).catch(() => {
      lose(one);
      void end(one);
    });
  }, beat).unref();

  return {
    isHeld: () => held,
    isAway: () => client === undefined,
    sweeps: () =>
      turns.take(async () => {
        if (client !== undefined) isSweeper ||= await tries(client, 'pg_try_advisory_lock', locks.sweeper, 0);
        return isSweeper;
      }),
    async close() {
      closing = true;
      clearInterval(heart);
      const one = client;
      client = undefined;
      held = false;
      if (one) await end(one);
    },
  };
}

/** An end that the other side does not answer is not waited for. */
const end = (client: pg.Client) =>
  Promise.race([client.end().catch(() => undefined), pause(1_000, undefined, { ref: false })]);

/** The seat is another process's. */
class Taken extends StoreError {}

type Lock =
  | 'pg_advisory_lock'
  | 'pg_advisory_lock_shared'
  | 'pg_try_advisory_lock'
  | 'pg_try_advisory_lock_shared'
  | 'pg_advisory_unlock';
const asks = (client: pg.Client, how: Lock, what: number, which: number) =>
  client.query<{ got: boolean }>(`select ${how}($1::int, $2::int) as got`, [what, which]);
const tries = async (...asked: Parameters<typeof asks>) => (await asks(...asked)).rows[0]?.got === true;

/**
 * Takes the seat, or waits for it for a while. Whoever is being started goes alone through this (`starting`), so that two
 * cannot look at each other. All locks are the connection's: they go with it, however it ends.
 */
async function sit(
  client: pg.Client,
  options: SessionOptions,
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
  { seat, keyStamp, prepare, isUpToDate }: SessionOptions,
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
