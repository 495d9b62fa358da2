import { asks, type Conversation, comforts, marks, type Speaker, settles, shares, type Turn } from './conversation.ts';
import { whoIsNamed } from './named.ts';
import { isOver } from './wishes.ts';

/** Who is answered by a reply, and by which of their messages it is told. Pure. */

export type Answered =
  | { post: Turn; poster: Speaker }
  | { nobody: 'no post' | 'own post' | 'unclear who' | 'not about a difficulty' };

/** Two who share within this time are equally likely, in ms. */
const closeMs = 10 * 60_000;

/** `answers`: the id of the message that it refers to. */
type Asked = { text: string; replier: string; answers?: string | undefined };

/**
 * In this order: the message that the reply refers to; a mention or a name at its beginning; in a thread its author,
 * unless somebody else shares a difficulty there later; else the newest who shares a difficulty or asks.
 */
export function whoIsAnswered(conversation: Conversation, asked: Asked): Answered {
  const answered = whoIsAddressed(conversation, asked) ?? whoIsLikely(conversation, asked.replier);
  if ('nobody' in answered) return answered;
  return goesOnToAnother(conversation, asked, answered.poster) ? { nobody: 'unclear who' } : answered;
}

/** Did somebody else begin while the reply was written, or does a later line of it name somebody else? */
function goesOnToAnother({ before, between }: Conversation, { text, replier }: Asked, { key }: Speaker): boolean {
  const others = [...before, ...between].filter(({ speaker }) => speaker.key !== key && speaker.user !== replier);
  if (between.some((turn) => others.includes(turn) && matters(turn))) return true;
  const speakers = speakersOf(others);
  return text
    .split('\n')
    .slice(1)
    .map((line) => whoIsNamed(line, speakers))
    .some((named) => typeof named === 'object' && named.surely);
}

/** Whom a message answers by a reference, a mention or a name; `undefined` when it has none. */
export function whoIsAddressed(conversation: Conversation, { text, replier, answers }: Asked): Answered | undefined {
  const { before } = conversation;
  if (answers !== undefined) {
    const post = before.find(({ id }) => id === answers);
    if (!post) return { nobody: 'no post' };
    if (post.speaker.user === replier) return { nobody: 'own post' };
    return isComfort(conversation, post) ? { nobody: 'not about a difficulty' } : { post, poster: post.speaker };
  }
  const others = before.filter(({ speaker }) => speaker.user !== replier);
  const named = whoIsNamed(text, speakersOf(others));
  if (!named) return undefined;
  if (named === 'somebody else') return { nobody: 'no post' };
  if (named === 'unclear') return { nobody: 'unclear who' };
  const { speaker, surely } = named;
  const own = others.filter((turn) => turn.speaker.key === speaker.key);
  const post = own.findLast(shares) ?? own.at(-1);
  if (!post) return { nobody: 'no post' };
  if (isComfort(conversation, post)) return { nobody: 'not about a difficulty' };
  if (!surely) {
    const likely = whoIsLikely(conversation, replier);
    if (!('poster' in likely) || likely.poster.key !== speaker.key) return { nobody: 'unclear who' };
  }
  return { post, poster: post.speaker };
}

/** Whom a message answers that addresses nobody. */
function whoIsLikely(conversation: Conversation, replier: string): Answered {
  const { before, opening } = conversation;
  const others = before.filter(({ speaker }) => speaker.user !== replier);
  const own = before.findLast((turn) => turn.speaker.user === replier && shares(turn) && !isToSomebody(turn));
  const sharers = newestOfEach(others.filter(matters));
  const isOpen = ({ speaker }: Turn) => !isOver(conversation, speaker);
  const [newest, second] = sharers.filter(isOpen);
  const lastOf = (turn: Turn): Turn => others.findLast(isBy(turn.speaker)) ?? turn;
  /** Somebody has said that theirs is over. */
  const end = others.findLast((turn) => settles(turn) && !isOpen(turn) && sharers.some(isBy(turn.speaker)));

  const starter = opening?.starter;
  if (starter && starter.speaker.user !== replier && sharers.filter(isOpen).every(isBy(starter.speaker))) {
    const last = lastOf(starter);
    const isElse = (turn: Turn | undefined) => turn && !isBy(starter.speaker)(turn) && turn.at > last.at;
    return isElse(own) || isElse(end) ? { nobody: 'unclear who' } : { post: starter, poster: starter.speaker };
  }
  if (end && (!newest || end.at > lastOf(newest).at)) return { post: end, poster: end.speaker };
  if (!newest) return { nobody: own ? 'own post' : others.length > 0 ? 'not about a difficulty' : 'no post' };
  if (second && !isSmallTalk(second) && newest.at - second.at <= closeMs) return { nobody: 'unclear who' };
  // Their own trouble came last, and the other has not spoken since: of whom do they speak?
  if (own && own.at > lastOf(newest).at) return { nobody: 'unclear who' };
  return { post: newest, poster: newest.speaker };
}

/** Said to somebody: with a reference to another, or in words that answer. */
const isToSomebody = (turn: Turn): boolean => turn.answers !== undefined || comforts(turn);
/** A question that is no trouble: "does anyone want to play later?" */
const isSmallTalk = (turn: Turn): boolean => !shares(turn) && turn.reading.post['not-distress'] >= marks.smallTalk;
/** Shares or asks; who asks the other openly wants nothing for themself. */
const matters = (turn: Turn): boolean => shares(turn) || (asks(turn) && !comforts(turn));

const isBy =
  ({ key }: Speaker) =>
  ({ speaker }: Turn): boolean =>
    speaker.key === key;

const speakersOf = (turns: readonly Turn[]): Speaker[] => [
  ...new Map(turns.map(({ speaker }) => [speaker.key, speaker])).values(),
];

/** The newest turn of each speaker, newest first. */
function newestOfEach(turns: readonly Turn[]): Turn[] {
  const newest = new Map<string, Turn>();
  for (const turn of turns.toReversed()) if (!newest.has(turn.speaker.key)) newest.set(turn.speaker.key, turn);
  return [...newest.values()];
}

/** Is it said to somebody else's difficulty, by somebody who shares none? */
function isComfort({ before, opening }: Conversation, turn: Turn): boolean {
  const { speaker } = turn;
  if (speaker.key === opening?.starter.speaker.key) return false;
  if (before.some((one) => isBy(speaker)(one) && matters(one))) return false;
  const sharers = before.slice(0, before.indexOf(turn)).filter(matters);
  if (sharers.length === 0) return false;
  const named = whoIsNamed(turn.text, speakersOf(sharers));
  return comforts(turn) || typeof named === 'object' || sharers.some(({ id }) => id === turn.answers);
}
