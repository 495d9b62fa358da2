/** The three ways in which threads begin, with the messages that Discord writes for each. */
import { type APIUser, ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { editMessage, writeMessage } from '#world/messages';
import { addThread, tellChannel } from '#world/places';
import { type Channel, channelOf, type Message, type World } from '#world/world';

/** From a message: the thread has its id, and begins with a pointer to it (type 21) that has no text. */
export function threadFrom(world: World, message: Message, name: string, owner: APIUser): Channel {
  const parent = channelOf(world, message.wire.channel_id);
  const thread = addThread(world, parent, { name, owner: owner.id, from: message });
  editMessage(world, message, { flags: (message.wire.flags ?? 0) | MessageFlags.HasThread }, true);
  writeMessage(world, thread, {
    author: message.wire.author,
    type: MessageType.ThreadStarterMessage,
    reference: { channel: parent.id, message: message.wire.id },
  });
  return thread;
}

/** Whoever writes in an archived thread opens it again. */
export function wakeThread(world: World, channel: Channel): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  tellChannel(world, 'THREAD_UPDATE', channel);
}

/** In a channel: a public one is announced there (type 18); a private one is not. */
export function threadIn(world: World, parent: Channel, name: string, owner: APIUser, isPublic: boolean): Channel {
  const type = isPublic ? ChannelType.PublicThread : ChannelType.PrivateThread;
  const thread = addThread(world, parent, { name, owner: owner.id, type });
  if (isPublic)
    writeMessage(world, parent, {
      author: owner,
      type: MessageType.ThreadCreated,
      content: name,
      reference: { channel: thread.id },
    });
  return thread;
}
