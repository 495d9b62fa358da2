import { postMarks, attuned as surely } from '#detector/judge';
import type { Reading } from '#detector/reading';
import type { TagMeaning } from '#settings/tags';
import { isLater } from './heard.ts';

/** A conversation: who said what around a reply, in order. It is fetched once, read, and forgotten. */

/**
 * Somebody who speaks there. What a webhook or a bot brings for a person counts as a person of its own, by its name;
 * only those with a `user` can be asked whether their posts are to be left out.
 */
export type Speaker = { key: string; user?: string; names: readonly string[] };

/** One message. `answers`: the id of the message that it refers to. `at` in ms. */
export type Said = { id: string; at: number; text: string; speaker: Speaker; answers?: string };

/** A tag of a forum post; what it `says`, where the community has said that. */
export type Tag = { name: string; says?: TagMeaning };

/** What was fetched: messages before and after the reply, itself included, oldest first. */
export type Around = {
  said: readonly Said[];
  /** What opened this thread or forum post, with its title where it has one, and its tags. */
  opening?: { starter: Said; title?: string; tags: readonly Tag[] };
};

/** A message with what the detector reads in it alone. */
export type Turn = Said & { reading: Reading };

export type Conversation = {
  /** What was said before the reply, oldest first; in a thread its starter comes first. */
  before: readonly Turn[];
  /** What was said after it began. */
  after: readonly Turn[];
  /** Of that, what was said before it ended: between its messages. */
  between: readonly Turn[];
  /** What opened the thread or forum post, what is read in its title, and what each tag says. */
  opening?: { starter: Turn; titleText: string; title: Reading; tags: readonly TagMeaning[] };
};

/** In a channel what is older than this belongs to another conversation, in ms; in a thread nothing does. */
export const longestMs = 3 * 60 * 60_000;

/** From where on something counts as read in a message, beside the marks of the judgement. */
export const marks = {
  shares: 0.5,
  sharesALittle: 0.25,
  declines: 0.5,
  settled: 0.5,
  clearDanger: postMarks.clearDanger,
  smallTalk: 0.5,
};

/** A reply: its messages in order, when it was written (ms), and the id of the message that it refers to. */
type Written = { messages: readonly string[]; at: number; answers?: string | undefined };

/** Orders what was fetched around a reply. What it refers to belongs to it, however old. */
export async function conversationOf(
  { said, opening }: Around,
  reply: Written,
  readAlone: (text: string, speaker?: Speaker) => Promise<Reading>,
): Promise<Conversation> {
  const own = new Set(reply.messages);
  const [first = '', last = first] = [reply.messages[0], reply.messages.at(-1)];
  // One after the other: fifty at once would hold up whatever else waits for the encoder, and whoever waits for an answer.
  const turns = async (some: readonly Said[]): Promise<Turn[]> => {
    const read: Turn[] = [];
    for (const one of some) read.push({ ...one, reading: await readAlone(one.text, one.speaker) });
    return read;
  };
  const isNear = ({ id, at }: Said) => opening || id === reply.answers || reply.at - at <= longestMs;
  const others = said.filter(({ id }) => !own.has(id) && id !== opening?.starter.id);
  // Who opens a thread answers nobody by it.
  const [starter] = opening && !own.has(opening.starter.id) ? await turns([opening.starter]) : [];
  const before = await turns(others.filter((one) => isLater(first, one.id) && isNear(one)));
  const after = await turns(others.filter(({ id }) => isLater(id, first)));
  const { title = '', tags = [] } = opening ?? {};
  return {
    before: starter ? [starter, ...before] : before,
    after,
    between: after.filter(({ id }) => isLater(last, id)),
    ...(starter && {
      opening: {
        starter,
        titleText: title,
        title: await readAlone(title),
        tags: await Promise.all(tags.map(async ({ name, says }) => says ?? readTag(await readAlone(name)))),
      },
    }),
  };
}

/** What a tag says by its name. */
function readTag(name: Reading): TagMeaning {
  if (declines(name)) return 'heard';
  return name.post['asks-advice'] >= postMarks.asked ? 'ideas' : 'nothing';
}

/** Does anybody there say that they, or somebody whom they know, may be in danger? */
export const isDangerous = ({ before, after, opening }: Conversation): boolean =>
  [
    ...before.map(({ reading }) => reading),
    ...after.map(({ reading }) => reading),
    ...(opening ? [opening.title] : []),
  ].some(({ post }) => post.crisis >= postMarks.danger);

export const shares = ({ reading }: Turn): boolean => reading.shares >= marks.shares;
export const asks = ({ reading }: { reading: Reading }): boolean =>
  reading.post['asks-advice'] >= postMarks.clearlyAsked;
/** Good news, or a thank-you that closes it. */
export const settles = ({ reading }: Turn): boolean => reading.post.settled >= marks.settled;
/** Reflects, asks or takes seriously what was said. */
export const listens = ({ reading: { attuned } }: Turn): boolean =>
  Math.max(attuned.reflects, attuned['asks-openly'], attuned.validates) >= surely;
/** Asks whether ideas are wanted. */
export const asksFirst = ({ reading }: Turn): boolean => reading.attuned['asks-permission'] >= surely;
/** Says that no advice is wanted. */
export const declines = ({ post }: Reading): boolean => post['no-advice'] >= marks.declines;
export const comforts = (turn: Turn): boolean => listens(turn) || turn.reading.attuned['with-you'] >= surely;
