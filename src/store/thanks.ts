import { nextAfter } from '#settings/pace';
import { mayComeAgain } from '#store/claims';
import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import type { Db } from '#store/tables';
import { dayOf } from '#store/times';
import type { Turns } from '#store/turns';

/** Thanks for a message: who gave them, so that it is once, and when the one who gets them may be told. */
export type Thanks = {
  /** False: they have thanked for this message before. It is kept until `until` (ms), in whole days. */
  give(guild: string, user: string, message: string, until: number): Promise<boolean>;
  /**
   * The right to tell a member of thanks at `now` (ms), given once a day; `more`: others waited for it. Undefined: they
   * must not be told now. Thanks that come too early wait, without a number.
   */
  claim(guild: string, user: string, now: number): Promise<{ more: boolean } | undefined>;
  /** Thanks did not reach them and are mentioned with the next. */
  wait(guild: string, user: string): Promise<void>;
};

export function thanksVerbs(db: Db, hashes: Hashes, memory: GuildMemory, turns: Turns): Thanks {
  const wait = async (hash: string) => {
    await db
      .updateTable('members')
      .set({ thanks_waiting: 1 })
      .where('hash', '=', hash)
      .where('thanks', '=', 1)
      .executeTakeFirst();
  };
  return {
    give: (guild, user, message, until) =>
      turns.take(async () => {
        const row = { id: hashes.thanks(user, message), hash: hashes.member(guild, user), guild, until: dayOf(until) };
        const isNew = await db.transaction().execute(async (trx) => {
          await ensureGuild(trx, guild);
          const inserted = await trx
            .insertInto('thanks')
            .values(row)
            .onConflict((conflict) => conflict.column('id').doNothing())
            .executeTakeFirstOrThrow();
          return inserted.numInsertedOrUpdatedRows === 1n;
        });
        rememberGuild(memory, guild);
        return isNew;
      }),
    claim: (guild, user, now) =>
      turns.take(async () => {
        const hash = hashes.member(guild, user);
        const next = dayOf(now + nextAfter.thanks);
        // Two at once in two processes: the database lets one of them change the row.
        const claimed = await db
          .updateTable('members')
          .set({ thanks_next: next })
          .where('hash', '=', hash)
          .where('thanks', '=', 1)
          .where('dms_closed', '=', 0)
          .where((where) => where.or(mayComeAgain(where, 'thanks_next', nextAfter.thanks, now)))
          .returning('thanks_waiting')
          .executeTakeFirst();
        if (!claimed) {
          await wait(hash);
          return undefined;
        }
        if (claimed.thanks_waiting === 1)
          await db.updateTable('members').set({ thanks_waiting: 0 }).where('hash', '=', hash).execute();
        return { more: claimed.thanks_waiting === 1 };
      }),
    wait: (guild, user) => turns.take(() => wait(hashes.member(guild, user))),
  };
}
