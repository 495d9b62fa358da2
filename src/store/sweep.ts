import { setImmediate as pause } from 'node:timers/promises';
import { leastBetween } from '#settings/pace';
import { forgetInMemory } from '#store/forget';
import type { GuildMemory } from '#store/guilds';
import { type MemberMemory, silence } from '#store/opted';
import type { Db } from '#store/tables';
import { beginningOf, DAY, dayOf, HOUR, MINUTE, monthOf, toText, YEAR } from '#store/times';
import type { Turns } from '#store/turns';

/**
 * How long things are kept, in milliseconds: claims until their hour is over as well, counts as long as the longest period
 * that /insights shows; `noted` is the day of a note; members from the end of the month in which their row was last of use.
 */
export const keeps = {
  claims: 10 * MINUTE,
  guildsGone: 30 * DAY,
  counts: 90 * DAY,
  noted: leastBetween.week,
  members: YEAR,
} as const;

type Memory = { guilds: GuildMemory; members: MemberMemory };

/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/**
 * Forgets what has been kept long enough at `now` (ms): old claims, days of notes, needs that are over, old thanks and
 * counts, days that have come, members whose rows were of no use for a year. Tells whether anything was deleted.
 */
export function sweep(db: Db, memory: Memory, turns: Turns, now: number): Promise<boolean> {
  return turns.take(async () => {
    const deleted = await db.transaction().execute(async (trx) => {
      const claims = await trx
        .deleteFrom('claims')
        .where('at', '<', toText(beginningOf(HOUR, now - keeps.claims)))
        .executeTakeFirstOrThrow();
      const noted = await trx
        .updateTable('members')
        .set({ noted_at: null })
        .where('noted_at', '<=', toText(now - keeps.noted))
        .executeTakeFirstOrThrow();
      const needs = await trx.deleteFrom('needs').where('until', '<=', toText(now)).executeTakeFirstOrThrow();
      const today = dayOf(now);
      const thanks = await trx.deleteFrom('thanks').where('until', '<=', today).executeTakeFirstOrThrow();
      const due = [];
      for (const next of ['landed_next', 'thanks_next'] as const)
        due.push(
          await trx
            .updateTable('members')
            .set({ [next]: null })
            .where(next, '<=', today)
            .executeTakeFirstOrThrow(),
        );
      const counts = await trx
        .deleteFrom('counts')
        .where('day', '<', dayOf(now - keeps.counts))
        .executeTakeFirstOrThrow();
      const days = await trx
        .deleteFrom('days')
        .where('day', '<', dayOf(now - keeps.counts))
        .executeTakeFirstOrThrow();
      const members = await trx
        .deleteFrom('members')
        .where('used', '<', monthOf(now - keeps.members))
        .returning(['guild', 'hash'])
        .execute();
      const rows = [claims, needs, thanks, counts, days].map((gone) => gone.numDeletedRows);
      const changed = [noted, ...due].map((day) => day.numUpdatedRows);
      return { rows: [...rows, ...changed].reduce((sum, n) => sum + n, 0n), members };
    });
    for (const { guild, hash } of deleted.members) silence(memory.members, guild, hash);
    return deleted.rows > 0n || deleted.members.length > 0;
  });
}

/**
 * Forgets guilds gone long ago, with all that belongs to them. Only those that are `ours`: whether the bot is back in
 * others is known by the process that hears of them. Tells whether there were any.
 */
export function sweepGuilds(
  db: Db,
  memory: Memory,
  turns: Turns,
  now: number,
  isOurs: (guild: string) => boolean,
): Promise<boolean> {
  return turns.take(async () => {
    const before = toText(now - keeps.guildsGone);
    const gone = await db.selectFrom('guilds').select('id').where('left_at', '<', before).execute();
    const ids = gone.map(({ id }) => id).filter(isOurs);
    for (let from = 0; from < ids.length; from += CHUNK) {
      const some = ids.slice(from, from + CHUNK);
      const deleted = await db
        .deleteFrom('guilds')
        .where('id', 'in', some)
        .where('left_at', '<', before)
        .returning('id')
        .execute();
      for (const { id } of deleted) forgetInMemory(memory, id);
    }
    return ids.length > 0;
  });
}

/**
 * Writes down the month (of `now`, ms) for rows that were of use in this process since the last time. SQLite writes while
 * everything stands still, so after each statement whatever waits has its turn.
 */
export function noteUse(db: Db, memory: MemberMemory, turns: Turns, now: number): Promise<void> {
  const month = monthOf(now);
  return turns.take(async () => {
    const used = [...memory.used];
    for (let from = 0; from < used.length; from += CHUNK) {
      const some = used.slice(from, from + CHUNK);
      await db
        .updateTable('members')
        .set({ used: month })
        .where('hash', 'in', some)
        .where('used', '<>', month)
        .execute();
      for (const hash of some) memory.used.delete(hash);
      await pause();
    }
    while ((await dateNew(db, month)) === CHUNK) await pause();
  });
}

/** Rows that were changed have no month yet. Tells how many it were; not more than a few at a time. */
async function dateNew(db: Db, month: string): Promise<number> {
  const some = db.selectFrom('members').select('hash').where('used', 'is', null).limit(CHUNK);
  const { numUpdatedRows } = await db
    .updateTable('members')
    .set({ used: month })
    .where('hash', 'in', some)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
