import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

/**
 * The queue before Discord's door: of each bucket (`shard % max_concurrency`) one may log in within five seconds,
 * whichever process it runs in (https://discord.com/developers/docs/events/gateway#sharding-max-concurrency).
 */

/** Resolves when it is the turn of this bucket; rejects when `signal` says that nobody waits any more. */
export type WaitToLogin = (bucket: number, signal: AbortSignal) => Promise<void>;

/** Discord's five seconds, and a little for the way there. */
const between = '5500 milliseconds';
/** When the database does not answer: others cannot be seen, so it is left to chance that they come at another time. In ms. */
const blind = { least: 5_000, most: 30_000 };

/**
 * The turn is a row that says from when the next may come, by the clock of the database, which all processes share: a
 * process that is killed right after has used it up, and keeps nobody out.
 */
export const loginQueue =
  (db: Kysely<{ logins: { bucket: number } }>): WaitToLogin =>
  async (bucket, signal) => {
    for (;;) {
      const wait = await untilTurn(db, bucket).catch(() => undefined);
      if (wait === 0) return;
      const ms = wait ?? blind.least + Math.random() * (blind.most - blind.least);
      await pause(ms, undefined, { signal });
      if (wait === undefined) return;
    }
  };

/** 0: it is this one's turn, and was taken. Else how long to wait, in ms. */
async function untilTurn(db: Kysely<{ logins: { bucket: number } }>, bucket: number): Promise<number> {
  // One that lies further ahead than any that is set was set by another clock.
  const taken = await sql`
    insert into logins (bucket, next) values (${bucket}, clock_timestamp() + ${between}::interval)
    on conflict (bucket) do update set next = excluded.next
    where logins.next <= clock_timestamp() or logins.next > excluded.next
    returning bucket`.execute(db);
  if (taken.rows.length > 0) return 0;
  const { rows } = await sql<{ ms: number }>`
    select ceil(extract(epoch from next - clock_timestamp()) * 1000)::int as ms from logins where bucket = ${bucket}`.execute(
    db,
  );
  return Math.max(rows[0]?.ms ?? 0, 10);
}
