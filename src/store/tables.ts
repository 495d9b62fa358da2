import type { Kysely, Transaction } from 'kysely';

/**
 * The columns as they are stored. Only what behaves the same on SQLite and PostgreSQL: ids and times as text (times.ts),
 * yes and no as 1 and 0, small integers.
 */
export type Tables = {
  guilds: { id: string; revision: number; settings: string; left_at: string | null };
  members: {
    /** The keyed hash (hash.ts); the user's id is nowhere. */
    hash: string;
    /** Only so that the row goes when its guild goes. */
    guild: string;
    notes: number;
    pace: string;
    /** Both the beginning of a day. */
    snoozed_until: string | null;
    noted_at: string | null;
    dms_closed: number;
    posts_left_out: number;
    /** The kinds that they want no notes about, with a space between. */
    kinds_off: string;
    /** Wants to be told when a reply lands well, and the day from which that may be again. */
    landed: number;
    landed_next: string | null;
    /** Wants to receive thanks, the day from which some may come again, and whether any wait for it. */
    thanks: number;
    thanks_next: string | null;
    thanks_waiting: number;
    /** The month in which the row was last of use, `YYYY-MM`; null: since the last sweep. See sweep.ts. */
    used: string | null;
  };
  /** Hashes of messages that a note was claimed for, and the hour; gone when that is over, and ten minutes, or with their guild. */
  claims: { id: string; guild: string; at: string };
  /** What members said that they need in one channel or thread; gone after a day. */
  needs: {
    /** The keyed hash of member and place. */
    id: string;
    /** Of the member (`needer`), so that the row can be handed to them and goes when they are forgotten. */
    hash: string;
    guild: string;
    want: string;
    until: string;
    /** The message that shows it. */
    message: string;
  };
  /** That somebody has thanked for a message, so that it is once; not whom. Gone when the message is too old for it. */
  thanks: {
    /** The keyed hash of member and message. */
    id: string;
    /** Of the member who thanked. */
    hash: string;
    guild: string;
    /** A day. */
    until: string;
  };
  counts: { guild: string; day: string; kind: string; what: string; n: number };
  /** One day of a guild as a whole. */
  days: { guild: string; day: string; replies: number; with_notes: number | null };
  /** The community's own prompts; who wrote them is nowhere. */
  prompts: {
    id: string;
    guild: string;
    say: string;
    ask: string | null;
    notice: string | null;
    /** The families of feelings that it fits, with spaces between them; '': any. */
    families: string;
    added_at: string;
  };
};

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
