import { describe, expect, it } from 'vitest';
import { atShare, auc, calibration, curve, decided, precisionAt } from './metrics.ts';

/** `+` is so, `-` is not; from the highest score down, with a space between scores. */
function ranked(text: string) {
  const scores = text.split(' ');
  return scores.flatMap((ties, at) => [...ties].map((sign) => ({ score: 1 - at / scores.length, isSo: sign === '+' })));
}

describe('the AUC', () => {
  it.each([
    ['+ + - -', 1],
    ['- - + +', 0],
    ['+ - + -', 0.75],
    ['+-', 0.5],
    ['++-- ', 0.5],
    ['+ +- -', 0.875],
    ['++- -', 0.75],
  ])('of %s is %d', (text, area) => expect(auc(ranked(text))).toBeCloseTo(area, 10));

  it('does not depend on the order of the rows', () => {
    const rows = ranked('+ +- - ++- -');
    expect(auc(rows.toReversed())).toBe(auc(rows));
  });

  it.each(['++', '--', ''])('is not known of "%s"', (text) => expect(auc(ranked(text))).toBeUndefined());

  it('is that of rows written out, where rows have weights', () => {
    const light = [
      { score: 0.9, isSo: true, weight: 3 },
      { score: 0.5, isSo: false, weight: 2 },
      { score: 0.4, isSo: true },
    ];
    expect(auc(light)).toBeCloseTo(auc(ranked('+++ -- +')) ?? 0, 10);
  });
});

describe('precision at recall', () => {
  const points = curve(ranked('+ - + +- -'));

  it('has a point for every score', () =>
    expect(points.map(({ precision, recall }) => [precision, recall])).toEqual([
      [1, 1 / 3],
      [1 / 2, 1 / 3],
      [2 / 3, 2 / 3],
      [3 / 5, 1],
      [3 / 6, 1],
    ]));

  it.each([
    [0, 1],
    [1 / 3, 1],
    [0.34, 2 / 3],
    [0.7, 3 / 5],
    [1, 3 / 5],
  ])('at %d is %d', (recall, precision) => expect(precisionAt(points, recall)).toBe(precision));

  it('is not known where nothing is so', () => expect(precisionAt(curve(ranked('- -')), 0.3)).toBeUndefined());

  it('counts equals together: no luck in their order', () =>
    expect(precisionAt(curve(ranked('+---')), 0.3)).toBe(0.25));
});

describe('what was decided', () => {
  const row = (flag: boolean, isSo: boolean) => ({ flag, isSo });

  it('is counted', () => {
    const rows = [row(true, true), row(true, true), row(true, false), row(false, true), row(false, false)];
    const figures = { flagged: 3, right: 2, precision: 2 / 3, recall: 2 / 3, wrong: 1 / 2 };
    expect(decided(rows)).toEqual(figures);
  });

  it('is not known where there is nothing to know it of', () => {
    expect(decided([row(false, false)])).toMatchObject({ precision: undefined, recall: undefined, wrong: 0 });
    expect(decided([row(true, true)])).toMatchObject({ precision: 1, recall: 1, wrong: undefined });
  });
});

describe('calibration', () => {
  it('holds what was said against what was so', () => {
    const rows = [0.91, 0.93, 1, 0.05].map((score, at) => ({ score, isSo: at < 2 }));
    const [low, high, ...none] = calibration(rows);
    expect(low).toEqual({ from: 0, to: 0.1, rows: 1, said: 0.05, so: 0 });
    expect(high).toMatchObject({ from: 0.9, to: 1, rows: 3 });
    expect(high?.said).toBeCloseTo(2.84 / 3);
    expect(high?.so).toBeCloseTo(2 / 3);
    expect(none).toEqual([]);
  });
});

describe('another share of what is so', () => {
  it('changes precision, and neither recall nor AUC', () => {
    const half = ranked('+ - + -').map((row) => ({ ...row, flag: row.score > 0.5 }));
    const fifth = atShare(half, 0.2);
    expect(decided(half)).toMatchObject({ precision: 1 / 2, recall: 1 / 2 });
    expect(decided(fifth).precision).toBeCloseTo(0.2);
    expect(decided(fifth).recall).toBeCloseTo(1 / 2);
    expect(auc(fifth)).toBeCloseTo(auc(half) ?? 0);
  });
});
