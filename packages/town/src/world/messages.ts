/** Writing, editing and deleting: every way in which messages change. Rights are checked by whoever calls. */
import { type APIAttachment, type APIEmoji, type APIMessage, MessageFlags, MessageType } from 'discord-api-types/v10';
import { type Allowed, type Draft, mentionsIn, referenceOf } from '#world/draft';
import { messageEvent } from '#world/look';
import { isThread } from '#world/permissions';
import { type Channel, channelOf, type File, iso, type Message, must, type World } from '#world/world';

const filesAt = (world: World, file: File) => `${world.origin}/files/${file.id}/${encodeURIComponent(file.name)}`;

/** Keeps a file and gives the attachment that shows it. */
export function attach(world: World, name: string, type: string, bytes: Uint8Array, description?: string) {
  const file: File = { id: world.ids.next(), name, type, bytes };
  world.files.set(file.id, file);
  const url = filesAt(world, file);
  const attachment: APIAttachment = {
    id: file.id,
    filename: name,
    size: bytes.byteLength,
    url,
    proxy_url: url,
    content_type: type,
    ...(description !== undefined && { description }),
  };
  return attachment;
}

const only = (message: Message) => (message.onlyFor === undefined ? {} : { only: [message.onlyFor] });

const where = (message: Message) => ({
  channel: message.wire.channel_id,
  ...(message.guild && { guild: message.guild }),
});

function tell(world: World, t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE', message: Message) {
  const viewer = message.onlyFor ?? world.bot.user.id;
  world.emit({ t, d: messageEvent(world, message, viewer), ...where(message), ...only(message) });
}

/** Adds a message to a channel and tells everybody who may know of it. */
export function writeMessage(world: World, channel: Channel, draft: Draft): Message {
  const id = draft.id ?? world.ids.next(draft.at);
  const content = draft.content ?? '';
  const { nonce } = draft;
  const wire: Message['wire'] = {
    type: draft.type ?? MessageType.Default,
    content,
    ...mentionsIn(world, channel, draft, content + JSON.stringify(draft.components ?? '')),
    attachments: draft.attachments ?? [],
    embeds: draft.embeds ?? [],
    timestamp: iso(draft.at ?? world.clock.now()),
    edited_timestamp: null,
    flags: (draft.flags ?? 0) | (draft.onlyFor ? MessageFlags.Ephemeral : 0),
    components: draft.components ?? [],
    id,
    channel_id: channel.id,
    author: draft.author,
    pinned: false,
    tts: draft.tts ?? false,
    ...(nonce !== undefined && { nonce }),
    ...referenceOf(world, draft),
    ...draft.more,
  };
  const message: Message = {
    wire,
    reactions: new Map(),
    ...(channel.guild && { guild: channel.guild }),
    ...(draft.onlyFor && { onlyFor: draft.onlyFor }),
  };
  const all = world.messages.get(channel.id) ?? new Map<string, Message>();
  world.messages.set(channel.id, all.set(id, message));
  if (!draft.onlyFor) {
    channel.lastMessage = id;
    if (channel.thread && isThread(channel)) {
      channel.thread.sent += 1;
      if (!channel.thread.members.has(draft.author.id)) channel.thread.members.set(draft.author.id, world.clock.now());
    }
  }
  tell(world, 'MESSAGE_CREATE', message);
  return message;
}

export type Change = {
  content?: string;
  embeds?: APIMessage['embeds'];
  components?: NonNullable<APIMessage['components']>;
  attachments?: APIAttachment[];
  flags?: number;
  allowed?: Allowed;
};

/** An edit by its author: `edited_timestamp` moves. */
export function editMessage(world: World, message: Message, change: Change, quietly = false): Message {
  const { wire } = message;
  const { allowed, ...parts } = change;
  Object.assign(wire, parts);
  if (change.content !== undefined || change.components !== undefined) {
    const text = wire.content + JSON.stringify(wire.components ?? '');
    const draft = { author: wire.author, type: wire.type, ...(allowed && { allowed }) };
    Object.assign(wire, mentionsIn(world, channelOf(world, wire.channel_id), draft, text));
  }
  if (!quietly) wire.edited_timestamp = iso(world.clock.now());
  tell(world, 'MESSAGE_UPDATE', message);
  return message;
}

/** Discord adds a link's preview some time later: an update that is no edit. */
export const previewLink = (world: World, message: Message, url: string) =>
  editMessage(
    world,
    message,
    { embeds: [{ type: 'link', url, title: 'A page' } as APIMessage['embeds'][number]] },
    true,
  );

export function deleteMessage(world: World, message: Message): void {
  const { id, channel_id } = message.wire;
  if (!world.messages.get(channel_id)?.delete(id)) return;
  const d = { id, channel_id, ...(message.guild && { guild_id: message.guild }) };
  world.emit({ t: 'MESSAGE_DELETE', d, ...where(message), ...only(message) });
}

export function bulkDelete(world: World, channel: Channel, ids: readonly string[]): void {
  const all = world.messages.get(channel.id);
  const gone = ids.filter((id) => all?.delete(id));
  if (gone.length === 0) return;
  const guild = must(channel.guild, 'guild of that channel');
  const d = { ids: gone, channel_id: channel.id, guild_id: guild };
  world.emit({ t: 'MESSAGE_DELETE_BULK', d, channel: channel.id, guild });
}

export function setPinned(world: World, message: Message, pinned: boolean): void {
  if (message.wire.pinned === pinned) return;
  message.wire.pinned = pinned;
  tell(world, 'MESSAGE_UPDATE', message);
}

/** `❤️`, or `name:id` for one of a guild's own. */
export function emojiOf(text: string): APIEmoji {
  const own = /^<?(a?):?([\w~]+):(\d+)>?$/.exec(text);
  return own ? { id: own[3] ?? null, name: own[2] ?? null } : { id: null, name: text };
}

const emojiKey = (emoji: APIEmoji) => (emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? ''));

/** Adds or takes away one person's reaction. */
export function react(world: World, message: Message, user: string, text: string, adds: boolean): void {
  const emoji = emojiOf(text);
  const key = emojiKey(emoji);
  const reaction = message.reactions.get(key) ?? { emoji, users: new Set<string>() };
  if (reaction.users.has(user) === adds) return;
  if (adds) reaction.users.add(user);
  else reaction.users.delete(user);
  if (reaction.users.size > 0) message.reactions.set(key, reaction);
  else message.reactions.delete(key);
  const { id, channel_id, author } = message.wire;
  const d = {
    user_id: user,
    type: 0,
    message_id: id,
    channel_id,
    emoji,
    burst: false,
    ...(message.guild && { guild_id: message.guild }),
    ...(adds && { message_author_id: author.id, burst_colors: [] }),
  };
  world.emit({ t: adds ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE', d, ...where(message), ...only(message) });
}
