import { type APIMessageTopLevelComponent, ComponentType, DiscordAPIError, type Message } from 'discord.js';

/** Messages of components that were sent: a press changes the one that it sits on, and nothing is kept of it elsewhere. */

type SentPart = Record<string, unknown> & {
  type: number;
  id?: number;
  custom_id?: string;
  disabled?: boolean;
  components?: SentPart[];
};

const topOf = (message: Message) => message.components.map((component) => component.toJSON()) as unknown as SentPart[];

/** Does any part of this message look so? */
export const hasPart = (message: Message, is: (part: SentPart) => boolean): boolean => {
  const has = (part: SentPart): boolean => is(part) || (part.components ?? []).some(has);
  return topOf(message).some(has);
};

/** Where the file is that a message shows, as Discord tells it. */
export function fileIn(message: Message): string | undefined {
  const find = (parts: readonly SentPart[]): string | undefined =>
    parts
      .map(({ type, file, components = [] }) =>
        type === ComponentType.File ? (file as { url?: string }).url : find(components),
      )
      .find((url) => url !== undefined);
  return find(topOf(message));
}

/** The parts of a message, each as `change` gives it back. */
export function edited(message: Message, change = (part: SentPart) => part): APIMessageTopLevelComponent[] {
  const edit = (part: SentPart): SentPart =>
    change(part.components ? { ...part, components: part.components.map(edit) } : part);
  return topOf(message).map(edit) as unknown as APIMessageTopLevelComponent[];
}

/** Unknown channel or message. */
const gone = new Set<number | string>([10003, 10008]);

/** What was done to a message; `undefined` when it is no longer there. */
export const unlessGone = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (error instanceof DiscordAPIError && gone.has(error.code)) return undefined;
    throw error;
  });

/** Beyond the ids that Discord gives to the parts of a message, forty at most. */
const firstOfEnd = 71;

/** Parts of a framed message with `end` at its end, in place of what was put there before. */
export const withEnd = (parts: APIMessageTopLevelComponent[], ...end: readonly object[]) =>
  parts.map((part) => {
    const { components = [], ...frame } = part as unknown as SentPart;
    const kept = components.filter(({ id = 0 }) => id < firstOfEnd);
    const added = end.map((one, at) => ({ ...one, id: firstOfEnd + at }));
    return { ...frame, components: [...kept, ...added] } as unknown as APIMessageTopLevelComponent;
  });
