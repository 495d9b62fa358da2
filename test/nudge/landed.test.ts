import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { contexts, kinds, moves, type Reading } from '#detector/reading';
import { landed, mayHaveLanded, type OwnRead } from '#nudge/landed';
import { corpus } from '../eval/labelled.ts';
import { readOnFolds } from '../eval/readings.ts';

const none = <L extends string>(labels: readonly L[]) =>
  Object.fromEntries(labels.map((label) => [label, 0])) as Record<L, number>;
type Changed = { attuned?: Partial<Reading['attuned']>; post?: Partial<Reading['post']> } & Partial<
  Pick<Reading, 'fixit' | 'pointsToHelp' | 'kinds' | 'findings'>
>;
const readingOf = ({ attuned = { validates: 0.9, 'asks-openly': 0.7 }, post, ...more }: Changed = {}): Reading => ({
  ...{ fixit: 0.02, kinds: none(kinds), findings: [], shares: 0, pointsToHelp: false, voicesDanger: false },
  attuned: { ...none(moves), ...attuned },
  post: { ...none(contexts), ...post },
  ...more,
});
const stays: OwnRead['stays'] = [
  { move: 'with-you', p: 0.99, words: 'i am here' },
  { move: 'validates', p: 0.9, words: 'no wonder you miss her' },
  { move: 'asks-openly', p: 0.7, words: 'what was she like?' },
];
const read = (reading: Reading): OwnRead => ({
  ...{ reading, judgement: judge(reading, { sensitivity: 'balanced', kinds }), stays },
});

describe('a reply lands well', () => {
  it('when it plainly listens: what is quoted is the surest of that', () => {
    expect(landed(read(readingOf()))).toEqual({ move: 'validates', words: 'no wonder you miss her' });
  });

  const leftAlone: [string, Changed][] = [
    ['only one way of staying is there', { attuned: { validates: 0.95 } }],
    ['nothing is plain', { attuned: { validates: 0.8, 'asks-openly': 0.8, reflects: 0.8 } }],
    ['it is only there with them', { attuned: { 'with-you': 0.99, validates: 0.7 } }],
    ['it is only thanks', { attuned: { thanks: 0.99, 'with-you': 0.9 } }],
    ['it asks whether ideas are wanted', { attuned: { 'asks-permission': 0.99, 'with-you': 0.9 } }],
    ['a little of it is a fix', { fixit: 0.2 }],
    ['a hint of a kind is in it', { kinds: { ...none(kinds), advice: 0.25 } }],
    [
      'words of it may be a fix',
      { findings: [{ kind: 'advice', p: 0.3, start: 0, end: 3, words: 'try' }], kinds: none(kinds) },
    ],
    ['it points to help', { pointsToHelp: true }],
    ['there is a doubt about danger', { post: { crisis: 0.3 } }],
    ['ideas may be wanted', { post: { 'asks-advice': 0.4 } }],
    ['it may be small talk', { post: { 'not-distress': 0.4 } }],
  ];
  it.each(leftAlone)('not where %s', (_, changed) => expect(landed(read(readingOf(changed)))).toBeUndefined());

  it('not where no sentence can be quoted for it', () => {
    const one = read(readingOf());
    expect(landed({ ...one, stays: [] })).toBeUndefined();
    expect(landed({ ...one, stays: stays.slice(0, 1) })).toBeUndefined();
  });

  it.each([
    ['no wonder you miss her so much', readingOf(), true],
    ['no wonder you', readingOf(), false],
    ['no wonder you miss her so much', readingOf({ attuned: { 'with-you': 0.9 } }), false],
    ['no wonder you miss her so much', readingOf({ fixit: 0.6 }), false],
  ])('is worth a look at the conversation: %s, %#', (text, reading, expected) =>
    expect(mayHaveLanded(text, reading)).toBe(expected),
  );

  it('in the corpus: listening, and never a fix', { timeout: 120_000 }, async () => {
    // Danger, a wish for ideas and small talk are read in the whole conversation; here the labels stand in for that.
    const isLeft = (flag: string) => ['crisis', 'asks-advice', 'not-distress'].includes(flag);
    const lines = corpus().filter(({ reply, postFlags = [] }) => reply !== '' && !postFlags.some(isLeft));
    const told = (await readOnFolds(lines)).filter(({ reading }) => landed(read(reading)));
    const listen = told.filter(({ attuned = [] }) => attuned.some((move) => move !== 'thanks'));
    expect(told.length).toBeGreaterThan(120);
    expect(told.filter(({ nudge }) => nudge === 'yes')).toEqual([]);
    expect(listen.length / told.length).toBeGreaterThan(0.97);
  });
});
