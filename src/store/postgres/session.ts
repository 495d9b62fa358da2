import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { clientOptions, explainServer } from '#store/postgres/connect';
import { inTime, locks, type SeatOptions, sit, Taken, tries } from '#store/postgres/seat';
import { StoreError } from '#store/store-error';
import { inTurn } from '#store/turns';

/**
 * The one connection that stands for this process in PostgreSQL: it holds its seat, hears what others change, and shows
 * that the database is there. While it is lost nothing is known for sure, and nobody is contacted.
 */

export type Session = {
  /** Is the seat held, and is everything heard that others change? */
  isHeld(): boolean;
  /** Is there no connection just now? */
  isAway(): boolean;
  /** Is this process the one that sweeps? Another one takes over when it is gone. */
  sweeps(): Promise<boolean>;
  close(): Promise<void>;
};

export type SessionOptions = SeatOptions & {
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
      if (!(await hears(one))) throw Object.assign(new Error('Nothing is heard.'), { code: '08P01' });
      return one;
    } catch (error) {
      await end(one);
      throw explainServer(error, server.url);
    }
  };

  /** Does it answer, and is what others change told to it? A pooler gives each question to any connection. */
  const hears = async (one: pg.Client): Promise<boolean> => {
    const heard = 'select from pg_listening_channels() as heard where heard = $1';
    return (await inTime(one, answer).query(heard, [channel])).rowCount === 1;
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
    const beats = async () => {
      if (!(await hears(one))) throw new Error('Nothing is heard.');
    };
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
        const one = client;
        if (one === undefined || isSweeper) return isSweeper;
        const got = await tries(inTime(one, answer), 'pg_try_advisory_lock', locks.sweeper, 0);
        // Another connection may stand for this process by now.
        if (one === client) isSweeper = got;
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
