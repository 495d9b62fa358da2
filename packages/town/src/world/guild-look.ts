/** What a guild looks like on the wire: as REST gives it, and as the bot hears of it. */

import { channelLook, memberLook, rolesLook } from '#world/look';
import { canView } from '#world/permissions';
import { channelOf, type Guild, iso, must, type World } from '#world/world';

/** The parts of a guild that GET /guilds/:id and GUILD_CREATE share. */
export function guildLook(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: ['COMMUNITY', 'NEWS', 'APPLICATION_COMMAND_PERMISSIONS_V2'],
    banner: null,
    owner_id: guild.owner,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannel,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 1,
    roles: rolesLook(guild),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 2,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: guild.systemChannel,
    safety_alerts_channel_id: null,
    public_updates_channel_id: guild.systemChannel,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
}

/** GUILD_CREATE as the bot gets it. Other members are in it only with the Guild Members intent. */
export function guildCreateLook(world: World, guild: Guild, withMembers: boolean) {
  const bot = world.bot.user.id;
  const all = [...guild.channels].map((id) => channelOf(world, id));
  const members = [...guild.members.values()].filter((member) => withMembers || member.user === bot);
  return {
    ...guildLook(guild),
    joined_at: iso(must(guild.members.get(bot), 'bot in that guild').joinedAt),
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: members.map((member) => memberLook(world, member)),
    channels: all.filter((channel) => !channel.thread).map((channel) => channelLook(world, channel, bot)),
    threads: all
      .filter((channel) => channel.thread && !channel.thread.archived && canView(world, channel, bot))
      .map((channel) => channelLook(world, channel, bot)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
