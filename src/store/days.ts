import { setImmediate as pause } from 'node:timers/promises';
import type { GuildMemory } from '#store/guilds';
import type { MemberMemory } from '#store/opted';
import type { Db, Tables } from '#store/tables';
import { DAY, dayOf } from '#store/times';
import type { Turns } from '#store/turns';

/**
 * One day (UTC) of a guild as a whole. `replies`: what was read, posts as well, as they are told apart only later.
 * `withNotes`: how many members had notes on when it ended; not known of every day.
 */
export type Day = { day: string; replies: number; withNotes?: number };

export type Days = {
  /** A reply was read. From memory it goes to the database with the next sweep: never a write for a message. */
  read(guild: string, day: string): void;
  /** From `day` on, oldest first; what is still in memory counts. */
  since(guild: string, day: string): Promise<Day[]>;
};

/**
 * PostgreSQL and SQLite both limit the values of one statement. SQLite writes while everything stands still, so after
 * each one whatever waits has its turn.
 */
const CHUNK = 500;

/**
 * `keep` writes what is in memory; with a time (ms), also how many members had notes on when the day before ended. `drop`
 * forgets what is in memory of a guild.
 */
export function dayVerbs(
  db: Db,
  memory: { guilds: GuildMemory; members: MemberMemory },
  turns: Turns,
): { verbs: Days; keep(now?: number): Promise<void>; drop(guild: string): void } {
  /** Replies read and not yet written, by day and guild. */
  let waiting = new Map<string, Map<string, number>>();
  /** The last day of which it was noted down how many had notes on. */
  let closed: string | undefined;

  const read = (guild: string, day: string, replies = 1) => {
    const there = waiting.get(day) ?? new Map<string, number>();
    waiting.set(day, there.set(guild, (there.get(guild) ?? 0) + replies));
  };

  /** Rows refer to their guild: what is not known any more is not counted. */
  const rowsOf = (all: typeof waiting): Tables['days'][] =>
    [...all].flatMap(([day, guilds]) =>
      [...guilds]
        .filter(([guild]) => memory.guilds.known.has(guild))
        .map(([guild, replies]) => ({ guild, day, replies, with_notes: null })),
    );

  /** A row for each guild in which there can be members with notes, also for none. */
  const endOf = (day: string): Tables['days'][] =>
    [...memory.guilds.known].flatMap(([guild, { settings, gone }]) => {
      const with_notes = memory.members.saidYes.notes.get(guild)?.size ?? 0;
      return !gone && (with_notes > 0 || settings.support.mode !== 'off')
        ? [{ guild, day, replies: 0, with_notes }]
        : [];
    });

  const isNoted = async (day: string) =>
    undefined !==
    (await db
      .selectFrom('days')
      .select('day')
      .where('day', '=', day)
      .where('with_notes', 'is not', null)
      .limit(1)
      .executeTakeFirst());

  return {
    verbs: {
      read: (guild, day) => read(guild, day),
      since: (guild, day) =>
        turns.take(async () => {
          const rows = await db
            .selectFrom('days')
            .select(['day', 'replies', 'with_notes'])
            .where('guild', '=', guild)
            .where('day', '>=', day)
            .execute();
          const found = new Map<string, Day>(
            rows.map(({ day, replies, with_notes }) => [
              day,
              { day, replies, ...(with_notes !== null && { withNotes: with_notes }) },
            ]),
          );
          for (const [on, guilds] of waiting) {
            const replies = on >= day ? (guilds.get(guild) ?? 0) : 0;
            const there = found.get(on) ?? { day: on, replies: 0 };
            if (replies > 0) found.set(on, { ...there, replies: there.replies + replies });
          }
          return [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
        }),
    },
    drop: (guild) => {
      for (const guilds of waiting.values()) guilds.delete(guild);
    },
    keep: (now) =>
      turns.take(async () => {
        const ended = now === undefined ? undefined : dayOf(now - DAY);
        const rows = rowsOf(waiting);
        waiting = new Map();
        let written = 0;
        try {
          for (const chunk of chunksOf(rows)) {
            await addReplies(db, chunk);
            written += chunk.length;
            await pause();
          }
        } catch (error) {
          for (const { guild, day, replies } of rows.slice(written)) read(guild, day, replies);
          throw error;
        }
        if (ended === undefined || ended === closed) return;
        for (const chunk of (await isNoted(ended)) ? [] : chunksOf(endOf(ended))) {
          await noteEnds(db, chunk);
          await pause();
        }
        closed = ended;
      }),
  };
}

const chunksOf = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, at) => rows.slice(at * CHUNK, (at + 1) * CHUNK));

const addReplies = (db: Db, rows: Tables['days'][]) =>
  db
    .insertInto('days')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['guild', 'day'])
        .doUpdateSet((set) => ({ replies: set('days.replies', '+', set.ref('excluded.replies')) })),
    )
    .execute();

const noteEnds = (db: Db, rows: Tables['days'][]) =>
  db
    .insertInto('days')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['guild', 'day']).doUpdateSet((set) => ({ with_notes: set.ref('excluded.with_notes') })),
    )
    .execute();
