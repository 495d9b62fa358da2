import { leastBetween } from '#settings/pace';
import { forgetInMemory } from '#store/forget';
import type { GuildMemory } from '#store/guilds';
import { type MemberMemory, silence } from '#store/opted';
import type { Db, Trx } from '#store/tables';
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

/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/**
 * Forgets what has been kept long enough at `now` (ms): old claims, days of notes, needs that are over, old thanks and
 * counts, days that have come, members whose rows were of no use for a year, guilds gone long ago with all that belongs to
 * them. Tells whether anything was deleted.
 */
export function sweep(
  db: Db,
  memory: { guilds: GuildMemory; members: MemberMemory },
  turns: Turns,
  now: number,
): Promise<boolean> {
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
      const guilds = await trx
        .deleteFrom('guilds')
        .where('left_at', '<', toText(now - keeps.guildsGone))
        .returning('id')
        .execute();
      const rows = [claims, needs, thanks, counts, days].map((gone) => gone.numDeletedRows);
      const changed = [noted, ...due].map((day) => day.numUpdatedRows);
      return { rows: [...rows, ...changed].reduce((sum, n) => sum + n, 0n), members, guilds };
    });
    for (const { guild, hash } of deleted.members) silence(memory.members, guild, hash);
    for (const { id } of deleted.guilds) forgetInMemory(memory, id);
    return deleted.rows > 0n || deleted.members.length > 0 || deleted.guilds.length > 0;
  });
}

/** Writes down the month (of `now`, ms) for rows that were of use in this process since the last time. */
export function noteUse(db: Db, memory: MemberMemory, turns: Turns, now: number): Promise<void> {
  return turns.take(async () => {
    const used = [...memory.used];
    await db.transaction().execute((trx) => dateUse(trx, used, monthOf(now)));
    for (const hash of used) memory.used.delete(hash);
  });
}

async function dateUse(trx: Trx, used: readonly string[], month: string): Promise<void> {
  for (let from = 0; from < used.length; from += CHUNK)
    await trx
      .updateTable('members')
      .set({ used: month })
      .where('hash', 'in', used.slice(from, from + CHUNK))
      .where('used', '<>', month)
      .execute();
  await trx.updateTable('members').set({ used: month }).where('used', 'is', null).execute();
}
