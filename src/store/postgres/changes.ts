import { type Kysely, sql } from 'kysely';

/**
 * What processes tell each other: PostgreSQL announces every change of what each of them has in memory, when it is
 * committed and whoever made it. `<process> <guild>`: this guild's row changed or went. `<process> <guild> <hash>`: this
 * member's choices there did.
 */
export function readChanged(payload: string): { by: string; guild: string; member?: string } | undefined {
  const [by, guild, member] = payload.split(' ');
  return by === undefined || guild === undefined ? undefined : { by, guild, ...(member !== undefined && { member }) };
}

/** What members choose; times of notes, which change with every note, are in no memory. */
const choices = ['notes', 'thanks', 'landed', 'pace', 'kinds_off', 'snoozed_until', 'posts_left_out'];

/** The part of a migration that only PostgreSQL needs. */
export async function announceChanges(db: Kysely<unknown>): Promise<void> {
  for (const [name, payload] of [
    ['guild', 'coalesce(new.id, old.id)'],
    ['member', "coalesce(new.guild, old.guild) || ' ' || coalesce(new.hash, old.hash)"],
  ] as const)
    await sql
      .raw(`
        create function attune_tell_${name}() returns trigger language plpgsql as $$
        begin
          perform pg_notify('attune', coalesce(current_setting('attune.process', true), '-') || ' ' || ${payload});
          return null;
        end $$`)
      .execute(db);
  const differs = choices.map((column) => `old.${column} is distinct from new.${column}`).join(' or ');
  for (const statement of [
    'create trigger attune_guild after insert or update or delete on guilds for each row execute function attune_tell_guild()',
    'create trigger attune_member after insert or delete on members for each row execute function attune_tell_member()',
    `create trigger attune_choice after update on members for each row when (${differs}) execute function attune_tell_member()`,
  ])
    await sql.raw(statement).execute(db);
}
