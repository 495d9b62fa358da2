import { describe, expect, it } from 'vitest';
import { judge, marks } from '#detector/judge';
import { contexts, type Kind, kinds, moves, type Reading } from '#detector/reading';
import type { Sensitivity, Terms } from '#detector/terms';

const none = <L extends string>(labels: readonly L[]) =>
  Object.fromEntries(labels.map((l) => [l, 0])) as Record<L, number>;
const words = 'these very words';
const found = (kind: Kind, p: number) => ({ kind, p, start: 0, end: words.length, words });
const reading = (change: Partial<Reading> = {}): Reading => ({
  fixit: 0.95,
  kinds: { ...none(kinds), advice: 0.8 },
  findings: [found('advice', 0.8)],
  attuned: none(moves),
  post: none(contexts),
  shares: 0,
  pointsToHelp: false,
  ...change,
});
const post = (change: Partial<Reading['post']>) => ({ post: { ...none(contexts), ...change } });
const attuned = (change: Partial<Reading['attuned']>) => ({ attuned: { ...none(moves), ...change } });
const terms = (change: Partial<Terms> = {}): Terms => ({ sensitivity: 'balanced', kinds, ...change });

it('flags a fix, with its words', () => {
  expect(judge(reading(), terms())).toEqual({ flag: true, kind: 'advice', words, reason: 'fix' });
});

describe('leaves alone, and says why', () => {
  it.each<[string, Partial<Reading>]>([
    ['danger', post({ crisis: 0.3 })],
    ['danger', { ...post({ crisis: 0.9, 'asks-advice': 0.9 }), pointsToHelp: true }],
    ['points to help', { pointsToHelp: true }],
    ['points to help', { pointsToHelp: true, ...post({ 'not-distress': 0.9 }) }],
    ['no fix', { findings: [] }],
    ['no fix', { findings: [found('advice', 0.1)] }],
    ['no fix', { fixit: 0.5 }],
    ['asked for', post({ 'asks-advice': 0.4 })],
    ['asked for', post({ 'asks-advice': 0.9, 'not-distress': 0.9 })],
    ['asked for', { findings: [found('criticising', 0.9)], ...post({ 'asks-advice': 0.9 }) }],
    ['not about a difficulty', post({ 'not-distress': 0.5 })],
    ['after listening', { fixit: 0.4, ...attuned({ reflects: 0.7 }) }],
    ['with permission', { fixit: 0.4, ...attuned({ reflects: 0.7, 'asks-permission': 0.7 }) }],
  ])('%s', (reason, change) => expect(judge(reading(change), terms())).toMatchObject({ flag: false, reason }));

  it('a kind that is not in use', () => {
    expect(judge(reading(), terms({ kinds: ['silver-lining'] }))).toEqual({
      flag: false,
      kind: 'advice',
      reason: 'kind not in use',
    });
    expect(judge(reading(), terms({ kinds: [] }))).toMatchObject({ reason: 'kind not in use' });
  });
});

it('names the strongest kind that is in use', () => {
  const two = reading({ findings: [found('criticising', 0.9), found('advice', 0.7)] });
  expect(judge(two, terms())).toMatchObject({ kind: 'criticising' });
  expect(judge(two, terms({ kinds: ['advice'] }))).toMatchObject({ flag: true, kind: 'advice' });
});

it('a hint of a question exempts an answer, but not a scolding', () => {
  const hint = post({ 'asks-advice': 0.4 });
  expect(judge(reading({ findings: [found('criticising', 0.9)], ...hint }), terms())).toMatchObject({ flag: true });
});

it('a keener community hears more, a more careful one less', () => {
  const flags = (p: number) =>
    (['careful', 'balanced', 'keen'] satisfies Sensitivity[]).map(
      (sensitivity) => judge(reading({ fixit: p }), terms({ sensitivity })).flag,
    );
  expect(flags(0.95)).toEqual([true, true, true]);
  expect(flags(0.87)).toEqual([false, true, true]);
  expect(flags(0.7)).toEqual([false, false, true]);
  expect(flags(0.6)).toEqual([false, false, false]);
  expect(marks.keen).toBeLessThan(marks.careful);
});
