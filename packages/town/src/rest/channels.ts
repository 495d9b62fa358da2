/** Routes of channels and what is said in them. */
import {
  PermissionFlagsBits as Bits,
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
} from 'discord-api-types/v10';
import { apiError, invalid } from '#api-error';
import { checkMessage } from '#checks/message';
import { asList, asObject, type Json } from '#checks/read';
import {
  type Call,
  channelAt,
  messageAt,
  need,
  nothing,
  objectIn,
  ok,
  part,
  type Reply,
  type Routes,
} from '#rest/call';
import { shareAGuild } from '#world/guilds';
import { momentOf } from '#world/ids';
import { channelLook, messageLook, withoutContent } from '#world/look';
import { bulkDelete, deleteMessage, editMessage, react, setPinned, writeMessage } from '#world/messages';
import { canSee, isThread } from '#world/permissions';
import { deleteChannel, dmOf } from '#world/places';
import { wakeThread } from '#world/threads';
import { type Channel, type Message, messageOf, must, personOf, type World } from '#world/world';

/** A message as the application may read it: without the granted intent, only its own and those to it. */
export function readByBot(world: World, message: Message) {
  const bot = world.bot.user.id;
  const look = messageLook(world, message, bot);
  return world.grants.messageContent || !message.guild ? look : withoutContent(look, bot);
}

/** How long Discord remembers a nonce that it was told to enforce. */
const nonceLives = 5 * 60_000;
const nonces = new WeakMap<World, Map<string, { message: Message; until: number }>>();

function remembered(world: World, key: string): Message | undefined {
  const known = nonces.get(world)?.get(key);
  return known && known.until > world.clock.now() ? known.message : undefined;
}

function remember(world: World, key: string, message: Message): void {
  const all = nonces.get(world) ?? new Map();
  nonces.set(world, all.set(key, { message, until: world.clock.now() + nonceLives }));
}

/** Direct messages arrive only with somebody who shares a guild and keeps their door open. */
export function needOpenDoor(world: World, channel: Channel): void {
  if (channel.guild) return;
  const bot = world.bot.user.id;
  const other = personOf(
    world,
    must(
      channel.recipients.find((one) => one !== bot),
      'other person there',
    ),
  );
  if (!shareAGuild(world, bot, other.user.id)) throw apiError.noMutualGuilds();
  if (!other.dmsOpen) throw apiError.closedDms();
}

function needToWrite(call: Call, channel: Channel): void {
  needOpenDoor(call.world, channel);
  if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildCategory)
    throw apiError.notInChannelType();
  if (channel.thread?.archived && channel.thread.locked) throw apiError.threadArchived();
  need(call, channel, isThread(channel) ? Bits.SendMessagesInThreads : Bits.SendMessages);
}

function forward(call: Call, channel: Channel, reference: Json): Reply {
  const { world } = call;
  const from = { channel: String(reference.channel_id), message: String(reference.message_id) };
  const source = world.channels.get(from.channel);
  const message = messageOf(world, from.channel, from.message);
  if (!source || !message || !canSee(world, source, message.onlyFor, world.bot.user.id))
    throw apiError.unknownMessage();
  const written = writeMessage(world, channel, { author: world.bot.user, reference: from, forwards: message });
  return ok(readByBot(world, written));
}

function create(call: Call): Reply {
  const { world } = call;
  const channel = channelAt(call);
  needToWrite(call, channel);
  const body = objectIn(call);
  const reference = asObject(body.message_reference);
  if (reference.type === MessageReferenceType.Forward) return forward(call, channel, reference);
  const { enforceNonce, ...form } = checkMessage(world, body, call.uploads);
  const key = `${channel.id} ${form.nonce}`;
  const before = enforceNonce && form.nonce !== undefined ? remembered(world, key) : undefined;
  if (before) return ok(readByBot(world, before));
  const answered = typeof reference.message_id === 'string' ? reference.message_id : undefined;
  if (answered !== undefined && !messageOf(world, channel.id, answered) && reference.fail_if_not_exists !== false)
    invalid(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
  const replies = answered !== undefined && messageOf(world, channel.id, answered) !== undefined;
  wakeThread(world, channel);
  const message = writeMessage(world, channel, {
    ...form,
    author: world.bot.user,
    flags: form.flags & ~MessageFlags.Ephemeral,
    ...(replies && { type: MessageType.Reply, reference: { channel: channel.id, message: answered } }),
  });
  if (enforceNonce && form.nonce !== undefined) remember(world, key, message);
  return ok(readByBot(world, message));
}

function edit(call: Call): Reply {
  const channel = channelAt(call);
  const message = messageAt(call, channel);
  const bot = call.world.bot.user.id;
  if (message.wire.author.id !== bot) throw apiError.notTheAuthor();
  const {
    enforceNonce: _,
    nonce: __,
    tts: ___,
    ...form
  } = checkMessage(call.world, call.body, call.uploads, messageLook(call.world, message, bot));
  return ok(
    readByBot(call.world, editMessage(call.world, message, { ...form, flags: form.flags & ~MessageFlags.Ephemeral })),
  );
}

function remove(call: Call): Reply {
  const channel = channelAt(call);
  const message = messageAt(call, channel);
  if (message.wire.author.id !== call.world.bot.user.id) {
    if (!channel.guild) throw apiError.notInDms();
    need(call, channel, Bits.ManageMessages);
  }
  deleteMessage(call.world, message);
  return nothing;
}

/** The newest first; `before`, `after` or `around` a message, at most 100. */
function list(call: Call): Reply {
  const channel = channelAt(call);
  const { query, world } = call;
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)));
  const all = [...(world.messages.get(channel.id)?.values() ?? [])]
    .filter((message) => !message.onlyFor)
    .sort((a, b) => (BigInt(a.wire.id) < BigInt(b.wire.id) ? 1 : -1));
  const id = (name: string) => BigInt(query.get(name) ?? 0);
  let found = all;
  if (query.has('before')) found = all.filter((one) => BigInt(one.wire.id) < id('before')).slice(0, limit);
  else if (query.has('after')) found = all.filter((one) => BigInt(one.wire.id) > id('after')).slice(-limit);
  else if (query.has('around')) {
    const at = all.findIndex((one) => BigInt(one.wire.id) <= id('around'));
    const from = Math.max(0, (at < 0 ? all.length : at) - Math.floor(limit / 2));
    found = all.slice(from, from + limit);
  }
  need(call, channel, Bits.ReadMessageHistory);
  return ok(found.slice(0, limit).map((message) => readByBot(world, message)));
}

function reaction(adds: boolean) {
  return (call: Call): Reply => {
    const channel = channelAt(call);
    const message = messageAt(call, channel);
    if (adds) need(call, channel, Bits.ReadMessageHistory, Bits.AddReactions);
    react(call.world, message, call.world.bot.user.id, part(call, 'emoji'), adds);
    return nothing;
  };
}

const twoWeeks = 14 * 24 * 3_600_000;

function pin(pinned: boolean) {
  return (call: Call): Reply => {
    const channel = channelAt(call);
    if (channel.guild) need(call, channel, Bits.ManageMessages);
    setPinned(call.world, messageAt(call, channel), pinned);
    return nothing;
  };
}

export const channelRoutes: Routes = {
  'GET /channels/:channel': (call) => ok(channelLook(call.world, channelAt(call), call.world.bot.user.id)),
  'DELETE /channels/:channel': (call) => {
    const channel = channelAt(call);
    if (channel.guild) need(call, channel, isThread(channel) ? Bits.ManageThreads : Bits.ManageChannels);
    const look = channelLook(call.world, channel, call.world.bot.user.id);
    deleteChannel(call.world, channel);
    return ok(look);
  },
  'GET /channels/:channel/messages': list,
  'POST /channels/:channel/messages': create,
  'POST /channels/:channel/messages/bulk-delete': (call) => {
    const channel = channelAt(call);
    need(call, channel, Bits.ManageMessages);
    const ids = asList(objectIn(call).messages).map(String);
    if (ids.length < 2 || ids.length > 100)
      invalid(['messages'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.');
    if (ids.some((id) => momentOf(id) < call.world.clock.now() - twoWeeks)) throw apiError.tooOldToBulkDelete();
    bulkDelete(call.world, channel, ids);
    return nothing;
  },
  'GET /channels/:channel/messages/:message': (call) => {
    const channel = channelAt(call);
    need(call, channel, Bits.ReadMessageHistory);
    return ok(readByBot(call.world, messageAt(call, channel)));
  },
  'PATCH /channels/:channel/messages/:message': edit,
  'DELETE /channels/:channel/messages/:message': remove,
  'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': reaction(true),
  'DELETE /channels/:channel/messages/:message/reactions/:emoji/@me': reaction(false),
  'PUT /channels/:channel/pins/:message': pin(true),
  'DELETE /channels/:channel/pins/:message': pin(false),
  'PUT /channels/:channel/messages/pins/:message': pin(true),
  'DELETE /channels/:channel/messages/pins/:message': pin(false),
  'POST /channels/:channel/typing': (call) => {
    const channel = channelAt(call);
    needToWrite(call, channel);
    const { id, guild } = channel;
    const d = {
      channel_id: id,
      ...(guild && { guild_id: guild }),
      user_id: call.world.bot.user.id,
      timestamp: Math.floor(call.world.clock.now() / 1000),
    };
    call.world.emit({ t: 'TYPING_START', d, channel: id, ...(guild && { guild }) });
    return nothing;
  },
  'POST /users/@me/channels': (call) => {
    const other = String(objectIn(call).recipient_id ?? '');
    if (!call.world.people.has(other) || other === call.world.bot.user.id)
      invalid(['recipient_id'], 'INVALID_USER_ID', 'Unknown User');
    return ok(channelLook(call.world, dmOf(call.world, call.world.bot.user.id, other), call.world.bot.user.id));
  },
};
