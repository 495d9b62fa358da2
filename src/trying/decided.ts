import { z } from 'zod';
import { contexts, type Finding, type Judgement, kinds, moves, type Reading } from '#detector/reading';
import type { Decision, DecisionReason } from '#nudge/decision';
import { clip, filled, line } from '#words';

/** Decisions and readings in plain words, for the page of the town. Pure; the words are data/en/decided.yaml. */

/** Every reason there is: one that is added and has no words does not compile. */
const reasons = Object.keys({
  fix: 0,
  'looks fine': 0,
  landed: 0,
  'no fix': 0,
  'kind not in use': 0,
  'asked for': 0,
  'with permission': 0,
  'after listening': 0,
  'points to help': 0,
  danger: 0,
  'not about a difficulty': 0,
  'not read': 0,
  off: 0,
  'not opted in': 0,
  exempt: 0,
  'DMs closed': 0,
  snoozed: 0,
  'kind turned off': 0,
  'noted lately': 0,
  'already heard': 0,
  'too old': 0,
  'no post': 0,
  'own post': 0,
  'no words': 0,
  'poster answered': 0,
  deleted: 0,
  'post deleted': 0,
  edited: 0,
  'too busy': 0,
  'server left': 0,
  'shutting down': 0,
  'cannot be read': 0,
  'unclear who': 0,
  'it had ended': 0,
  'connection lost': 0,
  'post without words': 0,
  'poster left out': 0,
  'settings changed': 0,
  'not claimed': 0,
  'not there any more': 0,
  'sending stopped': 0,
  'answer lost': 0,
  'not sent': 0,
  'something failed': 0,
} satisfies Record<DecisionReason, 0>) as DecisionReason[];

/** A sentence that may say who wrote the reply. */
const about = line(220).or(filled(220, 'who'));
const reason = z.strictObject({ why: line(60), long: about });

export const decidedWords = z.strictObject({
  panel: z.strictObject({ title: line(60), empty: line(120), note: line(240) }),
  trying: z.strictObject({
    title: line(60),
    hint: line(160),
    post: line(60),
    reply: line(60),
    press: line(30),
    examplePost: line(300),
    exampleReply: line(300),
    /** Said of a reply that would get a note. */
    wouldNote: line(220),
  }),
  unknown: line(30),
  /** Which message was taken for the post; its first words follow. */
  answers: filled(120, 'who'),
  noWords: line(60),
  /** Said of a fix while a server only observes. */
  counted: line(220),
  headlines: z.strictObject({
    noted: filled(120, 'kind'),
    wouldNote: filled(120, 'kind'),
    counted: filled(120, 'kind'),
    leftAlone: filled(120, 'why'),
    failed: filled(120, 'why'),
  }),
  reasons: z.record(z.enum(reasons), reason),
  kinds: z.record(z.enum(kinds), line(40)),
  moves: z.record(z.enum(moves), line(40)),
  contexts: z.record(z.enum(contexts), line(40)),
  fixit: line(40),
});
export type DecidedWords = z.output<typeof decidedWords>;

/** What was read, as the page draws it. */
export type Told = {
  headline: string;
  reason: string;
  tone: 'quiet' | 'acted' | 'failed';
  marks?: { start: number; end: number; label: string; strength: number }[];
  bars?: { label: string; value: number }[];
};

/** A decision in words; `who`: the replier's name. */
export function tellDecision(words: DecidedWords, decision: Decision, who: string | undefined): Told {
  const { outcome, reason, kind, reading } = decision;
  const { noted, counted, leftAlone, failed } = words.headlines;
  const { why } = words.reasons[reason];
  const named = { kind: kind === undefined ? why : words.kinds[kind] };
  const headline = {
    nudged: noted(named),
    counted: counted(named),
    'left alone': leftAlone({ why }),
    failed: failed({ why }),
  };
  const tone = ({ nudged: 'acted', counted: 'acted', 'left alone': 'quiet', failed: 'failed' } as const)[outcome];
  return {
    headline: headline[outcome],
    reason: outcome === 'counted' ? words.counted : sentence(words, reason, who),
    tone,
    ...(reading && drawn(words, reading)),
  };
}

/** How many characters of a post are shown: enough to know it again. */
const firstWords = 80;

/** Which message was taken for the post: a lead, and its first words. `who`: its author's name. */
export const tellPost = (
  words: DecidedWords,
  who: string | undefined,
  content: string,
): { lead: string; words: string } => ({
  lead: words.answers({ who: who ?? words.unknown }),
  words: clip(content.replace(/\s+/g, ' ').trim(), firstWords) || words.noWords,
});

/** What would be judged of a reply to a post, with its whole reading. */
export function tellReading(words: DecidedWords, reading: Reading, judgement: Judgement): Told {
  const { headlines, reasons: all, kinds: names } = words;
  const headline = judgement.flag
    ? headlines.wouldNote({ kind: names[judgement.kind] })
    : headlines.leftAlone({ why: all[judgement.reason].why });
  return {
    headline,
    reason: judgement.flag ? words.trying.wouldNote : sentence(words, judgement.reason, undefined),
    tone: judgement.flag ? 'acted' : 'quiet',
    ...drawn(words, reading),
  };
}

function sentence(words: DecidedWords, reason: DecisionReason, who: string | undefined): string {
  const { long } = words.reasons[reason];
  return typeof long === 'string' ? long : capital(long({ who: who ?? words.unknown }));
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Below this nothing is worth a bar. */
const faint = 0.1;
const mostBars = 5;

function drawn(words: DecidedWords, reading: Reading): Pick<Told, 'marks' | 'bars'> {
  const marks = reading.findings.map(({ kind, p, start, end }: Finding) => ({
    start,
    end,
    label: words.kinds[kind],
    strength: p,
  }));
  const found = [
    ...kinds.map((kind) => ({ label: words.kinds[kind], value: reading.kinds[kind] })),
    ...moves.map((move) => ({ label: words.moves[move], value: reading.attuned[move] })),
    ...contexts.map((context) => ({ label: words.contexts[context], value: reading.post[context] })),
  ];
  const strongest = found.filter(({ value }) => value >= faint).sort((a, b) => b.value - a.value);
  return { marks, bars: [{ label: words.fixit, value: reading.fixit }, ...strongest.slice(0, mostBars)] };
}
