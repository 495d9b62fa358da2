import type { Reading } from '#detector/reading';
import { isLater } from './heard.ts';

/** A conversation: who said what around a reply, in order. It is fetched once, read, and forgotten. */

/**
 * Somebody who speaks there. What a webhook or a bot brings for a person counts as a person of its own, by its name;
 * only those with a `user` can be asked whether their posts are to be left out.
 */
export type Speaker = { key: string; user?: string; names: readonly string[] };

/** One message. `answers`: the id of the message that it refers to. `at` in ms. */
export type Said = { id: string; at: number; text: string; speaker: Speaker; answers?: string };

/** What was fetched: messages before and after the reply, itself included, oldest first. */
export type Around = {
  said: readonly Said[];
  /** What opened this thread or forum post, with its title where it has one, and its tags. */
  opening?: { starter: Said; title?: string; tags: readonly string[] };
};

/** A message with what the detector reads in it alone. */
export type Turn = Said & { reading: Reading };

export type Conversation = {
  /** What was said before the reply, oldest first; in a thread its starter comes first. */
  before: readonly Turn[];
  /** What was said after it began. */
  after: readonly Turn[];
  /** What opened the thread or forum post, and what is read in its title and in each tag. */
  opening?: { starter: Turn; titleText: string; title: Reading; tags: readonly Reading[] };
};

/** In a channel what is older than this belongs to another conversation, in ms; in a thread nothing does. */
export const longestMs = 3 * 60 * 60_000;

/** Marks on what is read in a message. */
export const marks = {
  shares: 0.5,
  sharesALittle: 0.3,
  asks: 0.35,
  clearlyAsks: 0.6,
  declines: 0.5,
  settled: 0.5,
  listens: 0.5,
  danger: 0.3,
  smallTalk: 0.5,
};

/** Orders what was fetched around the reply whose first message is `first`, written at `at` (ms). */
export async function conversationOf(
  { said, opening }: Around,
  reply: { first: string; at: number; messages: readonly string[] },
  read: (text: string) => Promise<Reading>,
): Promise<Conversation> {
  const own = new Set(reply.messages);
  const turns = (some: readonly Said[]): Promise<Turn[]> =>
    Promise.all(some.map(async (one) => ({ ...one, reading: await read(one.text) })));
  const isEarlier = ({ id, at }: Said) => isLater(reply.first, id) && (opening || reply.at - at <= longestMs);
  const others = said.filter(({ id }) => !own.has(id) && id !== opening?.starter.id);
  const [starter] = opening ? await turns([opening.starter]) : [];
  const before = await turns(others.filter(isEarlier));
  const { title = '', tags = [] } = opening ?? {};
  return {
    before: starter ? [starter, ...before] : before,
    after: await turns(others.filter(({ id }) => isLater(id, reply.first))),
    ...(starter && {
      opening: { starter, titleText: title, title: await read(title), tags: await Promise.all(tags.map(read)) },
    }),
  };
}

/** Does anybody there say that they, or somebody whom they know, may be in danger? */
export const isDangerous = ({ before, after, opening }: Conversation): boolean =>
  [
    ...before.map(({ reading }) => reading),
    ...after.map(({ reading }) => reading),
    ...(opening ? [opening.title] : []),
  ].some(({ post }) => post.crisis >= marks.danger);

export const shares = ({ reading }: Turn): boolean => reading.shares >= marks.shares;
export const asks = ({ reading }: { reading: Reading }): boolean => reading.post['asks-advice'] >= marks.clearlyAsks;
