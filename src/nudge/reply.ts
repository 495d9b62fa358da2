import { type Heard, isLater, type Ref } from './heard.ts';
import type { Lost } from './recent.ts';

/** A reply older than this is never answered: sessions that resume replay what was said meanwhile. In ms. */
export const tooOldMs = 2 * 60_000;

/** How much of a reply is read, in UTF-16 units: somebody who writes on and on is judged by how they began. */
const mostText = 8_000;

/** Why a reply was left alone before anybody read it. */
export type LeftReason =
  | 'not opted in'
  | 'exempt'
  | 'already heard'
  | 'too old'
  | 'no post'
  | 'own post'
  | 'no words'
  | 'poster answered'
  | 'deleted'
  | 'post deleted'
  | 'edited'
  | 'too busy'
  | 'server left'
  | 'connection lost'
  | 'shutting down';

/** Messages that were left alone, of one author in one channel. */
export type Left = {
  guild: string;
  channel: string;
  replier: string;
  messages: readonly string[];
  /** The message that was answered, where that was known. */
  post?: string;
  reason: LeftReason;
};

/** One reply, written to the end: what the rest of the way needs to know of it. */
export type Reply = {
  guild: string;
  channel: string;
  replier: string;
  messages: readonly string[];
  /** When its first message was written, in ms. */
  at: number;
  /** The message that it refers to, when it is a reply in Discord's sense. */
  answers?: Ref;
  /** Gives the text of its messages, joined by line breaks, once; after that ''. */
  takeText(): string;
  /** Why it is no longer to be answered; `poster` wrote the message `post`, once both are known. */
  ended(poster?: string, post?: string): LeftReason | undefined;
};

/** `editedAt`: the time of its last edit in ms, as Discord tells it; 0 before the first. */
type Part = { id: string; text: string; editedAt: number };

/** A reply in the making, or one that is being decided on: then its parts are without text. */
export type Draft = {
  readonly guild: string;
  readonly channel: string;
  readonly replier: string;
  at: number;
  parts: Part[];
  readonly answers?: Ref;
  /** What others wrote before it and was deleted since: where it refers to nothing it may have answered that. */
  lost: Lost[];
  passedOn: boolean;
  ended?: LeftReason;
  timer?: NodeJS.Timeout;
};

export function startDraft(heard: Heard, answers?: Ref): Draft {
  const { guild, channel, author: replier, at } = heard;
  return {
    guild,
    channel,
    replier,
    at,
    parts: [partOf(heard)],
    lost: [],
    passedOn: false,
    ...(answers && { answers }),
  };
}

/** Adds a message where it belongs in the order of writing. */
export function join(draft: Draft, heard: Heard): void {
  const place = draft.parts.findIndex((part) => isLater(part.id, heard.id));
  draft.parts.splice(place < 0 ? draft.parts.length : place, 0, partOf(heard));
  draft.at = Math.min(draft.at, heard.at);
}

/** Notes down which of the deleted messages it may have answered. */
export function lose(draft: Draft, lost: readonly Lost[]): void {
  const [first] = draft.parts;
  if (!first || draft.answers) return;
  draft.lost.push(...lost.filter(({ id, author }) => author !== draft.replier && isLater(first.id, id)));
}

/** Was anything lost after the message `post` that `poster` did not write? */
export const hasLost = ({ lost }: Draft, poster: string | undefined, post: string): boolean =>
  lost.some(({ id, author }) => isLater(id, post) && (author === undefined || author !== poster));

export const messagesOf = (draft: Draft): string[] => draft.parts.map((part) => part.id);

/** The text of all parts; the draft keeps none of it. */
export function takeText(draft: Draft): string {
  const text = joined(draft.parts);
  for (const part of draft.parts) part.text = '';
  return text;
}

/** Messages in a row as one text. */
export const joined = (parts: readonly { text: string }[]): string =>
  parts
    .map(({ text }) => text)
    .filter((text) => text.trim() !== '')
    .join('\n')
    .slice(0, mostText);

function partOf({ id, text }: Heard): Part {
  return { id, text, editedAt: 0 };
}
