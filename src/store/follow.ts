import { forgetInMemory } from '#store/forget';
import { type GuildMemory, takeInGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import { type MemberMemory, reloadMembers, silence, takeInMember } from '#store/opted';
import type { Db } from '#store/tables';
import type { Turns } from '#store/turns';
import type { OnWarning } from '#store/warnings';

/** Keeps what is in memory in step with what other processes write. */

/** This guild's row changed or went; with a member, their choices there did. */
export type Changed = { guild: string; member?: string };

export type Following = {
  /** Another process changed this; it is read as soon as it is its turn. */
  changed(what: Changed): void;
  /** Reads all anew: nobody knows what was missed. */
  reload(): Promise<void>;
  /** Nothing more is read. */
  stop(): void;
};

/** PostgreSQL limits the values of one statement. */
const CHUNK = 500;
/** What could not be read is read again after this time, in ms. */
const AGAIN = 1_000;

/** What is kept in step, and by what. */
export type Followed = {
  db: Db;
  /** For what takes longer. */
  patient: Db;
  hashes: Hashes;
  memory: { guilds: GuildMemory; members: MemberMemory };
  turns: Turns;
  /** Writes what the database did not take before. */
  settle: () => Promise<void>;
  onWarning: OnWarning;
  /** Somebody chose something there, elsewhere. */
  onChoice: (guild: string) => void;
};

export function followOthers(followed: Followed): Following {
  const { db, patient, hashes, memory, turns, settle, onWarning, onChoice } = followed;
  let guilds = new Set<string>();
  let members = new Map<string, string>();
  let isStopped = false;

  const read = async () => {
    const [ids, hashesOf] = [guilds, members];
    guilds = new Set();
    members = new Map();
    try {
      await readThese([...ids], [...hashesOf]);
    } catch (error) {
      for (const id of ids) guilds.add(id);
      for (const [hash, guild] of hashesOf) members.set(hash, guild);
      throw error;
    }
  };
  const catchUp = (): void => {
    const later = () => void setTimeout(() => !isStopped && catchUp(), AGAIN).unref();
    turns.take(read).catch(later);
  };
  const readThese = async (ids: readonly string[], hashesOf: readonly (readonly [string, string])[]) => {
    for (const some of chunks(ids)) {
      const rows = await db.selectFrom('guilds').selectAll().where('id', 'in', some).execute();
      for (const row of rows) takeInGuild(memory.guilds, row, onWarning);
      const there = new Set(rows.map(({ id }) => id));
      for (const id of some) if (!there.has(id)) forgetInMemory(memory, id);
    }
    for (const some of chunks(hashesOf)) {
      const names = some.map(([hash]) => hash);
      const rows = await db.selectFrom('members').selectAll().where('hash', 'in', names).execute();
      for (const [hash, guild] of some) silence(memory.members, guild, hash);
      for (const row of rows) takeInMember(memory.members, hashes, row);
    }
    for (const guild of [...ids, ...hashesOf.map(([, guild]) => guild)]) onChoice(guild);
  };

  return {
    changed({ guild, member }) {
      const isFirst = guilds.size + members.size === 0;
      if (member === undefined) guilds.add(guild);
      else members.set(member, guild);
      if (isFirst) catchUp();
    },
    stop: () => {
      isStopped = true;
    },
    async reload() {
      await settle();
      await turns.take(async () => {
        const rows = await patient.selectFrom('guilds').selectAll().execute();
        for (const row of rows) takeInGuild(memory.guilds, row, onWarning);
        const there = new Set(rows.map(({ id }) => id));
        for (const id of [...memory.guilds.known.keys()]) if (!there.has(id)) forgetInMemory(memory, id);
        await reloadMembers(patient, hashes, memory.members);
      });
    },
  };
}

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) => all.slice(at * CHUNK, (at + 1) * CHUNK));
