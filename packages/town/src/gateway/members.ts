/** Answers to op 8: members of a guild on request. */
import { GatewayIntentBits as Intent } from 'discord-api-types/v10';
import { asList, type Json } from '#checks/read';
import type { Session } from '#gateway/session';
import { memberLook } from '#world/look';
import type { World } from '#world/world';

/** One chunk: by ids, or by the beginning of a name; the whole list needs the Guild Members intent. */
export function sendMembers(world: World, session: Session, d: Json): void {
  const guild = world.guilds.get(String(d.guild_id));
  if (!guild?.members.has(world.bot.user.id)) return;
  const ids = typeof d.user_ids === 'string' ? [d.user_ids] : asList(d.user_ids).map(String);
  const query = typeof d.query === 'string' ? d.query.toLowerCase() : undefined;
  const limit = Number(d.limit ?? 0) || Number.POSITIVE_INFINITY;
  if (query === '' && (session.intents & Intent.GuildMembers) === 0) return;
  const members = [...guild.members.values()].filter(({ user }) =>
    query === undefined ? ids.includes(user) : world.people.get(user)?.user.username.startsWith(query),
  );
  session.dispatch('GUILD_MEMBERS_CHUNK', {
    guild_id: guild.id,
    members: members.slice(0, limit).map((member) => memberLook(world, member)),
    chunk_index: 0,
    chunk_count: 1,
    not_found: ids.filter((id) => !guild.members.has(id)),
    ...(d.nonce !== undefined && { nonce: d.nonce }),
  });
}
