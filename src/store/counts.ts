import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Db } from '#store/tables';
import type { Turns } from '#store/turns';

/** What the reader of a note says when it was wrong: ideas were wanted, they had listened before, it misread them. */
export const objections = ['wanted ideas', 'had listened', 'misread'] as const;
export type Objection = (typeof objections)[number];

/** would: observed only, nobody was contacted; noted: a note was sent. Each of a kind. */
export const countables = ['would', 'noted', ...objections] as const;
/** landed: somebody was told that their reply lands well; thanked: for listening. Both under the kind `ofAReply`. */
export const replyCountables = ['landed', 'thanked'] as const;
export const ofAReply = 'reply';

const all = [...countables, ...replyCountables];
export type Countable = (typeof all)[number];

export type Count = { day: string; kind: string; what: Countable; n: number };

export type Counts = {
  /** `day` is `YYYY-MM-DD` in UTC. */
  add(guild: string, day: string, kind: string, what: Countable, n?: number): Promise<void>;
  /** From `day` on, oldest first, then by kind. */
  since(guild: string, day: string): Promise<Count[]>;
};

/** Counts by guild, day and kind: all the statistics there are, beside the days of a guild as a whole (days.ts). */
export function countVerbs(db: Db, memory: GuildMemory, turns: Turns): Counts {
  return {
    add: (guild, day, kind, what, n = 1) => {
      const wasKnown = memory.known.has(guild);
      return turns.take(async () => {
        if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new TypeError('A day is written YYYY-MM-DD.');
        // All of the guild was deleted while this waited.
        if (wasKnown && !memory.known.has(guild)) return;
        await db.transaction().execute(async (trx) => {
          await ensureGuild(trx, guild);
          await trx
            .insertInto('counts')
            .values({ guild, day, kind, what, n })
            .onConflict((conflict) =>
              conflict
                .columns(['guild', 'day', 'kind', 'what'])
                .doUpdateSet((set) => ({ n: set('counts.n', '+', set.ref('excluded.n')) })),
            )
            .execute();
        });
        rememberGuild(memory, guild);
      });
    },
    since: async (guild, day) => {
      const rows = await db
        .selectFrom('counts')
        .select(['day', 'kind', 'what', 'n'])
        .where('guild', '=', guild)
        .where('day', '>=', day)
        .orderBy('day')
        .orderBy('kind')
        .orderBy('what')
        .execute();
      return rows.flatMap(({ what, ...row }) => {
        const known = all.find((countable) => countable === what);
        return known === undefined ? [] : [{ ...row, what: known }];
      });
    },
  };
}
