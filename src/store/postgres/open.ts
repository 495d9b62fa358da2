import { randomBytes } from 'node:crypto';
import { Kysely } from 'kysely';
import { type Changed, type Following, followOthers } from '#store/follow';
import { hashesUnder } from '#store/hash';
import { isUpToDate } from '#store/migrations';
import { type Engine, type Store, type StoreOptions, storeOn } from '#store/open';
import { readChanged } from '#store/postgres/changes';
import { explainServer, patientDialect, quickDialect } from '#store/postgres/connect';
import { loginQueue, type WaitToLogin } from '#store/postgres/logins';
import { prepare } from '#store/postgres/prepare';
import type { Seat } from '#store/postgres/seat';
import { openSession, type Session, type SessionOptions } from '#store/postgres/session';
import type { StoreError } from '#store/store-error';
import type { Tables } from '#store/tables';

export type PostgresOptions = StoreOptions & {
  /** `postgres://user:password@host:5432/database` */
  url: string;
  seat: Seat;
  /** The seat cannot be had again after the connection was lost: another process has it. */
  onTaken: (why: StoreError) => void;
  timings?: SessionOptions['timings'] & { settling?: number };
};

/** A number for a key, which tells nothing of it. */
const stampOf = (key: string) => Buffer.from(hashesUnder(key).generation, 'base64url').readUInt32BE() >>> 1;

/**
 * After the database was away, other processes have this long to write what members took back meanwhile, in ms; until
 * then nobody is contacted.
 */
const settling = 10_000;

/**
 * The store on PostgreSQL, which other processes may use as well, each for its own shards. `isNew`: it holds no server.
 * @throws StoreError that says what to do
 */
export async function openPostgres({
  url,
  seat,
  onTaken,
  timings = {},
  ...options
}: PostgresOptions): Promise<{ store: Store; waitToLogin: WaitToLogin; isNew: boolean }> {
  const server = { url, process: randomBytes(6).toString('hex') };
  const slow = new Kysely<Tables>({ dialect: patientDialect(server) });
  let following: Following | undefined;
  /** What was announced before everything was read. */
  const early: Changed[] = [];
  let losses = 0;
  let quietUntil = 0;
  let session: Session | undefined;
  try {
    session = await openSession({
      ...{ server, seat, keyStamp: stampOf(options.key), timings, onTaken },
      prepare: () => prepare(slow),
      isUpToDate: () => isUpToDate(slow),
      onChange(payload) {
        const changed = readChanged(payload);
        if (changed === undefined) return;
        const what = { ...changed, isOwn: changed.by === server.process };
        if (following) following.changed(what);
        else early.push(what);
      },
      onLost: () => {
        losses += 1;
        options.onWarning?.({ warning: 'database away' });
      },
      onStillAway: (why) => options.onWarning?.({ warning: 'database still away', why }),
      async onBack() {
        quietUntil = performance.now() + (timings.settling ?? settling);
        await following?.reload();
        options.onWarning?.({ warning: 'database back' });
      },
    });
    const { isHeld, isAway, sweeps, close } = session;
    const engine: Engine = {
      dialect: quickDialect(server, { isAway, losses: () => losses }),
      patient: slow,
      others: {
        sweeps,
        isQuiet: () => !isHeld() || performance.now() < quietUntil,
        follow: (heard) => {
          following = followOthers(heard);
          for (const changed of early.splice(0)) following.changed(changed);
        },
        close: () => {
          following?.stop();
          return close();
        },
      },
    };
    const store = await storeOn(engine, options);
    // Nobody knows what was missed while it was read.
    if (losses > 0) await following?.reload();
    const isNew = (await slow.selectFrom('guilds').select('id').limit(1).execute()).length === 0;
    return { store, waitToLogin: loginQueue(slow as never), isNew };
  } catch (error) {
    await session?.close();
    await slow.destroy();
    throw explainServer(error, url);
  }
}
