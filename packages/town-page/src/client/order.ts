/** Messages in the order in which they were said. */
import type { Message } from './types.ts';

/** Ids are numbers that grow with time, too long for `Number`. */
export const isLater = (id: string, than: string | undefined): boolean =>
  than === undefined || (id.length === than.length ? id > than : id.length > than.length);

export const newestOf = (messages: readonly Message[]): Message | undefined => messages.at(-1);

/** Adds a message in its place, or puts it in place of what it was. */
export function putIn(messages: readonly Message[], message: Message): Message[] {
  const known = messages.findIndex(({ id }) => id === message.id);
  if (known >= 0) return messages.with(known, message);
  const later = messages.findIndex(({ id }) => isLater(id, message.id));
  return later < 0 ? [...messages, message] : messages.toSpliced(later, 0, message);
}

export const without = (messages: readonly Message[], ids: readonly string[]): Message[] =>
  messages.filter(({ id }) => !ids.includes(id));
