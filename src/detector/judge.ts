/** From a reading to a judgement, by the community's terms. Pure; the one judgement for notes, drafts and trials. */
import type { Finding, Judgement, Kind, Reading } from '#detector/reading';
import type { Sensitivity, Terms } from '#detector/terms';

/** How sure a note has to be, as a chance: of ten notes at `careful`, about nine are right. docs/detector.md. */
export const marks: Record<Sensitivity, number> = { careful: 0.9, balanced: 0.8, keen: 0.7 };

/** A kind that is named shows at least as much as this. */
export const kindMark = 0.2;

/** From where on something counts as read in a post. */
export const postMarks = {
  /** Nobody is nudged: doubt is enough. */
  danger: 0.3,
  /** In a reply, whose orders ("you need to stop") often sound a little like it. */
  clearDanger: 0.5,
  /** What answers a question is not a fix; from `clearlyAsked` on nothing is. */
  asked: 0.35,
  clearlyAsked: 0.6,
  smallTalk: 0.35,
} as const;
/** A move that is surely there, in a reply or in what was said before it. */
export const attuned = 0.5;

/** Kinds that can be an answer to "what do you think?". */
const answers: ReadonlySet<Kind> = new Set([
  'advice',
  'cheerleading',
  'explaining-away',
  'interpreting',
  'taking-over',
]);

/** What the reply shows most of, where it shows anything. */
const strongestOf = ({ findings }: Reading): Finding | undefined => findings.find(({ p }) => p >= kindMark);

/**
 * The chance that a note is right: a fix, and neither asked for nor said in small talk. This is what `judge` holds against
 * the mark. Where no words show a fix there is nothing to note, and it is below every mark.
 */
export function scoreOf(reading: Reading): number {
  const strongest = strongestOf(reading);
  // A question excuses an answer to it; a bright side is none.
  const asked = strongest && !answers.has(strongest.kind) ? 0 : reading.post['asks-advice'];
  const fixit = Math.min(reading.fixit, surest);
  const odds = (fixit / (1 - fixit)) * (1 - asked) * (1 - reading.post['not-distress']);
  const score = odds / (1 + odds);
  return strongest ? score : score * marks.keen;
}
const surest = 0.999;

export function judge(reading: Reading, terms: Terms): Judgement {
  const { post } = reading;
  if (post.crisis >= postMarks.danger) return { flag: false, reason: 'danger' };
  if (reading.pointsToHelp) return { flag: false, reason: 'points to help' };
  if (reading.voicesDanger) return { flag: false, reason: 'danger' };

  const strongest = strongestOf(reading);
  if (!strongest) return { flag: false, reason: 'no fix' };
  const { kind } = strongest;
  if (post['asks-advice'] >= postMarks.clearlyAsked || (post['asks-advice'] >= postMarks.asked && answers.has(kind)))
    return { flag: false, kind, reason: 'asked for' };
  if (post['not-distress'] >= postMarks.smallTalk) return { flag: false, kind, reason: 'not about a difficulty' };
  if (scoreOf(reading) < marks[terms.sensitivity]) return { flag: false, kind, reason: whyLess(reading) };
  // Shown at least as strongly as any: a scolding with a hint of advice is no advice.
  const inUse = reading.findings.find((one) => terms.kinds.includes(one.kind) && one.p >= strongest.p);
  if (!inUse) return { flag: false, kind, reason: 'kind not in use' };
  return { flag: true, kind: inUse.kind, words: inUse.words, reason: 'fix' };
}

/** A strong kind in a reply that is not a fix as a whole: what came with it? */
function whyLess({ attuned: moves }: Reading): 'with permission' | 'after listening' | 'no fix' {
  if (moves['asks-permission'] >= attuned) return 'with permission';
  return Object.values(moves).some((p) => p >= attuned) ? 'after listening' : 'no fix';
}
