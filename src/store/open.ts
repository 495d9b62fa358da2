import { type Dialect, Kysely } from 'kysely';
import { carryOver } from '#store/carry-over';
import { type Claim, type Claimed, claim } from '#store/claims';
import { type Counts, countVerbs } from '#store/counts';
import { type Days, dayVerbs } from '#store/days';
import type { Followed } from '#store/follow';
import { forgetGuild } from '#store/forget';
import { type Guilds, guildVerbs, loadGuilds } from '#store/guilds';
import { hashesUnder } from '#store/hash';
import { type Members, memberVerbs } from '#store/members';
import { migrate } from '#store/migrations';
import { type Needs, needVerbs } from '#store/needs';
import { loadMembers } from '#store/opted';
import { countUnderOtherKeys, dropOtherKeys } from '#store/other-keys';
import { oweWhatFailed } from '#store/owed';
import { type OwnPrompts, ownPromptVerbs } from '#store/own-prompts';
import { type Person, personVerbs } from '#store/person';
import { openSqlite } from '#store/sqlite';
import { explain } from '#store/store-error';
import { noteUse, sweep, sweepGuilds } from '#store/sweep';
import type { Db, Tables } from '#store/tables';
import { type Thanks, thanksVerbs } from '#store/thanks';
import { inTurn } from '#store/turns';
import type { OnWarning } from '#store/warnings';

/**
 * All that Attune remembers, as verbs. A rejected promise means that nothing was written; a `turnOff` or `forget` that
 * was rejected silences the member all the same, is seen as done, and is tried again with every sweep.
 */
export type Store = {
  guilds: Guilds;
  members: Members;
  person: Person;
  /** What members said that they need, for a day. */
  needs: Needs;
  /** The right to send one note, given at most once; undefined: do not send. See claims.ts. */
  claim(asked: Claim): Promise<Claimed | undefined>;
  /** Does nobody get a note just now? The database is away, or the key is another one than before. */
  isSilent(): boolean;
  thanks: Thanks;
  counts: Counts;
  /**
   * The key that is not there any more is lost: forgets all that was kept under it, and lets notes be sent again. Tells
   * how many rows that were. Until then nobody gets one (see other-keys.ts).
   */
  acceptKey(): Promise<number>;
  days: Days;
  /** The community's own prompts. */
  ownPrompts: OwnPrompts;
  /** Deletes all that belongs to this guild, at once; it is then as if it had never been seen. Nobody there is contacted meanwhile. */
  forgetGuild(guild: string): Promise<void>;
  /**
   * Forgets what has been kept long enough at `now` (ms); call it every minute or so. Of guilds that are gone
   * only `ours`: others are seen by another process.
   */
  sweep(now: number, isOurs?: (guild: string) => boolean): Promise<void>;
  /** Waits for what is under way, then closes. A second call does nothing. */
  close(): Promise<void>;
};

export type StoreOptions = {
  /** The secret that members are hashed with; see key.ts. */
  key: string;
  /** Hears of what does not stop the bot but should be known. */
  onWarning?: OnWarning;
  /** Somebody chose something in this guild, in another process: what is on its way there is to be asked again. */
  onChoice?: (guild: string) => void;
};

/** Opens or makes the SQLite database at `path`. Throws a StoreError that says what to do when that cannot be done. */
export async function openStore({
  path,
  key,
  ...options
}: Omit<StoreOptions, 'key'> & { path: string; key: string | (() => string) }): Promise<Store> {
  const file = openSqlite(path);
  try {
    // Asked for only now: no key is made beside a database that cannot be opened.
    const secret = typeof key === 'string' ? key : key();
    return await storeOn(file, { ...options, key: secret });
  } catch (error) {
    file.close();
    throw explain(error, path);
  }
}

/** A database that Kysely speaks to, and what the store has to know of it besides. */
export type Engine = {
  dialect: Dialect;
  /**
   * Takes the bytes of deleted rows out of the files and tells whether it could; it is called with the only connection
   * at rest.
   */
  emptyLog?: () => boolean;
  /** The same database for what takes long, where that needs another connection. */
  patient?: Db;
  /** Where other processes write as well. */
  others?: Others;
};
export type Others = {
  /** Is it unknown what others do, or have they just come back? Then nobody is contacted. */
  isQuiet(): boolean;
  /** Is it this process that forgets for all? */
  sweeps(): Promise<boolean>;
  /** Told once everything is read: what is needed to keep it in step. */
  follow(with_: Followed): void;
  close(): Promise<void>;
};

const alone: Others = {
  isQuiet: () => false,
  sweeps: async () => true,
  follow: () => undefined,
  close: async () => undefined,
};

/** The store on any database. */
export async function storeOn(
  { dialect, emptyLog = () => true, patient, others = alone }: Engine,
  { key, onWarning = () => undefined, onChoice = () => undefined }: StoreOptions,
): Promise<Store> {
  const hashes = hashesUnder(key);
  const db = new Kysely<Tables>({ dialect });
  const slow = patient ?? db;
  await migrate(slow);
  await carryOver(slow, hashes);
  const memory = { guilds: await loadGuilds(slow, onWarning), members: await loadMembers(slow, hashes) };
  let unreached = await countUnderOtherKeys(slow, hashes);
  if (unreached > 0) onWarning({ warning: 'another key', rows: unreached });
  const turns = inTurn();
  // What takes long holds nobody up where it has a connection of its own.
  const sweeping = patient ? inTurn() : turns;
  // A reader in another process can keep the log from being emptied; then the next deletion or sweep tries again. The
  // rows are gone by then, so a failure here is no failure of the verb. True at first: a kill may have left bytes behind.
  let bytesLeft = true;
  const cleared = async () => {
    bytesLeft = true;
    bytesLeft = !(await db
      .connection()
      .execute(async () => emptyLog())
      .catch(() => false));
  };
  const guilds = guildVerbs(db, memory.guilds, turns, onWarning);
  const owed = oweWhatFailed(
    memberVerbs(db, hashes, memory, turns, cleared),
    personVerbs(db, hashes, memory, turns, cleared),
  );
  const days = dayVerbs(db, memory, turns);
  others.follow({ db, patient: slow, hashes, memory, turns, settle: owed.settle, onWarning, onChoice });
  /** What is being deleted is silent; where that fails, all there is as it was. */
  const ending = new Set<string>();
  const isSilent = () => unreached > 0 || others.isQuiet();
  const isSilentIn = (guild: string) => isSilent() || ending.has(guild);
  let closing: Promise<void> | undefined;
  return {
    guilds,
    members: {
      ...owed.members,
      hasNotes: (guild, user) => owed.members.hasNotes(guild, user) && !isSilentIn(guild),
      hasThanks: (guild, user) => owed.members.hasThanks(guild, user) && !isSilentIn(guild),
    },
    person: owed.person,
    needs: needVerbs(db, hashes, memory.guilds, turns),
    thanks: thanksVerbs(db, hashes, memory.guilds, turns),
    isSilent,
    claim: async (asked) => (isSilentIn(asked.guild) ? undefined : claim(db, hashes, guilds, asked)),
    counts: countVerbs(db, memory.guilds, turns),
    days: days.verbs,
    ownPrompts: ownPromptVerbs(db, memory.guilds, turns, cleared),
    acceptKey: () =>
      turns.take(async () => {
        const rows = await dropOtherKeys(db, hashes);
        unreached = 0;
        await cleared();
        return rows;
      }),
    forgetGuild: (guild) => {
      const dropped = () => {
        days.drop(guild);
        return cleared();
      };
      ending.add(guild);
      return forgetGuild(db, memory, turns, dropped, guild).finally(() => ending.delete(guild));
    },
    sweep: async (now, isOurs = () => true) => {
      await owed.settle();
      const forAll = await others.sweeps();
      await days.keep(forAll ? now : undefined);
      await noteUse(slow, memory.members, sweeping, now);
      const deleted = forAll && (await sweep(slow, memory, sweeping, now));
      const left = await sweepGuilds(slow, memory, sweeping, now, isOurs);
      if (deleted || left || bytesLeft) await turns.take(cleared);
    },
    close: () => {
      // What cannot be written any more is lost with the process.
      closing ??= days
        .keep()
        .catch(() => undefined)
        .then(() => Promise.all([turns.rest(), sweeping.rest()]))
        .then(() => owed.close())
        .then(() => others.close())
        .then(() => Promise.all([...new Set([db, slow])].map((one) => one.destroy())))
        .then(() => undefined);
      return closing;
    },
  };
}
