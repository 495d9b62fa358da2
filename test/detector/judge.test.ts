import { describe, expect, it } from 'vitest';
import { judge, marks, scoreOf } from '#detector/judge';
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
  voicesDanger: false,
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
    ['danger', { voicesDanger: true }],
    ['points to help', { pointsToHelp: true }],
    // Who asks about dying names it.
    ['points to help', { pointsToHelp: true, voicesDanger: true }],
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

describe('is noted as what it is most of', () => {
  const two = reading({ findings: [found('criticising', 0.9), found('advice', 0.85)] });

  it('where that kind is in use', () => expect(judge(two, terms())).toMatchObject({ flag: true, kind: 'criticising' }));

  it('and as nothing else where it is not', () => {
    expect(judge(two, terms({ kinds: ['advice'] }))).toEqual({
      flag: false,
      kind: 'criticising',
      reason: 'kind not in use',
    });
    // What is shown more strongly counts, whichever comes first.
    const same = reading({ findings: [found('criticising', 0.85), found('advice', 0.9)] });
    expect(judge(same, terms({ kinds: ['advice'] }))).toMatchObject({ flag: true, kind: 'advice' });
    const other = reading({ findings: [found('advice', 0.9), found('criticising', 0.85)] });
    expect(judge(other, terms({ kinds: ['advice'] }))).toMatchObject({ flag: true, kind: 'advice' });
  });
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

describe('the score is what is held against the mark', () => {
  const levels = [0, 0.1, 0.3, 0.5, 0.75, 0.9, 0.97, 1];
  const findings = (['advice', 'criticising', 'silver-lining'] satisfies Kind[]).map((kind) => [found(kind, 0.8)]);
  const asked = [0, 0.1, 0.3, 0.5].map((p) => post({ 'asks-advice': p }));
  const readings = levels.flatMap((fixit) =>
    asked.flatMap((one) => [...findings, []].map((shown) => reading({ fixit, findings: shown, ...one }))),
  );

  it('where nothing else forbids a note, whatever the kind', () => {
    for (const sensitivity of ['careful', 'balanced', 'keen'] satisfies Sensitivity[])
      for (const one of readings) {
        const { flag, reason } = judge(one, terms({ sensitivity }));
        if (flag) expect(scoreOf(one)).toBeGreaterThanOrEqual(marks[sensitivity]);
        else if (reason === 'no fix') expect(scoreOf(one)).toBeLessThan(marks[sensitivity]);
      }
  });

  it('so a question takes from an answer, and nothing from a bright side', () => {
    const score = (kind: Kind, p: number) =>
      scoreOf(reading({ findings: [found(kind, 0.8)], ...post({ 'asks-advice': p }) }));
    expect(score('advice', 0.5)).toBeLessThan(score('advice', 0));
    expect(score('silver-lining', 0.5)).toBe(score('silver-lining', 0));
  });

  it('and lies between 0 and 1', () => {
    for (const one of readings) {
      expect(scoreOf(one)).toBeGreaterThanOrEqual(0);
      expect(scoreOf(one)).toBeLessThanOrEqual(1);
    }
  });
});
