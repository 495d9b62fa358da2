import type { GuildMemory } from '#store/guilds';
import { type MemberMemory, silenceGuild } from '#store/opted';
import type { Db } from '#store/tables';
import type { Turns } from '#store/turns';

type Memory = { guilds: GuildMemory; members: MemberMemory };

/** The memory's side of a guild whose row is gone. */
export function forgetInMemory(memory: Memory, guild: string): void {
  memory.guilds.known.delete(guild);
  silenceGuild(memory.members, guild);
}

/**
 * Deletes all that belongs to a guild at once: every table refers to its row, and goes with it. `cleared` is awaited
 * after the deletion.
 */
export function forgetGuild(
  db: Db,
  memory: Memory,
  turns: Turns,
  cleared: () => Promise<void>,
  guild: string,
): Promise<void> {
  return turns.take(async () => {
    await db.deleteFrom('guilds').where('id', '=', guild).execute();
    forgetInMemory(memory, guild);
    await cleared();
  });
}
