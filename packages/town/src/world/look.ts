/** What things look like on the wire, to whoever looks at them. Nothing here changes anything. */
import {
  type APIEmbed,
  type APIGuildMember,
  type APIMessage,
  type APIMessageSnapshot,
  type APIReaction,
  type APIUser,
  ChannelType,
  type GuildMemberFlags,
  MessageType,
} from 'discord-api-types/v10';
import { inChannel } from '#world/permissions';
import {
  type Channel,
  channelOf,
  type Guild,
  guildOf,
  iso,
  type Member,
  type Message,
  messageOf,
  personOf,
  type World,
} from '#world/world';

const none = <Flags>(): Flags => 0 as Flags;

/** The member without their user, as messages carry it. */
export function partialMember(member: Member): Omit<APIGuildMember, 'user'> {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: none<GuildMemberFlags>(),
    joined_at: iso(member.joinedAt),
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

export const memberLook = (world: World, member: Member): APIGuildMember => ({
  ...partialMember(member),
  user: personOf(world, member.user).user,
});

export const rolesLook = (guild: Guild) => [...guild.roles.values()];

export function threadMemberLook(channel: Channel, user: string) {
  const joined = channel.thread?.members.get(user);
  if (joined === undefined) return undefined;
  return { id: channel.id, user_id: user, join_timestamp: iso(joined), flags: 0 };
}

/** A channel as `viewer` is shown it. */
export function channelLook(world: World, channel: Channel, viewer: string) {
  const { id, type, name, guild } = channel;
  if (!guild) {
    const others = channel.recipients.filter((one) => one !== viewer).map((one) => personOf(world, one).user);
    return { id, type, last_message_id: channel.lastMessage, flags: 0, recipients: others };
  }
  const shared = { id, type, guild_id: guild, name, parent_id: channel.parent, flags: 0 };
  const { thread } = channel;
  if (thread) {
    const member = threadMemberLook(channel, viewer);
    return {
      ...shared,
      owner_id: thread.owner,
      last_message_id: channel.lastMessage,
      message_count: Math.max(0, thread.sent),
      member_count: Math.min(50, thread.members.size),
      total_message_sent: Math.max(0, thread.sent),
      rate_limit_per_user: 0,
      applied_tags: [...thread.tags],
      thread_metadata: {
        archived: thread.archived,
        archive_timestamp: iso(thread.archivedAt),
        auto_archive_duration: 4320,
        locked: thread.locked,
        create_timestamp: iso(thread.archivedAt),
        ...(type === ChannelType.PrivateThread && { invitable: true }),
      },
      ...(member && { member }),
    };
  }
  const placed = { ...shared, position: channel.position, permission_overwrites: structuredClone(channel.overwrites) };
  if (type === ChannelType.GuildCategory) return placed;
  const text = {
    ...placed,
    topic: channel.topic,
    nsfw: false,
    rate_limit_per_user: 0,
    last_message_id: channel.lastMessage,
  };
  if (type !== ChannelType.GuildForum) return { ...text, last_pin_timestamp: null };
  return {
    ...text,
    available_tags: structuredClone(channel.tags),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
    default_thread_rate_limit_per_user: 0,
  };
}

/** A channel as an interaction carries it: with the permissions of who acted. */
export function resolvedChannelLook(world: World, channel: Channel, viewer: string) {
  return { ...channelLook(world, channel, viewer), permissions: inChannel(world, channel, viewer).toString() };
}

export const threadsOf = (world: World, guild: Guild): Channel[] =>
  [...guild.channels].map((id) => channelOf(world, id)).filter((channel) => channel.thread);

function reactionsLook(message: Message, viewer: string): APIReaction[] {
  return [...message.reactions.values()].map(({ emoji, users }) => ({
    emoji,
    count: users.size,
    count_details: { normal: users.size, burst: 0 },
    burst_colors: [],
    me_burst: false,
    me: users.has(viewer),
  }));
}

const carriesReference = new Set<MessageType>([
  MessageType.Reply,
  MessageType.ThreadStarterMessage,
  MessageType.ContextMenuCommand,
]);

/** A message as `viewer` is shown it, whole. Whoever may not see message content gets `withoutContent` of it. */
export function messageLook(world: World, message: Message, viewer: string): APIMessage {
  const { wire } = message;
  const look: APIMessage = { ...structuredClone(wire) };
  const thread = world.channels.get(wire.id);
  if (thread?.thread && thread.parent === wire.channel_id) {
    look.thread = channelLook(world, thread, viewer) as NonNullable<APIMessage['thread']>;
  }
  const reactions = reactionsLook(message, viewer);
  if (reactions.length > 0) look.reactions = reactions;
  const reference = wire.message_reference;
  if (carriesReference.has(wire.type) && reference?.message_id) {
    const referred = messageOf(world, reference.channel_id, reference.message_id);
    look.referenced_message = referred ? { ...structuredClone(referred.wire) } : null;
  }
  return look;
}

type Content = {
  content: string;
  embeds: APIEmbed[];
  attachments: unknown[];
  components?: unknown[] | undefined;
};

const emptied = <T extends Content>(part: T): T => ({
  ...part,
  content: '',
  embeds: [],
  attachments: [],
  components: [],
});

/** What is left of a message for an application that may not read message content. */
export function withoutContent(message: APIMessage, reader: string): APIMessage {
  const exempt = message.author.id === reader || message.mentions.some((user: APIUser) => user.id === reader);
  const look = exempt ? { ...message } : emptied(message);
  if (!exempt) delete look.poll;
  if (look.referenced_message) look.referenced_message = withoutContent(look.referenced_message, reader);
  if (look.message_snapshots && !exempt) {
    look.message_snapshots = look.message_snapshots.map(
      (snapshot): APIMessageSnapshot => ({ ...snapshot, message: emptied(snapshot.message) }),
    );
  }
  return look;
}

/** MESSAGE_CREATE and MESSAGE_UPDATE: the message with where it was said and by which member. */
export function messageEvent(world: World, message: Message, viewer: string): object {
  const look = messageLook(world, message, viewer);
  const channel = channelOf(world, look.channel_id);
  if (!message.guild) return { ...look, channel_type: channel.type };
  const guild = guildOf(world, message.guild);
  const author = look.webhook_id ? undefined : guild.members.get(look.author.id);
  const mentions = look.mentions.map((user) => {
    const member = guild.members.get(user.id);
    return member ? { ...user, member: partialMember(member) } : user;
  });
  return {
    ...look,
    mentions,
    guild_id: guild.id,
    channel_type: channel.type,
    ...(author && { member: partialMember(author) }),
  };
}
