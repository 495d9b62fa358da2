import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';

/** "Share here": what one person saw is shown to the place, says who shared it, and pings nobody. */

/** May this person write in this place? The bot's answer would otherwise speak where they cannot. */
export function mayWriteHere(press: MessageComponentInteraction): boolean {
  if (!press.inGuild()) return true;
  // Every channel is known but private threads that the bot is not in.
  const isThread = press.channel === null || press.channel.isThread();
  const needed = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return press.memberPermissions.has(needed);
}

/** The name under what is shared; messages are sent without allowed mentions, so nobody is notified. */
export const sharedBy = (press: MessageComponentInteraction) => ({ who: `<@${press.user.id}>` });
