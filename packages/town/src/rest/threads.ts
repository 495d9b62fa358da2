/** Routes that start threads and posts, and change them. */
import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10';
import { apiError, createForm, invalid } from '#api-error';
import { checkMessage } from '#checks/message';
import { asList, asObject, textIn } from '#checks/read';
import {
  type Call,
  channelAt,
  created,
  messageAt,
  need,
  nothing,
  objectIn,
  ok,
  part,
  type Reply,
  type Routes,
} from '#rest/call';
import { channelLook, messageLook } from '#world/look';
import { writeMessage } from '#world/messages';
import { addThread, joinThread, tellChannel } from '#world/places';
import { threadFrom, threadIn } from '#world/threads';
import type { Channel } from '#world/world';

function nameIn(call: Call): string {
  const form = createForm();
  const name = textIn(form, objectIn(call), 'name', [], { min: 1, max: 100, required: true });
  form.done();
  return name ?? '';
}

const look = (call: Call, thread: Channel): object => channelLook(call.world, thread, call.world.bot.user.id);

function post(call: Call, forum: Channel): Reply {
  need(call, forum, Bits.SendMessages);
  const name = nameIn(call);
  const body = objectIn(call);
  const { enforceNonce: _, ...form } = checkMessage(call.world, asObject(body.message), call.uploads);
  const known = new Set(forum.tags.map((tag) => tag.id));
  const tags = asList(body.applied_tags).map(String);
  if (tags.length > 5 || tags.some((tag) => !known.has(tag))) invalid(['applied_tags'], 'UNKNOWN_TAG', 'Unknown tag.');
  const bot = call.world.bot.user;
  const thread = addThread(call.world, forum, { name, owner: bot.id, tags });
  const message = writeMessage(call.world, thread, { ...form, author: bot, id: thread.id });
  return created({ ...look(call, thread), message: messageLook(call.world, message, bot.id) });
}

function start(call: Call): Reply {
  const parent = channelAt(call);
  if (parent.type === ChannelType.GuildForum) return post(call, parent);
  if (parent.type !== ChannelType.GuildText) throw apiError.notInChannelType();
  const { type = ChannelType.PrivateThread } = objectIn(call);
  const isPublic = type === ChannelType.PublicThread;
  need(call, parent, isPublic ? Bits.CreatePublicThreads : Bits.CreatePrivateThreads);
  const bot = call.world.bot.user;
  return created(look(call, threadIn(call.world, parent, nameIn(call), bot, isPublic)));
}

function fromMessage(call: Call): Reply {
  const parent = channelAt(call);
  if (parent.type !== ChannelType.GuildText) throw apiError.notInChannelType();
  need(call, parent, Bits.CreatePublicThreads);
  const message = messageAt(call, parent);
  if (call.world.channels.has(message.wire.id)) throw apiError.hasThread();
  return created(look(call, threadFrom(call.world, message, nameIn(call), call.world.bot.user)));
}

function change(call: Call): Reply {
  const channel = channelAt(call);
  const body = objectIn(call);
  const { thread } = channel;
  if (!thread) need(call, channel, Bits.ManageChannels);
  else if (thread.owner !== call.world.bot.user.id) need(call, channel, Bits.ManageThreads);
  if (body.name !== undefined) channel.name = nameIn(call);
  if (thread) {
    if (typeof body.archived === 'boolean') thread.archived = body.archived;
    if (typeof body.locked === 'boolean') thread.locked = body.locked;
    if (Array.isArray(body.applied_tags)) thread.tags = body.applied_tags.map(String);
  } else if (typeof body.topic === 'string') channel.topic = body.topic;
  tellChannel(call.world, thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', channel);
  return ok(look(call, channel));
}

export const threadRoutes: Routes = {
  'PATCH /channels/:channel': change,
  'POST /channels/:channel/threads': start,
  'POST /channels/:channel/messages/:message/threads': fromMessage,
  'PUT /channels/:channel/thread-members/@me': (call) => {
    joinThread(call.world, channelAt(call), call.world.bot.user.id);
    return nothing;
  },
  'GET /channels/:channel/thread-members/:user': (call) => {
    const channel = channelAt(call);
    const joined = channel.thread?.members.get(part(call, 'user'));
    if (joined === undefined) throw apiError.unknownMember();
    return ok({
      id: channel.id,
      user_id: part(call, 'user'),
      join_timestamp: new Date(joined).toISOString(),
      flags: 0,
    });
  },
  'PUT /channels/:channel/thread-members/:user': (call) => {
    joinThread(call.world, channelAt(call), part(call, 'user'));
    return nothing;
  },
};
