import { describe, expect, it } from 'vitest';
import {
  alone,
  chance,
  logOdds,
  lookedTwice,
  nothing,
  type Task,
  tasks,
  together,
  type Votes,
} from '#detector/model/vote';
import { contexts, kinds, moves, type Reading } from '#detector/reading';

const none = <L extends string>(labels: readonly L[]) =>
  Object.fromEntries(labels.map((label) => [label, 0])) as Record<L, number>;
const signs = (change: Partial<Reading> = {}): Reading => ({
  fixit: 0.5,
  kinds: none(kinds),
  findings: [],
  attuned: none(moves),
  post: none(contexts),
  shares: 0,
  pointsToHelp: false,
  voicesDanger: false,
  ...change,
});
/** Only the encoder counts, or also the signs' word on one thing. */
const votes = (task?: Task, heard: Partial<Record<'fixit' | 'shares', number>> = {}): Votes => ({
  signsAlone: { bias: 0, signs: 2 },
  both: Object.fromEntries(
    tasks.map((one) => [one, { bias: 0, signs: one === task ? heard : {}, encoder: 1 }]),
  ) as Votes['both'],
});
const logits = (change: Partial<Record<Task, number>> = {}) => tasks.map((task) => change[task] ?? -5);

it('chances and log odds are each other’s inverse, and no chance is taken for certain', () => {
  expect(chance(logOdds(0.3))).toBeCloseTo(0.3);
  expect(chance(logOdds(0))).toBeCloseTo(0.01);
  expect(chance(logOdds(1))).toBeCloseTo(0.99);
});

describe('both vote', () => {
  it('with their weights, on the scale of log odds', () => {
    const { fixit } = together(signs({ fixit: 0.9 }), logits({ nudge: 1 }), votes('nudge', { fixit: 0.5 }));
    expect(fixit).toBeCloseTo(chance(1 + 0.5 * Math.log(9)));
  });

  it('on a post with all that the signs read in it', () => {
    const asked = (shares: number) =>
      together(signs({ shares }), logits({ 'not-distress': 0 }), votes('not-distress', { shares: -1 })).post[
        'not-distress'
      ];
    expect(asked(0.9)).toBeLessThan(asked(0.1));
  });

  it('but what is clear to the signs is there', () => {
    const clear = signs({
      kinds: { ...none(kinds), advice: 0.8, detached: 0.4 },
      attuned: { ...none(moves), reflects: 0.7 },
      post: { ...none(contexts), 'asks-advice': 0.6 },
      findings: [{ kind: 'advice', p: 0.8, start: 0, end: 2, words: 'do' }],
    });
    const read = together(clear, logits(), votes());
    expect([read.kinds.advice, read.attuned.reflects, read.post['asks-advice']]).toEqual([0.8, 0.7, 0.6]);
    expect(read.kinds.detached).toBeLessThan(0.1);
    expect(read.findings).toMatchObject([{ kind: 'advice', p: 0.8, words: 'do' }]);
  });

  it('and of danger a doubt of either is enough', () => {
    const doubt = signs({ post: { ...none(contexts), crisis: 0.3 } });
    expect(together(doubt, logits(), votes()).post.crisis).toBe(0.3);
    expect(together(signs(), logits({ crisis: 2 }), votes()).post.crisis).toBeGreaterThan(0.8);
  });

  it('two looks at the post are one mean, and the reply is looked at once', () => {
    const twice = lookedTwice(logits({ nudge: 1, crisis: 2 }), logits({ nudge: 9, crisis: 4 }));
    expect([twice[tasks.indexOf('nudge')], twice[tasks.indexOf('crisis')]]).toEqual([1, 3]);
  });
});

it('the signs alone keep their order, on the scale of both', () => {
  const [low, high] = [0.4, 0.7].map((fixit) => alone(signs({ fixit }), votes()).fixit);
  expect(low).toBeLessThan(high ?? 0);
});

it('nothing is nothing, but for danger', () => {
  const read = nothing(signs({ fixit: 0.9, shares: 0.9, post: { ...none(contexts), crisis: 0.8, settled: 0.9 } }));
  expect(read).toMatchObject({ fixit: 0, shares: 0, findings: [], post: { crisis: 0.8, settled: 0 } });
});
