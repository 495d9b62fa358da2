import { type MessageComponentInteraction, PermissionFlagsBits } from 'discord.js';
import { Refusal } from '#panels/refusal';
import { colour, frame, message, type Part, small } from '#panels/ui';
import { filled, line } from '#words';

/** "Share here": what one person saw is shown to the place, says who shared it, and pings nobody. */

/** The words of a unit from which something can be shared. */
export const shareWords = { share: line(80), sharedBy: filled(200, 'who'), cannotShare: line(200) };
type ShareWords = { cannotShare: string; sharedBy: (values: { who: string }) => string };

/** May this person write in this place? The bot's answer would otherwise speak where they cannot. */
export function mayWriteHere(press: MessageComponentInteraction): boolean {
  if (!press.inGuild()) return true;
  // Every channel is known but private threads that the bot is not in.
  const isThread = press.channel === null || press.channel.isThread();
  const needed = isThread ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages;
  return press.memberPermissions.has(needed);
}

/**
 * Shows `parts` to the place, in the language of the server, with the sharer's name; nobody is notified.
 * @throws Refusal where they may not write.
 */
export async function shareHere(
  press: MessageComponentInteraction,
  { words, guildWords }: { words: ShareWords; guildWords: ShareWords },
  ...parts: Part[]
): Promise<void> {
  if (!mayWriteHere(press)) throw new Refusal(words.cannotShare);
  const by = small(guildWords.sharedBy({ who: `<@${press.user.id}>` }));
  await press.reply(message(frame(colour.panel, ...parts, by)));
}
