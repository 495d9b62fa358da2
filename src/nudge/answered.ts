import { asks, type Conversation, marks, type Said, type Speaker, shares, type Turn } from './conversation.ts';
import { isLater } from './heard.ts';
import { isOver } from './wishes.ts';

/** Who is answered by a reply, and by which of their messages it is told. Pure. */

export type Answered =
  | { post: Turn; poster: Speaker }
  | { nobody: 'no post' | 'own post' | 'unclear who' | 'not about a difficulty' };

/** Two who share within this time are equally likely, in ms. */
const closeMs = 10 * 60_000;

type Asked = { text: string; replier: string; answers?: Said | undefined };

/**
 * In this order: the message that the reply refers to; a mention or a name at its beginning; in a thread its author,
 * unless somebody else shares a difficulty there later; else the newest who shares a difficulty or asks.
 */
export function whoIsAnswered(conversation: Conversation, { text, replier, answers }: Asked): Answered {
  const { before, opening } = conversation;
  const starter = opening?.starter;
  const isReplier = ({ speaker }: Said) => speaker.user === replier;
  const others = before.filter((turn) => !isReplier(turn));

  if (answers) {
    if (isReplier(answers)) return { nobody: 'own post' };
    const post = before.find(({ id }) => id === answers.id);
    return post ? { post, poster: post.speaker } : { nobody: 'no post' };
  }
  const named = whoIsNamed(text, others);
  if (named) return named === 'nobody here' ? { nobody: 'no post' } : lastWordOf(named, others);

  const sharers = newestOfEach(others.filter((turn) => shares(turn) || asks(turn))).filter(
    ({ speaker }) => !isOver(conversation, speaker),
  );
  if (starter && !isReplier(starter)) {
    const isElsewhere = sharers.some(({ speaker }) => speaker.key !== starter.speaker.key);
    if (!isElsewhere) return { post: starter, poster: starter.speaker };
  }
  const [newest, second] = sharers;
  const own = before.findLast((turn) => isReplier(turn) && shares(turn) && !isToSomebody(turn));
  if (!newest) return { nobody: own ? 'own post' : others.length > 0 ? 'not about a difficulty' : 'no post' };
  const isLikely = second && (shares(second) || second.reading.post['not-distress'] < marks.smallTalk);
  if (isLikely && newest.at - second.at <= closeMs) return { nobody: 'unclear who' };
  // Their own trouble came last, and nobody has spoken of another since: of whom do they speak?
  const last = others.findLast(({ speaker }) => speaker.key === newest.speaker.key) ?? newest;
  if (own && isLater(own.id, last.id)) return { nobody: 'unclear who' };
  return { post: newest, poster: newest.speaker };
}

/** Said to somebody: with a reference to another, or in words that answer. */
const isToSomebody = ({ answers, reading: { attuned } }: Turn): boolean =>
  answers !== undefined || Math.max(...Object.values(attuned)) >= marks.listens;

/** The newest turn of each speaker, newest first. */
function newestOfEach(turns: readonly Turn[]): Turn[] {
  const newest = new Map<string, Turn>();
  for (const turn of turns.toReversed()) if (!newest.has(turn.speaker.key)) newest.set(turn.speaker.key, turn);
  return [...newest.values()];
}

/** What they shared last, or else what they said last. */
function lastWordOf({ key }: Speaker, others: readonly Turn[]): Answered {
  const own = others.filter(({ speaker }) => speaker.key === key);
  const post = own.findLast(shares) ?? own.at(-1);
  return post ? { post, poster: post.speaker } : { nobody: 'no post' };
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Names shorter than this are also words. */
const shortest = 3;
const greeting = /^\s*(?:(?:hey|hi|hello|oh|ah|aw+|yo|ok|okay|no|dear)\b[\s,]*)?/;

/** Who is mentioned or named at the beginning; `undefined`: nobody is. */
function whoIsNamed(text: string, others: readonly Turn[]): Speaker | 'nobody here' | undefined {
  const said = plain(text).replace(greeting, '');
  const mention = /^<@!?(\d+)>/.exec(said)?.[1];
  const speakers = [...new Map(others.map(({ speaker }) => [speaker.key, speaker])).values()];
  if (mention) return speakers.find(({ user }) => user === mention) ?? 'nobody here';
  const begins = (name: string) => {
    const own = plain(name);
    return own.length >= shortest && said.startsWith(own) && !/^[\p{L}\p{N}]/u.test(said.slice(own.length));
  };
  const named = speakers.filter(({ names }) =>
    names.flatMap((name) => [name, name.split(/\s+/)[0] ?? '']).some(begins),
  );
  return named.length === 1 ? named[0] : undefined;
}
