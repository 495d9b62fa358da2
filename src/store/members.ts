import { gentlest, type Pace, paces } from '#settings/pace';
import { ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import { add, type MemberMemory, type Opted, remove, silence, type Yes } from '#store/opted';
import type { Db, Tables } from '#store/tables';
import { beginningOf, DAY, fromText, toText } from '#store/times';
import type { Turns } from '#store/turns';

/** What is kept of one member in one guild. Times in milliseconds since 1970. */
export type Member = {
  /** Said yes to notes. */
  notes: boolean;
  pace: Pace;
  /** Kinds that they want no notes about. */
  kindsOff: readonly string[];
  snoozedUntil?: number;
  /** The day on which the latest note was claimed: its beginning. */
  notedAt?: number;
  /** Also wants to be told when a reply lands well. */
  landed: boolean;
  /** When the day begins from which that may be again. */
  landedNext?: number;
  /** Wants to receive thanks, with or without notes. */
  thanks: boolean;
  /** closed: a message could not be delivered; no more attempts until it is known to be open. */
  dms: 'open' | 'closed';
  /** No notes to others about replies to this member. */
  postsLeftOut: boolean;
};

export type Members = {
  /** From memory, at once: has this member said yes to notes in this guild? */
  hasNotes(guild: string, user: string): boolean;
  /** The same of thanks. */
  hasThanks(guild: string, user: string): boolean;
  of(guild: string, user: string): Promise<Member>;
  turnOn(guild: string, user: string): Promise<void>;
  /**
   * Silences notes at once. Keeps only whether they receive thanks and their own posts are left out; all that was chosen
   * about notes, and times, are forgotten.
   */
  turnOff(guild: string, user: string): Promise<void>;
  /** Until the end of the day of a time (ms), or no longer. False: notes are off, so nothing was kept. */
  snooze(guild: string, user: string, until: number | undefined): Promise<boolean>;
  /** False: notes are off, so nothing was kept. */
  setPace(guild: string, user: string, pace: Pace): Promise<boolean>;
  /** False: notes are off, so nothing was kept. */
  turnKindsOff(guild: string, user: string, kinds: readonly string[]): Promise<boolean>;
  /** False: notes are off, so nothing was kept. */
  tellLanded(guild: string, user: string, tell: boolean): Promise<boolean>;
  /** On: their direct messages are tried again. Off: at once, and what waits is forgotten. */
  receiveThanks(guild: string, user: string, receive: boolean): Promise<void>;
  leavePostsOut(guild: string, user: string, out: boolean): Promise<void>;
  /** A message could not be delivered. False: they want none, so nothing was kept. */
  dmsClosed(guild: string, user: string): Promise<boolean>;
  /** A message to them was delivered. False: they want none, so nothing was kept. */
  dmsOpen(guild: string, user: string): Promise<boolean>;
  /** Deletes all that is kept of this member in this guild, what they said that they need as well. */
  forget(guild: string, user: string): Promise<void>;
};

const noNotes = {
  ...{ notes: 0, pace: 'day', kinds_off: '', snoozed_until: null, noted_at: null },
  ...{ landed: 0, landed_next: null },
};
const noThanks = { thanks: 0, thanks_next: null, thanks_waiting: 0 };

/** `cleared` is awaited after every deletion, outside the transaction. */
export function memberVerbs(
  db: Db,
  hashes: Hashes,
  memory: { guilds: GuildMemory; members: MemberMemory },
  turns: Turns,
  cleared: () => Promise<void>,
): Members {
  const { notes: withNotes, thanks: withThanks } = memory.members.saidYes;
  type Change = Partial<Omit<Tables['members'], 'hash' | 'guild'>>;

  const put = async (guild: string, hash: string, change: Change) => {
    await db.transaction().execute(async (trx) => {
      await ensureGuild(trx, guild);
      await trx
        .insertInto('members')
        .values({ hash, guild, ...noNotes, ...noThanks, dms_closed: 0, posts_left_out: 0, used: null, ...change })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ ...change, used: null }))
        .execute();
    });
    rememberGuild(memory.guilds, guild);
  };
  const changeWhile = (yes: readonly Yes[], guild: string, user: string, change: Change) =>
    turns.take(async () => {
      const { numUpdatedRows } = await db
        .updateTable('members')
        .set({ ...change, used: null })
        .where('hash', '=', hashes.member(guild, user))
        .where((where) => where.or(yes.map((one) => where(one, '=', 1))))
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    });
  const changeWhileOn = (guild: string, user: string, change: Change) => changeWhile(['notes'], guild, user, change);
  /** Takes a choice back; a row in which nothing is chosen any more goes. */
  const take = async (hash: string, change: Change) => {
    await db.transaction().execute(async (trx) => {
      const silent = { hash, notes: 0, thanks: 0 };
      await trx.updateTable('members').set(change).where('hash', '=', hash).execute();
      await trx
        .updateTable('members')
        .set({ dms_closed: 0 })
        .where((row) => row.and(silent))
        .execute();
      await trx
        .deleteFrom('members')
        .where((row) => row.and({ ...silent, posts_left_out: 0 }))
        .execute();
    });
    await cleared();
  };
  /** Takes a yes back: at once, also while earlier verbs are still writing; and it stays so when the database fails. */
  const takeYes = (opted: Opted, guild: string, user: string, change: Change) => {
    const hash = hashes.member(guild, user);
    remove(opted, guild, hash);
    return turns.take(async () => {
      remove(opted, guild, hash);
      await take(hash, change);
    });
  };
  const giveYes = (opted: Opted, guild: string, user: string, change: Change) =>
    turns.take(async () => {
      const hash = hashes.member(guild, user);
      await put(guild, hash, change);
      add(opted, guild, hash);
    });
  const isIn = (opted: Opted, guild: string, user: string) => {
    const there = opted.get(guild);
    if (there === undefined) return false;
    const hash = hashes.member(guild, user);
    memory.members.used.add(hash);
    return there.has(hash);
  };

  return {
    hasNotes: (guild, user) => isIn(withNotes, guild, user),
    hasThanks: (guild, user) => isIn(withThanks, guild, user),
    of: async (guild, user) => {
      const hash = hashes.member(guild, user);
      const row = await db.selectFrom('members').selectAll().where('hash', '=', hash).executeTakeFirst();
      if (row === undefined) return nobody;
      memory.members.used.add(hash);
      return memberFrom(row);
    },
    turnOn: (guild, user) => giveYes(withNotes, guild, user, { notes: 1 }),
    turnOff: (guild, user) => takeYes(withNotes, guild, user, noNotes),
    snooze: async (guild, user, until) =>
      changeWhileOn(guild, user, {
        snoozed_until: until === undefined ? null : toText(beginningOf(DAY, until - 1) + DAY),
      }),
    setPace: (guild, user, pace) => changeWhileOn(guild, user, { pace }),
    turnKindsOff: (guild, user, kinds) => changeWhileOn(guild, user, { kinds_off: kinds.join(' ') }),
    tellLanded: (guild, user, tell) => changeWhileOn(guild, user, { landed: tell ? 1 : 0, landed_next: null }),
    receiveThanks: (guild, user, receive) =>
      receive
        ? giveYes(withThanks, guild, user, { thanks: 1, dms_closed: 0 })
        : takeYes(withThanks, guild, user, noThanks),
    leavePostsOut: (guild, user, out) =>
      turns.take(async () => {
        const hash = hashes.member(guild, user);
        await (out ? put(guild, hash, { posts_left_out: 1 }) : take(hash, { posts_left_out: 0 }));
      }),
    dmsClosed: (guild, user) => changeWhile(['notes', 'thanks'], guild, user, { dms_closed: 1 }),
    dmsOpen: (guild, user) => changeWhile(['notes', 'thanks'], guild, user, { dms_closed: 0 }),
    forget: (guild, user) => {
      const hash = hashes.member(guild, user);
      silence(memory.members, guild, hash);
      return turns.take(async () => {
        silence(memory.members, guild, hash);
        await db.transaction().execute(async (trx) => {
          for (const table of ['members', 'thanks'] as const)
            await trx.deleteFrom(table).where('hash', '=', hash).execute();
          await trx.deleteFrom('needs').where('hash', '=', hashes.needer(guild, user)).execute();
        });
        await cleared();
      });
    },
  };
}

const nobody: Member = Object.freeze({
  ...{ notes: false, pace: 'day', kindsOff: Object.freeze([]), landed: false },
  ...{ thanks: false, dms: 'open', postsLeftOut: false },
} as const);

function memberFrom(row: Tables['members']): Member {
  return {
    notes: row.notes === 1,
    pace: paces.find((pace) => pace === row.pace) ?? gentlest,
    kindsOff: row.kinds_off.split(' ').filter((kind) => kind !== ''),
    landed: row.landed === 1,
    ...(row.landed_next !== null && { landedNext: fromText(row.landed_next) }),
    thanks: row.thanks === 1,
    ...(row.snoozed_until !== null && { snoozedUntil: fromText(row.snoozed_until) }),
    ...(row.noted_at !== null && { notedAt: fromText(row.noted_at) }),
    dms: row.dms_closed === 1 ? 'closed' : 'open',
    postsLeftOut: row.posts_left_out === 1,
  };
}
