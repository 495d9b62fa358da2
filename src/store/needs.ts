import { needLasts, type Want, wants } from '#settings/want';
import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import type { Db } from '#store/tables';
import { fromText, toText } from '#store/times';
import type { Turns } from '#store/turns';

/** What somebody needs in one place, since when (ms), and the message that shows it. It is kept until it is over. */
export type Need = { want: Want; since: number; message: string };

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
      return row && want && { want, since: fromText(row.until) - needLasts, message: row.message };
    },
    put: (guild, place, user, { want, since, message }) =>
      turns.take(async () => {
        const change = { want, until: toText(since + needLasts), message };
        await db.transaction().execute(async (trx) => {
          await ensureGuild(trx, guild);
          await trx
            .insertInto('needs')
            .values({ id: hashes.need(guild, place, user), hash: hashes.needer(guild, user), guild, ...change })
            .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
            .execute();
        });
        rememberGuild(memory, guild);
      }),
  };
}
