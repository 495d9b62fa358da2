/** What a message's menu offers to this person here. Pure. */
import { MessageFlags } from 'discord-api-types/v10';
import { isSystem, offers } from '../message/about.ts';
import type { Channel, Message, World } from '../types.ts';

export function menuOffers(world: World, channel: Channel, message: Message) {
  const { may } = channel;
  const isThinking = ((message.flags ?? 0) & MessageFlags.Loading) !== 0;
  const isOrdinary = !message.ephemeral && !isThinking;
  const can = offers(world, channel, message);
  const isSpoken = isOrdinary && !isSystem(message);
  return {
    dismiss: message.ephemeral,
    react: isOrdinary && can.react,
    edit: isSpoken && can.edit,
    reply: isOrdinary && can.reply,
    forward: isSpoken,
    thread: isSpoken && may.startThreads && message.thread === undefined,
    pin: isSpoken && !message.pinned && may.manageMessages,
    copy: message.content !== '',
    apps: isSpoken,
    delete: isOrdinary && can.delete,
  };
}
