/** What is to be known of a message before it is drawn. Pure. */
import { MessageFlags, MessageType } from 'discord-api-types/v10';
import type { Channel, Message, World } from '../types.ts';

export type Author = { id: string; name: string; bot: boolean };

export function authorOf(world: World, { author }: Pick<Message, 'author'>): Author {
  const person = world.people.get(author.id);
  return { id: author.id, name: person?.name ?? author.global_name ?? author.username, bot: author.bot === true };
}

const spoken = new Set<MessageType>([
  MessageType.Default,
  MessageType.Reply,
  MessageType.ChatInputCommand,
  MessageType.ContextMenuCommand,
  MessageType.ThreadStarterMessage,
]);

/** Written by Discord itself: somebody joined, pinned, began a thread. */
export const isSystem = ({ type }: Pick<Message, 'type'>): boolean => !spoken.has(type);

/** Whether the viewer is meant: by name, by a role, with everybody, or by an answer that pings. */
export function mentions({ me }: World, message: Message): boolean {
  if (message.ephemeral || message.author.id === me.id) return false;
  return (
    message.mention_everyone ||
    message.mentions.some(({ id }) => id === me.id) ||
    message.mention_roles.some((id) => me.roles.includes(id))
  );
}

export const isThinking = ({ flags }: Message): boolean => ((flags ?? 0) & MessageFlags.Loading) !== 0;

/** An application has fifteen minutes to end its thinking. */
export const thinksUntil = ({ timestamp }: Message): number => Date.parse(timestamp) + 15 * 60_000;

/** What the client offers to do with a message. */
export function offers(world: World, channel: Channel | undefined, message: Message) {
  const isMine = message.author.id === world.me.id;
  const { may } = channel ?? {};
  return {
    react: may?.react === true,
    reply: may?.write === true,
    edit: isMine && !isSystem(message) && message.message_snapshots === undefined,
    delete: isMine || may?.manageMessages === true,
  };
}
