import { contexts, type Detector, type Judgement, kinds, moves, type Reading } from '#detector/reading';

/** A detector of a few words, so that a test shows by itself what is read in it. */

const none = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** What shows what, and how surely. */
const ofReplies: [words: string, move: keyof Reading['attuned'], p: number][] = [
  ['you miss him', 'reflects', 0.8],
  ['what was he like', 'asks-openly', 0.8],
  ['that must be hard', 'validates', 0.8],
  ['hugs', 'with-you', 0.9],
  ['want ideas', 'asks-permission', 0.9],
];
const ofPosts: [words: string, context: keyof Reading['post'], p: number][] = [
  ['what should i do', 'asks-advice', 1],
  ['ideas welcome', 'asks-advice', 0.8],
  ['not sure', 'asks-advice', 0.4],
  ['no ideas', 'no-advice', 0.9],
  ['just listen', 'no-advice', 0.9],
  ['all good', 'settled', 0.9],
  ['end it', 'crisis', 0.9],
  ['need to stop', 'crisis', 0.3],
];

/** "at least" is a silver lining, and who says that somebody died shares a difficulty. */
export const detector: Detector = {
  version: 'of a few words',
  by: () => 'signs',
  readAlone: (said) => detector.read(said, said),
  close: async () => undefined,
  screen: async (reply) => reply.includes('at least'),
  async read(reply, post): Promise<Reading> {
    const start = reply.indexOf('at least');
    const p = start < 0 ? 0 : 0.9;
    const attuned = none(moves);
    for (const [words, move, p] of ofReplies) if (reply.includes(words)) attuned[move] = p;
    const found = none(contexts);
    for (const [words, context, p] of ofPosts) if (post.includes(words)) found[context] = p;
    return {
      fixit: p,
      kinds: { ...none(kinds), 'silver-lining': p },
      findings: p > 0 ? [{ kind: 'silver-lining', p, start, end: start + 8, words: 'at least' }] : [],
      attuned,
      post: found,
      shares: reply.includes('died') ? 0.9 : 0,
      pointsToHelp: false,
      voicesDanger: false,
    };
  },
};

/** What is read in a message alone. */
export const alone = (text: string): Promise<Reading> => detector.read(text, text);

export const judge = (reading: Reading): Judgement => {
  const [finding] = reading.findings;
  if (!finding) return { flag: false, reason: 'no fix' };
  if (reading.post['asks-advice'] >= 0.35) return { flag: false, kind: finding.kind, reason: 'asked for' };
  return { flag: true, kind: finding.kind, words: finding.words, reason: 'fix' };
};
