import type { Entries } from '#content/collection';
import type { FeedbackWords } from '#content/feedback';
import { type KindWords, wordsOf } from '#content/kinds';
import type { Finding, Judgement } from '#detector/reading';
import { isEnglish } from '#detector/text/clean';
import type { Read, Stay } from '#feedback/read';

/** From a reading to sentences for the one who wrote the reply. Pure. */

/** A place in the reply, its words, and what is said of them. */
export type Said = { start: number; end: number; words: string; why: string };

export type Told = {
  /** What stays with the person: at most two sentences that do different things. */
  stayed: readonly Said[];
  /** Said where there are none. */
  small?: string;
  /** The words that moved away most. */
  moved?: Said & { kind: KindWords };
  /** Why nothing is said against the reply, or against these words of it; where nothing moved away. */
  left?: string | Said;
};

type Spoken = { words: FeedbackWords; kinds: Entries<KindWords> };

export function tell(read: Read, reply: string, post: string, { words, kinds }: Spoken): Told {
  const stayed = twoOf(read.stays).map(({ move, ...place }) => ({ ...place, why: words.stays[move] }));
  if (!isEnglish(reply)) return { stayed: [], left: words.left.unread };
  const { judgement, reading } = read;
  const finding = reading.findings.find(({ kind }) => kind === judgement.kind);
  const isFix = finding !== undefined && movedAway(read);
  return {
    stayed,
    ...(stayed.length === 0 && { small: small(reply, post, words, finding !== undefined) }),
    ...(isFix ? { moved: moved(finding, words, kinds) } : { left: left(judgement, words, finding) }),
  };
}

function moved({ start, end, words: own, kind }: Finding, words: FeedbackWords, kinds: Entries<KindWords>) {
  const of = wordsOf(kinds, kind);
  return { start, end, words: own, kind: of, why: words.moved({ kind: of.name, does: of.does }) };
}

/** The surest sentence of each of two moves, as they stand in the reply. */
function twoOf(stays: readonly Stay[]): Stay[] {
  const surest = stays.toSorted((a, b) => b.p - a.p);
  return surest
    .filter(({ move }, at) => surest.findIndex((other) => other.move === move) === at)
    .slice(0, 2)
    .sort((a, b) => a.start - b.start);
}

/** What is taken for listening can be the same sentence as the fix: then nobody listened. */
const movedAway = ({ judgement, stays }: Read) =>
  judgement.flag || (judgement.reason === 'after listening' && stays.length === 0);

function left({ reason }: Judgement, { left: words }: FeedbackWords, finding: Finding | undefined): string | Said {
  const of = (why: string) => (finding ? { start: finding.start, end: finding.end, words: finding.words, why } : why);
  switch (reason) {
    case 'asked for':
      return of(words.asked);
    case 'with permission':
      return of(words.permission);
    case 'after listening':
      return of(words.listened);
    case 'not about a difficulty':
      return words.smallTalk;
    default:
      return words.fine;
  }
}

const fewWords = 8;

/** Something true that one can see in the reply. Words that may have moved away are not made better than they are. */
function small(reply: string, post: string, { small: words, everyday }: FeedbackWords, mayMove: boolean): string {
  const shared = sharedWords(reply, post, new Set(everyday));
  if (shared !== undefined) return words.echo({ words: shared });
  if (mayMove) return words.nothing;
  if (reply.includes('?')) return words.asks;
  return countWords(reply) <= fewWords ? words.short : words.nothing;
}

export const countWords = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** As long as a shared run of words may be, to be shown. */
const longestRun = 6;

/** The longest run of words that the reply has from the post, as the reply has it, with a word in it that says something. */
function sharedWords(reply: string, post: string, everyday: ReadonlySet<string>): string | undefined {
  const even = (word: string) => word.toLowerCase().replace(/['’]/g, '');
  const [own, theirs] = [reply, post].map((text) =>
    [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu)].map(({ 0: word, index }) => ({
      even: even(word),
      start: index,
      end: index + word.length,
    })),
  ) as [Word[], Word[]];
  let best: Word[] = [];
  for (const from of own.keys())
    for (const at of theirs.keys()) {
      let length = 0;
      while (length < longestRun && own[from + length] && own[from + length]?.even === theirs[at + length]?.even)
        length++;
      if (length <= best.length) continue;
      const run = own.slice(from, from + length);
      if (run.some((word) => !everyday.has(word.even))) best = run;
    }
  const [first, last] = [best[0], best.at(-1)];
  return first && last && reply.slice(first.start, last.end);
}
type Word = { even: string; start: number; end: number };
