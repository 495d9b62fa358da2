/** From a reading to a judgement, by the community's terms. Pure; the one judgement for notes, drafts and trials. */
import type { Judgement, Kind, Reading } from '#detector/reading';
import type { Sensitivity, Terms } from '#detector/terms';

/** `fixit`: the reply as a whole; `kind`: the kind that would be named. Each must reach its mark. */
export const marks: Record<Sensitivity, { fixit: number; kind: number }> = {
  careful: { fixit: 0.7, kind: 0.7 },
  balanced: { fixit: 0.55, kind: 0.6 },
  keen: { fixit: 0.4, kind: 0.45 },
};

/** From where on something counts as read in a post. */
export const postMarks = {
  /** Nobody is nudged: doubt is enough. */
  danger: 0.3,
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

export function judge(reading: Reading, terms: Terms): Judgement {
  const { post } = reading;
  if (post.crisis >= postMarks.danger) return { flag: false, reason: 'danger' };
  if (reading.pointsToHelp) return { flag: false, reason: 'points to help' };

  const mark = marks[terms.sensitivity];
  const strong = reading.findings.filter(({ p }) => p >= mark.kind);
  const [strongest] = strong;
  if (!strongest) return { flag: false, reason: 'no fix' };
  const { kind } = strongest;

  if (post['asks-advice'] >= postMarks.clearlyAsked || (post['asks-advice'] >= postMarks.asked && answers.has(kind)))
    return { flag: false, kind, reason: 'asked for' };
  if (post['not-distress'] >= postMarks.smallTalk) return { flag: false, kind, reason: 'not about a difficulty' };
  if (reading.fixit < mark.fixit) return { flag: false, kind, reason: whyLess(reading) };
  const inUse = strong.find((finding) => terms.kinds.includes(finding.kind));
  if (!inUse) return { flag: false, kind, reason: 'kind not in use' };
  return { flag: true, kind: inUse.kind, words: inUse.words, reason: 'fix' };
}

/** A strong kind in a reply that is not a fix as a whole: what came with it? */
function whyLess({ attuned: moves }: Reading): 'with permission' | 'after listening' | 'no fix' {
  if (moves['asks-permission'] >= attuned) return 'with permission';
  return Object.values(moves).some((p) => p >= attuned) ? 'after listening' : 'no fix';
}
