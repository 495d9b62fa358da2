import type { Hashes } from '#store/hash';
import { type MemberMemory, silence } from '#store/opted';
import type { Db } from '#store/tables';
import type { Turns } from '#store/turns';

/** All that is kept of one person, to be handed to them or forgotten. */
export type Person = {
  /** Every row of theirs as it is stored, in one guild or in all of them. */
  kept(user: string, guild?: string): Promise<Kept[]>;
  /** Deletes all of them, everywhere; they get no more notes from the moment of the call. Tells where something was. */
  forget(user: string): Promise<string[]>;
};

export type Kept = { table: string; guild: string; [column: string]: unknown };

/** The tables with rows of persons: `hash` is one of a member's names, `guild` where. Each one that comes must be here. */
export const ofPersons = ['members', 'needs', 'thanks'] as const;

/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/** `cleared` is awaited after the deletion, outside the transaction. */
export function personVerbs(
  db: Db,
  hashes: Hashes,
  memory: { members: MemberMemory },
  turns: Turns,
  cleared: () => Promise<void>,
): Person {
  /** Every guild has a row, also one that was left a few days ago; memory may not know one yet that another process has. */
  const known = async (on: Db) => (await on.selectFrom('guilds').select('id').execute()).map(({ id }) => id);
  /** One at a time: to hash for tens of thousands of guilds at once would hold everything up. */
  function* chunksOf(user: string, guilds: readonly string[]): Generator<string[]> {
    for (let at = 0; at < guilds.length; at += CHUNK)
      yield guilds.slice(at, at + CHUNK).flatMap((guild) => [hashes.member(guild, user), hashes.needer(guild, user)]);
  }
  const silenceAll = (user: string) => {
    const { notes, thanks } = memory.members.saidYes;
    for (const guild of new Set([...notes.keys(), ...thanks.keys()]))
      silence(memory.members, guild, hashes.member(guild, user));
  };

  return {
    async kept(user, guild) {
      // What was chosen before is in it, but nobody waits behind it: it only reads.
      await turns.rest();
      const found: Kept[] = [];
      for (const some of chunksOf(user, guild === undefined ? await known(db) : [guild]))
        for (const table of ofPersons) {
          const rows = await db.selectFrom(table).selectAll().where('hash', 'in', some).execute();
          found.push(...rows.map((row) => ({ table, ...row })));
        }
      return found;
    },
    forget: (user) => {
      silenceAll(user);
      return turns.take(async () => {
        // Once more: somebody may have turned notes on in between.
        silenceAll(user);
        const guilds = await db.transaction().execute(async (trx) => {
          const deleted = new Set<string>();
          for (const some of chunksOf(user, await known(trx)))
            for (const table of ofPersons) {
              const gone = await trx.deleteFrom(table).where('hash', 'in', some).returning('guild').execute();
              for (const { guild } of gone) deleted.add(guild);
            }
          return [...deleted];
        });
        await cleared();
        return guilds;
      });
    },
  };
}
