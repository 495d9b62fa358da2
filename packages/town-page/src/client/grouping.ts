/** Which messages are drawn with name and picture, and which go on below the one before. */
import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { Message } from './types.ts';

const together = 7 * 60_000;
const plain: readonly MessageType[] = [MessageType.Default, MessageType.Reply];

export function startsAnew(before: Message | undefined, message: Message): boolean {
  if (before?.author.id !== message.author.id || message.type !== MessageType.Default) return true;
  if (!plain.includes(before.type) || before.ephemeral !== message.ephemeral) return true;
  // A panel says whose it is, however soon it follows on another.
  if (((message.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0) return true;
  if (message.message_reference || message.interaction_metadata) return true;
  return Date.parse(message.timestamp) - Date.parse(before.timestamp) > together;
}
