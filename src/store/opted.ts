import type { Hashes } from '#store/hash';
import type { Db, Tables } from '#store/tables';

/** Who is opted in, in memory: it is asked for every message. */

/** What one says yes to. */
export type Yes = 'notes' | 'thanks';
/** Hashes by guild, so that a guild without anybody costs no hashing. */
export type Opted = Map<string, Set<string>>;
export type MemberMemory = {
  /** Who is opted in. */
  saidYes: Record<Yes, Opted>;
  /**
   * Whose row, if there is one, was of use since the last sweep: they wrote where somebody is opted in, or it was looked
   * up. Months are written by the sweep, so that a message costs no access to the disk, and no time is known.
   */
  used: Set<string>;
};

/** Reads who is opted in into memory. */
export async function loadMembers(db: Db, hashes: Hashes): Promise<MemberMemory> {
  const memory: MemberMemory = { saidYes: { notes: new Map(), thanks: new Map() }, used: new Set() };
  await reloadMembers(db, hashes, memory);
  return memory;
}

/** Others may have written: what was in memory goes. */
export async function reloadMembers(db: Db, hashes: Hashes, memory: MemberMemory): Promise<void> {
  const rows = await db.selectFrom('members').select(['hash', 'guild', 'notes', 'thanks']).execute();
  for (const opted of Object.values(memory.saidYes)) opted.clear();
  for (const row of rows) takeInMember(memory, hashes, row);
}

/** A row as it is stored. */
export function takeInMember({ saidYes }: MemberMemory, { generation }: Hashes, row: Stored): void {
  if (!row.hash.startsWith(`${generation}.`)) return;
  for (const yes of ['notes', 'thanks'] as const)
    if (row[yes] === 1) add(saidYes[yes], row.guild, row.hash);
    else remove(saidYes[yes], row.guild, row.hash);
}
type Stored = Pick<Tables['members'], 'hash' | 'guild' | Yes>;

export function add(opted: Opted, guild: string, hash: string): void {
  const there = opted.get(guild);
  if (there === undefined) opted.set(guild, new Set([hash]));
  else there.add(hash);
}

/** Nobody there gets anything more, from now on. */
export const silenceGuild = ({ saidYes }: MemberMemory, guild: string): void => {
  for (const opted of Object.values(saidYes)) opted.delete(guild);
};

/** They get nothing more there, from now on. */
export const silence = ({ saidYes }: MemberMemory, guild: string, hash: string): void => {
  for (const opted of Object.values(saidYes)) remove(opted, guild, hash);
};

export function remove(opted: Opted, guild: string, hash: string): void {
  const there = opted.get(guild);
  if (there?.delete(hash) && there.size === 0) opted.delete(guild);
}
