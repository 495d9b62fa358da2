/** Made-up servers and messages with the shape and weight of Discord's own payloads. The same seed makes the same. */

export type Guild = { id: string; create: object; text: readonly string[]; people: readonly Person[] };
export type Person = { user: { id: string }; member: object };
export type Packet = { t: string; d: object };
export type World = {
  self: string;
  guilds: readonly Guild[];
  post: { guild: string; channel: string; id: string };
  /** Somebody runs /reflect. */
  interaction: object;
};
export type Size = { guilds: number; channels: number; roles: number; members: number; threads: number };

/** Many channels and roles, and little else: that is the hardest on a bot that keeps nothing else, beside one that does. */
export const defaultSize: Size = { guilds: 1000, channels: 30, roles: 15, members: 10, threads: 1 };

const epoch = 1420070400000n;
const start = 1700000000000;

/** A source of numbers in [0, 1): mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Snowflakes that grow by one. */
export function snowflakes(from: number): () => string {
  let next = (BigInt(from) - epoch) << 22n;
  return () => String(next++);
}

const words =
  `i you we they it my your that this just really so not never always feel felt tired alone scared okay maybe
  today tonight yesterday work school mum dad friend partner doctor therapist sleep crying thinking know want need try
  should could would have been going talk listen hear sorry thank sounds hard heavy lost angry numb better worse again
  because when after before with about for and but or if then still even though people nobody everyone`.split(/\s+/);

/** Between 3 and 60 words, mostly few, now and then a mention or an emoji. */
export function sentence(random: () => number): string {
  const length = 3 + Math.floor(random() ** 2 * 57);
  const chosen = Array.from({ length }, () => words[Math.floor(random() * words.length)]);
  if (random() < 0.1) chosen.push('\u{1F499}');
  return chosen.join(' ');
}

const hex = (random: () => number) => Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join('');

function person(random: () => number, id: () => string, roles: readonly string[]): Person {
  const name = `${words[Math.floor(random() * words.length)]}.${Math.floor(random() * 10000)}`;
  const user = {
    id: id(),
    username: name,
    global_name: name.toUpperCase(),
    discriminator: '0',
    avatar: hex(random),
    avatar_decoration_data: null,
    collectibles: null,
    display_name_styles: null,
    primary_guild: null,
    clan: null,
    public_flags: 0,
    bot: false,
  };
  const member = {
    roles: roles.filter(() => random() < 0.3),
    nick: random() < 0.3 ? `${name} (nick)` : null,
    joined_at: new Date(start - Math.floor(random() * 1e10)).toISOString(),
    premium_since: null,
    communication_disabled_until: null,
    avatar: null,
    banner: null,
    pending: false,
    mute: false,
    deaf: false,
    flags: 0,
  };
  return { user, member };
}

/** None in most channels; else `@everyone` may not see it or write in it, and some roles may. */
function overwrites([everyone = '', ...roles]: readonly string[], random: () => number) {
  if (random() >= 0.4) return [];
  const bits = random() < 0.5 ? '1024' : '2048';
  const may = roles.filter(() => random() < 0.2);
  return [
    { id: everyone, type: 0, allow: '0', deny: bits },
    ...may.map((id) => ({ id, type: 0, allow: bits, deny: '0' })),
  ];
}

function channel(id: string, index: number, parent: string | null, roles: readonly string[], random: () => number) {
  const type = parent === null ? 4 : index % 5 === 4 ? 2 : index % 7 === 6 ? 15 : 0;
  return {
    id,
    type,
    name: `${words[index]}-${words[index + 7]}`,
    position: index,
    parent_id: parent,
    flags: 0,
    nsfw: false,
    rate_limit_per_user: 0,
    permission_overwrites: overwrites(roles, random),
    ...(type === 4 ? {} : { topic: sentence(random), last_message_id: id }),
    ...(type === 2 ? { bitrate: 64000, user_limit: 0, rtc_region: null } : {}),
    ...(type === 15
      ? {
          available_tags: [{ id, name: 'advice welcome', moderated: false, emoji_id: null, emoji_name: null }],
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
          template: '',
        }
      : {}),
  };
}

function thread(id: string, parent: string, owner: string, guild: string, random: () => number) {
  const at = new Date(start).toISOString();
  return {
    id,
    type: 11,
    guild_id: guild,
    parent_id: parent,
    owner_id: owner,
    name: sentence(random).slice(0, 90),
    last_message_id: id,
    message_count: 3,
    member_count: 2,
    total_message_sent: 3,
    rate_limit_per_user: 0,
    flags: 0,
    thread_metadata: { archived: false, locked: false, auto_archive_duration: 1440, archive_timestamp: at },
  };
}

function guild(size: Size, self: string, id: () => string, random: () => number): Guild {
  const guildId = id();
  const roles = Array.from({ length: size.roles }, (_, index) => ({
    id: index === 0 ? guildId : id(),
    name: index === 0 ? '@everyone' : `${words[index]} ${words[index + 20]}`,
    permissions: '2248473465835073',
    position: index,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: index === 1,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...(index === 1 ? { tags: { bot_id: self } } : {}),
  }));
  const allRoles = roles.map((role) => role.id);
  const roleIds = allRoles.slice(1);
  const people = Array.from({ length: size.members }, () => person(random, id, roleIds));
  const categories = [id(), id()];
  const channels = Array.from({ length: size.channels }, (_, index) => {
    const category = categories[index];
    return channel(category ?? id(), index, category ? null : (categories[index % 2] ?? null), allRoles, random);
  });
  const text = channels.filter(({ type }) => type === 0).map((found) => found.id);
  const owner = people[0]?.user.id ?? self;
  const threads = Array.from({ length: size.threads }, () => thread(id(), text[0] ?? guildId, owner, guildId, random));
  const me = { ...person(random, id, []).member, roles: roleIds.slice(0, 1) };
  const bot = { id: self, username: 'attune', discriminator: '0001', avatar: null, global_name: null, bot: true };
  const create = {
    id: guildId,
    name: sentence(random).slice(0, 60),
    icon: hex(random),
    splash: null,
    banner: null,
    description: null,
    owner_id: owner,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 1,
    default_message_notifications: 1,
    explicit_content_filter: 2,
    mfa_level: 0,
    features: ['COMMUNITY', 'NEWS', 'AUTO_MODERATION', 'INVITE_SPLASH', 'CHANNEL_ICON_EMOJIS_GENERATED'],
    preferred_locale: 'en-US',
    nsfw: false,
    nsfw_level: 0,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: text[0] ?? null,
    system_channel_flags: 0,
    rules_channel_id: text[0] ?? null,
    public_updates_channel_id: text[1] ?? null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    max_members: 500000,
    max_video_channel_users: 25,
    joined_at: new Date(start).toISOString(),
    large: false,
    unavailable: false,
    member_count: size.members + 1,
    roles,
    channels,
    threads,
    members: [
      { user: bot, ...me },
      ...people.slice(0, Math.ceil(size.members / 2)).map(({ user, member }) => ({ user, ...member })),
    ],
    emojis: Array.from({ length: 10 }, (_, index) => ({
      id: id(),
      name: `feeling_${index}`,
      roles: [],
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    stickers: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    embedded_activities: [],
    activity_instances: [],
  };
  return { id: guildId, create, text, people };
}

function interaction(self: string, { id: guild_id, text, people }: Guild, id: string): object {
  const [who] = people;
  const [channel_id] = text;
  return {
    ...{ id, application_id: self, type: 2, token: 'load', version: 1, context: 0, attachment_size_limit: 10_485_760 },
    ...{ locale: 'en-US', guild_locale: 'en-US', guild_id, guild: { id: guild_id, locale: 'en-US', features: [] } },
    ...{ channel_id, channel: { id: channel_id, type: 0, guild_id, name: 'support', permissions: '2248473465835073' } },
    ...{ app_permissions: '2248473465835073', entitlements: [], authorizing_integration_owners: { 0: guild_id } },
    member: { ...who?.member, user: who?.user, permissions: '2248473465835073' },
    data: { id: '1', name: 'reflect', type: 1 },
  };
}

export function makeWorld(size: Size, seed = 1): World {
  const random = numbers(seed);
  const id = snowflakes(start);
  const self = id();
  const guilds = Array.from({ length: size.guilds }, () => guild(size, self, id, random));
  const [first] = guilds;
  if (!first) throw new Error('a world needs a server');
  const post = { guild: first.id, channel: first.text[0] ?? '', id: id() };
  return { self, guilds, post, interaction: interaction(self, first, id()) };
}
