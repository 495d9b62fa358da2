import type { GuildMemory } from '#store/guilds';
import type { MemberMemory } from '#store/members';
import type { Db } from '#store/tables';
import { DAY, dayOf, MINUTE, toText } from '#store/times';
import type { Turns } from '#store/turns';

/** How long things are kept, in milliseconds: counts as long as the longest period that /insights shows. */
export const keeps = { claims: 10 * MINUTE, guildsGone: 7 * DAY, counts: 90 * DAY } as const;

/**
 * Forgets what has been kept long enough at `now` (ms): old claims, needs that are over, old counts, guilds gone long
 * ago with all that belongs to them. Tells whether anything was deleted.
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
        .where('at', '<', toText(now - keeps.claims))
        .executeTakeFirstOrThrow();
      const needs = await trx.deleteFrom('needs').where('until', '<=', toText(now)).executeTakeFirstOrThrow();
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
      const rows = [claims, needs, counts, days].reduce((sum, { numDeletedRows }) => sum + numDeletedRows, 0n);
      return { rows, guilds };
    });
    for (const { id } of deleted.guilds) {
      memory.guilds.known.delete(id);
      memory.members.withNotes.delete(id);
    }
    return deleted.rows > 0n || deleted.guilds.length > 0;
  });
}
