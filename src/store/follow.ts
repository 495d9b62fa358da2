import { setImmediate as breath, setTimeout as pause } from 'node:timers/promises';
import { forgetInMemory } from '#store/forget';
import { type GuildMemory, takeInGuild } from '#store/guilds';
import type { Hashes } from '#store/hash';
import { type MemberMemory, reloadMembers, silence, takeInMember } from '#store/opted';
import type { Db } from '#store/tables';
import type { Turns } from '#store/turns';
import type { OnWarning } from '#store/warnings';

/** Keeps what is in memory in step with what is written, here and by other processes. */

/** This guild's row changed or went; with a member, their choices there did. */
export type Changed = { guild: string; member?: string; isOwn: boolean };

export type Following = {
  /**
   * This was changed; it is read as soon as it is its turn. Also what was written here: a verb that failed may have
   * written all the same, where only the answer was lost.
   */
  changed(what: Changed): void;
  /** Reads all anew: nobody knows what was missed. */
  reload(): Promise<void>;
  stop(): void;
};

/** After a read that failed, in ms. */
const again = 500;

/** PostgreSQL limits the values of one statement. */
const CHUNK = 500;

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

  let isReading = false;
  let isStopped = false;

  const read = async (ids: ReadonlySet<string>, hashesOf: ReadonlyMap<string, string>) => {
    for (const some of chunks([...ids])) {
      const rows = await db.selectFrom('guilds').selectAll().where('id', 'in', some).execute();
      for (const row of rows) takeInGuild(memory.guilds, row, onWarning);
      const there = new Set(rows.map(({ id }) => id));
      for (const id of some) if (!there.has(id)) forgetInMemory(memory, id);
    }
    for (const some of chunks([...hashesOf])) {
      const names = some.map(([hash]) => hash);
      const rows = await db.selectFrom('members').selectAll().where('hash', 'in', names).execute();
      for (const [hash, guild] of some) silence(memory.members, guild, hash);
      for (const row of rows) takeInMember(memory.members, hashes, row);
    }
  };
  /** Until it is read: the connection that told of it may be sound where the one that reads is not. */
  const readAll = async () => {
    if (isReading) return;
    isReading = true;
    while (!isStopped && guilds.size + members.size > 0)
      await turns
        .take(async () => {
          const [those, them] = [guilds, members];
          guilds = new Set();
          members = new Map();
          await read(those, them).catch((error: unknown) => {
            guilds = guilds.union(those);
            members = new Map([...them, ...members]);
            throw error;
          });
        })
        .catch(() => pause(again, undefined, { ref: false }));
    isReading = false;
  };

  return {
    changed({ guild, member, isOwn }) {
      if (member === undefined) guilds.add(guild);
      else members.set(member, guild);
      if (!isOwn) {
        // At once: what is on its way must not wait until it is this one's turn to be read.
        if (member !== undefined) silence(memory.members, guild, member);
        onChoice(guild);
      }
      void readAll();
    },
    async reload() {
      await settle();
      await turns.take(async () => {
        const rows = await patient.selectFrom('guilds').selectAll().execute();
        for (const some of chunks(rows)) {
          for (const row of some) takeInGuild(memory.guilds, row, onWarning);
          await breath();
        }
        const there = new Set(rows.map(({ id }) => id));
        for (const id of [...memory.guilds.known.keys()]) if (!there.has(id)) forgetInMemory(memory, id);
        await reloadMembers(patient, hashes, memory.members);
      });
    },
    stop: () => {
      isStopped = true;
    },
  };
}

const chunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, at) => all.slice(at * CHUNK, (at + 1) * CHUNK));
