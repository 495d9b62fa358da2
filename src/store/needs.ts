import { type Want, wants } from '#settings/want';
import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import type { Db } from '#store/tables';
import { fromText, toText } from '#store/times';
import type { Turns } from '#store/turns';

/** What somebody needs in one place, until when (ms), and the message that shows it. */
export type Need = { want: Want; until: number; message: string };

/** `place`: a channel or a thread. */
export type Needs = {
  /** What holds there at `now` (ms). */
  of(guild: string, place: string, user: string, now: number): Promise<Need | undefined>;
  put(guild: string, place: string, user: string, need: Need): Promise<void>;
};

export function needVerbs(db: Db, hashes: Hashes, memory: GuildMemory, turns: Turns): Needs {
  return {
    async of(guild, place, user, now) {
      const row = await db
        .selectFrom('needs')
        .select(['want', 'until', 'message'])
        .where('id', '=', hashes.need(guild, place, user))
        .where('until', '>', toText(now))
        .executeTakeFirst();
      const want = wants.find((one) => one === row?.want);
      return row && want && { want, until: fromText(row.until), message: row.message };
    },
    put: (guild, place, user, { want, until, message }) =>
      turns.take(async () => {
        const change = { want, until: toText(until), message };
        await db.transaction().execute(async (trx) => {
          await ensureGuild(trx, guild);
          await trx
            .insertInto('needs')
            .values({ id: hashes.need(guild, place, user), member: hashes.member(guild, user), guild, ...change })
            .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
            .execute();
        });
        rememberGuild(memory, guild);
      }),
  };
}
