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
    snoozed_until: string | null;
    noted_at: string | null;
    dms_closed: number;
    posts_left_out: number;
    /** The month in which the row was last of use, `YYYY-MM`; null: since the last sweep. See sweep.ts. */
    used: string | null;
  };
  /** Hashes of messages that a note was claimed for; gone after ten minutes, or with their guild. */
  claims: { id: string; guild: string; at: string };
  /** What members said that they need in one channel or thread; gone after a day. */
  needs: {
    /** The keyed hash of member and place. */
    id: string;
    /** Of the member, so that the row can be handed to them and goes when they are forgotten. */
    hash: string;
    guild: string;
    want: string;
    until: string;
    /** The message that shows it. */
    message: string;
  };
  counts: { guild: string; day: string; kind: string; what: string; n: number };
};

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
