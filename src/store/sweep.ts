import { leastBetween } from '#settings/pace';
import type { GuildMemory } from '#store/guilds';
import type { MemberMemory } from '#store/members';
import type { Db } from '#store/tables';
import { beginningOf, DAY, dayOf, HOUR, MINUTE, toText } from '#store/times';
import type { Turns } from '#store/turns';

/**
 * How long things are kept, in milliseconds: claims until their hour is over as well, counts as long as the longest period
 * that /insights shows; `noted` is the day of a note.
 */
export const keeps = { claims: 10 * MINUTE, guildsGone: 7 * DAY, counts: 90 * DAY, noted: leastBetween.week } as const;

/**
 * Forgets what has been kept long enough at `now` (ms): old claims, days of notes, needs that are over, old thanks and
 * counts, days that have come, guilds gone long ago with all that belongs to them. Tells whether anything was deleted.
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
      const guilds = await trx
        .deleteFrom('guilds')
        .where('left_at', '<', toText(now - keeps.guildsGone))
        .returning('id')
        .execute();
      const rows = [claims, needs, thanks, counts, days].map((gone) => gone.numDeletedRows);
      const changed = [noted, ...due].map((day) => day.numUpdatedRows);
      return { rows: [...rows, ...changed].reduce((sum, n) => sum + n, 0n), guilds };
    });
    for (const { id } of deleted.guilds) {
      memory.guilds.known.delete(id);
      for (const said of Object.values(memory.members.saidYes)) said.delete(id);
    }
    return deleted.rows > 0n || deleted.guilds.length > 0;
  });
}
