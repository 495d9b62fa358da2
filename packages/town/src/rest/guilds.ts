/** Routes of people and guilds: who is there, which channels and roles there are. */
import { apiError } from '#api-error';
import { guildAt, nothing, ok, part, type Routes } from '#rest/call';
import { guildLook } from '#world/guild-look';
import { removeBot } from '#world/guilds';
import { channelLook, memberLook, rolesLook, threadMemberLook, threadsOf } from '#world/look';
import { canView } from '#world/permissions';
import { channelOf } from '#world/world';

export const guildRoutes: Routes = {
  'GET /users/@me': ({ world }) =>
    ok({ ...world.bot.user, mfa_enabled: true, locale: 'en-US', email: null, verified: true, bio: '' }),
  'GET /users/@me/guilds': ({ world }) =>
    ok(
      [...world.guilds.values()]
        .filter((guild) => guild.members.has(world.bot.user.id))
        .map(({ id, name, owner }) => ({
          id,
          name,
          icon: null,
          banner: null,
          owner: owner === world.bot.user.id,
          permissions: '0',
          features: [],
        })),
    ),
  'DELETE /users/@me/guilds/:guild': (call) => {
    removeBot(call.world, guildAt(call));
    return nothing;
  },
  'GET /users/:user': (call) => {
    const person = call.world.people.get(part(call, 'user'));
    if (!person) throw apiError.unknownUser();
    return ok(person.user);
  },
  'GET /guilds/:guild': (call) => {
    const guild = guildAt(call);
    const counts = call.query.get('with_counts') === 'true';
    return ok({
      ...guildLook(guild),
      ...(counts && { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size }),
    });
  },
  'GET /guilds/:guild/channels': (call) => {
    const bot = call.world.bot.user.id;
    const all = [...guildAt(call).channels].map((id) => channelOf(call.world, id));
    return ok(all.filter((channel) => !channel.thread).map((channel) => channelLook(call.world, channel, bot)));
  },
  'GET /guilds/:guild/roles': (call) => ok(rolesLook(guildAt(call))),
  'GET /guilds/:guild/members/:user': (call) => {
    const member = guildAt(call).members.get(part(call, 'user'));
    if (!member) throw apiError.unknownMember();
    return ok(memberLook(call.world, member));
  },
  'GET /guilds/:guild/members': (call) => {
    if (!call.world.grants.guildMembers) throw apiError.missingAccess();
    const limit = Math.min(1000, Number(call.query.get('limit') ?? 1));
    return ok([...guildAt(call).members.values()].slice(0, limit).map((member) => memberLook(call.world, member)));
  },
  'GET /guilds/:guild/threads/active': (call) => {
    const bot = call.world.bot.user.id;
    const threads = threadsOf(call.world, guildAt(call)).filter(
      (thread) => !thread.thread?.archived && canView(call.world, thread, bot),
    );
    return ok({
      threads: threads.map((thread) => channelLook(call.world, thread, bot)),
      members: threads.flatMap((thread) => threadMemberLook(thread, bot) ?? []),
      has_more: false,
    });
  },
};
