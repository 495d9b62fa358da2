import { gentlest, type Pace, paces } from '#settings/pace';
import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import type { Db, Tables } from '#store/tables';
import { fromText, toText } from '#store/times';
import type { Turns } from '#store/turns';

/** What is kept of one member in one guild. Times in milliseconds since 1970. */
export type Member = {
  /** Said yes to notes. */
  notes: boolean;
  pace: Pace;
  snoozedUntil?: number;
  /** When the latest note was claimed. */
  notedAt?: number;
  /** closed: a note could not be delivered; no more attempts until it is known to be open. */
  dms: 'open' | 'closed';
  /** No notes to others about replies to this member. */
  postsLeftOut: boolean;
};

export type Members = {
  /** From memory, at once: has this member said yes to notes in this guild? */
  hasNotes(guild: string, user: string): boolean;
  of(guild: string, user: string): Promise<Member>;
  turnOn(guild: string, user: string): Promise<void>;
  /** Silences notes at once. Keeps only whether their own posts are left out; pace, snooze and times are forgotten. */
  turnOff(guild: string, user: string): Promise<void>;
  /** Until a time (ms), or no longer. False: notes are off, so nothing was kept. */
  snooze(guild: string, user: string, until: number | undefined): Promise<boolean>;
  /** False: notes are off, so nothing was kept. */
  setPace(guild: string, user: string, pace: Pace): Promise<boolean>;
  leavePostsOut(guild: string, user: string, out: boolean): Promise<void>;
  /** A note could not be delivered. False: notes are off, so nothing was kept. */
  dmsClosed(guild: string, user: string): Promise<boolean>;
  /** A message to them was delivered. False: notes are off, so nothing was kept. */
  dmsOpen(guild: string, user: string): Promise<boolean>;
  /** Deletes all that is kept of this member in this guild, what they said that they need as well. */
  forget(guild: string, user: string): Promise<void>;
};

/** Who is opted in: hashes by guild, so that a guild without anybody costs no hashing. */
export type MemberMemory = {
  withNotes: Map<string, Set<string>>;
  /**
   * Whose row, if there is one, was of use since the last sweep: they wrote where somebody has notes, or it was looked
   * up. Months are written by the sweep, so that a message costs no access to the disk, and no time is known.
   */
  used: Set<string>;
  underAnotherKey: number;
};

/** Reads who is opted in into memory, and counts the rows that this key does not reach. */
export async function loadMembers(db: Db, { generation }: Hashes): Promise<MemberMemory> {
  const mine = `${generation}.`;
  const rows = await db.selectFrom('members').select(['hash', 'guild', 'notes']).execute();
  const withNotes = new Map<string, Set<string>>();
  for (const { hash, guild, notes } of rows) if (notes === 1 && hash.startsWith(mine)) add(withNotes, guild, hash);
  return { withNotes, used: new Set(), underAnotherKey: rows.filter(({ hash }) => !hash.startsWith(mine)).length };
}

function add(withNotes: Map<string, Set<string>>, guild: string, hash: string): void {
  const there = withNotes.get(guild);
  if (there === undefined) withNotes.set(guild, new Set([hash]));
  else there.add(hash);
}

/** They get no more notes there, from now on. */
export const silence = ({ withNotes }: MemberMemory, guild: string, hash: string): void =>
  remove(withNotes, guild, hash);

function remove(withNotes: Map<string, Set<string>>, guild: string, hash: string): void {
  const there = withNotes.get(guild);
  if (there?.delete(hash) && there.size === 0) withNotes.delete(guild);
}

const nothingButNotes = { notes: 0, pace: 'day', snoozed_until: null, noted_at: null, dms_closed: 0 };

/** `cleared` is awaited after every deletion, outside the transaction. */
export function memberVerbs(
  db: Db,
  hashes: Hashes,
  memory: { guilds: GuildMemory; members: MemberMemory },
  turns: Turns,
  cleared: () => Promise<void>,
): Members {
  const { withNotes, used } = memory.members;
  type Change = Partial<Omit<Tables['members'], 'hash' | 'guild'>>;

  const put = async (guild: string, hash: string, change: Change) => {
    await db.transaction().execute(async (trx) => {
      await ensureGuild(trx, guild);
      await trx
        .insertInto('members')
        .values({ hash, guild, ...nothingButNotes, posts_left_out: 0, used: null, ...change })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ ...change, used: null }))
        .execute();
    });
    rememberGuild(memory.guilds, guild);
  };
  const changeWhileOn = (guild: string, user: string, change: Change) =>
    turns.take(async () => {
      const { numUpdatedRows } = await db
        .updateTable('members')
        .set({ ...change, used: null })
        .where('hash', '=', hashes.member(guild, user))
        .where('notes', '=', 1)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    });
  /** Takes a choice back; a row in which nothing is chosen any more goes. */
  const take = async (hash: string, change: Change) => {
    await db.transaction().execute(async (trx) => {
      await trx.updateTable('members').set(change).where('hash', '=', hash).execute();
      await trx
        .deleteFrom('members')
        .where('hash', '=', hash)
        .where('notes', '=', 0)
        .where('posts_left_out', '=', 0)
        .execute();
    });
    await cleared();
  };

  return {
    hasNotes: (guild, user) => {
      const there = withNotes.get(guild);
      if (there === undefined) return false;
      const hash = hashes.member(guild, user);
      used.add(hash);
      return there.has(hash);
    },
    of: async (guild, user) => {
      const hash = hashes.member(guild, user);
      const row = await db.selectFrom('members').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (row === undefined) return nobody;
      used.add(hash);
      return memberFrom(row);
    },
    turnOn: (guild, user) =>
      turns.take(async () => {
        const hash = hashes.member(guild, user);
        await put(guild, hash, { notes: 1 });
        add(withNotes, guild, hash);
      }),
    turnOff: (guild, user) => {
      const hash = hashes.member(guild, user);
      // At once, also while earlier verbs are still writing; and it stays so when the database fails.
      remove(withNotes, guild, hash);
      return turns.take(async () => {
        remove(withNotes, guild, hash);
        await take(hash, nothingButNotes);
      });
    },
    snooze: async (guild, user, until) =>
      changeWhileOn(guild, user, { snoozed_until: until === undefined ? null : toText(until) }),
    setPace: (guild, user, pace) => changeWhileOn(guild, user, { pace }),
    leavePostsOut: (guild, user, out) =>
      turns.take(async () => {
        const hash = hashes.member(guild, user);
        await (out ? put(guild, hash, { posts_left_out: 1 }) : take(hash, { posts_left_out: 0 }));
      }),
    dmsClosed: (guild, user) => changeWhileOn(guild, user, { dms_closed: 1 }),
    dmsOpen: (guild, user) => changeWhileOn(guild, user, { dms_closed: 0 }),
    forget: (guild, user) => {
      const hash = hashes.member(guild, user);
      remove(withNotes, guild, hash);
      return turns.take(async () => {
        remove(withNotes, guild, hash);
        await db.transaction().execute(async (trx) => {
          await trx.deleteFrom('members').where('hash', '=', hash).execute();
          await trx.deleteFrom('needs').where('hash', '=', hash).execute();
        });
        await cleared();
      });
    },
  };
}

const nobody: Member = Object.freeze({ notes: false, pace: 'day', dms: 'open', postsLeftOut: false });

function memberFrom(row: Tables['members']): Member {
  return {
    notes: row.notes === 1,
    pace: paces.find((pace) => pace === row.pace) ?? gentlest,
    ...(row.snoozed_until !== null && { snoozedUntil: fromText(row.snoozed_until) }),
    ...(row.noted_at !== null && { notedAt: fromText(row.noted_at) }),
    dms: row.dms_closed === 1 ? 'closed' : 'open',
    postsLeftOut: row.posts_left_out === 1,
  };
}
