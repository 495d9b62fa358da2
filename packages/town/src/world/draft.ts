/** What somebody wants to say, and what Discord makes of it: whom it reaches, what it answers, what it forwards. */
import {
  type APIAttachment,
  type APIMessage,
  type APIMessageSnapshot,
  type APIUser,
  PermissionFlagsBits as Bits,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import { has, inChannel } from '#world/permissions';
import { type Channel, channelOf, guildOf, type Message, messageOf, type World } from '#world/world';

export type Draft = {
  author: APIUser;
  content?: string;
  type?: MessageType;
  flags?: number;
  embeds?: APIMessage['embeds'];
  components?: NonNullable<APIMessage['components']>;
  attachments?: APIAttachment[];
  reference?: { channel: string; message?: string };
  /** A forward: what the reference looked like. */
  forwards?: Message;
  /** Whom a mention reaches; absent: everybody whom the text names. */
  allowed?: Allowed;
  onlyFor?: string;
  nonce?: string | number;
  tts?: boolean;
  /** A forum post's first message has the id of the post. */
  id?: string;
  /** A moment in the past or future, for messages that arrive late. */
  at?: number;
  more?: Partial<Message['wire']>;
};

export type Allowed = { parse?: string[]; users?: string[]; roles?: string[]; replied_user?: boolean };

const pick = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []));

/** Whom a text reaches. */
export function mentionsIn(world: World, channel: Channel, draft: Draft, text: string) {
  const { allowed } = draft;
  const parse = allowed ? new Set(allowed.parse ?? []) : undefined;
  const reaches = (kind: 'users' | 'roles', id: string) =>
    !parse || parse.has(kind) || allowed?.[kind]?.includes(id) === true;
  const users = new Set([...pick(text, /<@!?(\d+)>/g)].filter((id) => reaches('users', id)));
  const answered = draft.reference?.message && messageOf(world, draft.reference.channel, draft.reference.message);
  const pings = allowed ? (allowed.replied_user ?? parse?.has('users') ?? false) : true;
  if (answered && draft.type === MessageType.Reply && pings) users.add(answered.wire.author.id);
  const roles = channel.guild ? guildOf(world, channel.guild).roles : undefined;
  return {
    mentions: [...users].flatMap((id) => world.people.get(id)?.user ?? []),
    mention_roles: [...pick(text, /<@&(\d+)>/g)].filter((id) => roles?.has(id) && reaches('roles', id)),
    mention_everyone:
      /@(everyone|here)\b/.test(text) &&
      (!parse || parse.has('everyone')) &&
      has(inChannel(world, channel, draft.author.id), Bits.MentionEveryone),
  };
}

function snapshotOf(message: Message): APIMessageSnapshot {
  const {
    content,
    embeds,
    attachments,
    timestamp,
    edited_timestamp,
    flags,
    type,
    mentions,
    mention_roles,
    components,
  } = message.wire;
  return structuredClone({
    message: {
      content,
      embeds,
      attachments,
      timestamp,
      edited_timestamp,
      flags: flags ?? 0,
      type,
      mentions,
      mention_roles,
      components: components ?? [],
    },
  }) as APIMessageSnapshot;
}

/** What a message answers or forwards. */
export function referenceOf(world: World, draft: Draft): Partial<Message['wire']> {
  if (!draft.reference) return {};
  const { channel, message } = draft.reference;
  const { guild } = channelOf(world, channel);
  return {
    message_reference: {
      type: draft.forwards ? MessageReferenceType.Forward : MessageReferenceType.Default,
      channel_id: channel,
      ...(message && { message_id: message }),
      ...(guild && { guild_id: guild }),
    },
    ...(draft.forwards && { message_snapshots: [snapshotOf(draft.forwards)] }),
  };
}
