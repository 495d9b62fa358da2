/** Figures of a ranking and of a decision. Pure; `test/eval/metrics.test.ts` has cases that can be checked by hand. */

/** What was said of a row, 0..1, and whether it was so. A row may stand for more than one, or for less. */
export type Scored = { score: number; isSo: boolean; weight?: number };
export type Flagged = { flag: boolean; isSo: boolean; weight?: number };
/** What a mark at `score` gives: so many of the flagged are right, so many of the right are flagged. */
export type Point = { score: number; precision: number; recall: number };
export type Bin = { from: number; to: number; rows: number; said: number; so: number };

const weigh = ({ weight = 1 }: { weight?: number }) => weight;
const sum = <T extends { weight?: number }>(rows: readonly T[], those: (row: T) => boolean = () => true): number =>
  rows.reduce((all, row) => (those(row) ? all + weigh(row) : all), 0);
const isSo = (row: { isSo: boolean }) => row.isSo;
const isNot = (row: { isSo: boolean }) => !row.isSo;

/** Rows of one score together, the highest first: nothing is said of the order among equals. */
function ties(rows: readonly Scored[]): { score: number; so: number; not: number }[] {
  const byScore = [...Map.groupBy(rows, ({ score }) => score)].sort(([a], [b]) => b - a);
  return byScore.map(([score, those]) => ({ score, so: sum(those, isSo), not: sum(those, isNot) }));
}

/** How often a row that is so has a higher score than one that is not; undefined where there are none of either. */
export function auc(rows: readonly Scored[]): number | undefined {
  const [so, not] = [sum(rows, isSo), sum(rows, isNot)];
  let above = 0;
  let won = 0;
  for (const tie of ties(rows)) {
    won += tie.not * (above + tie.so / 2);
    above += tie.so;
  }
  return so && not ? won / (so * not) : undefined;
}

/** From the highest mark to the lowest, one point for each score; none where nothing is so. */
export function curve(rows: readonly Scored[]): Point[] {
  const all = sum(rows, isSo);
  let [so, not] = [0, 0];
  if (all === 0) return [];
  return ties(rows).map((tie) => {
    so += tie.so;
    not += tie.not;
    return { score: tie.score, precision: so / (so + not), recall: so / all };
  });
}

/** The best precision of a mark that finds at least so much. */
export function precisionAt(points: readonly Point[], recall: number): number | undefined {
  const far = points.filter((point) => point.recall >= recall - 1e-9);
  return far.length ? Math.max(...far.map(({ precision }) => precision)) : undefined;
}

/** `precision` is undefined where nothing was flagged, `recall` where nothing is so, `wrong` where all is. */
export function decided(rows: readonly Flagged[]) {
  const flagged = rows.filter(({ flag }) => flag);
  const share = (some: number, all: number) => (all > 0 ? some / all : undefined);
  const right = sum(flagged, isSo);
  return {
    flagged: flagged.length,
    right: flagged.filter(isSo).length,
    precision: share(right, sum(flagged)),
    recall: share(right, sum(rows, isSo)),
    /** The share of what is not so that was flagged all the same. */
    wrong: share(sum(flagged, isNot), sum(rows, isNot)),
  };
}

/** What was said against what was so, by how much was said. Bins that nothing falls into are left out. */
export function calibration(rows: readonly Scored[], bins = 10): Bin[] {
  const binOf = ({ score }: Scored) => Math.min(bins - 1, Math.floor(score * bins));
  const byBin = [...Map.groupBy(rows, binOf)].sort(([a], [b]) => a - b);
  return byBin.map(([bin, those]) => {
    const all = sum(those);
    const said = those.reduce((total, row) => total + weigh(row) * row.score, 0) / all;
    return { from: bin / bins, to: (bin + 1) / bins, rows: those.length, said, so: sum(those, isSo) / all };
  });
}

/** Weights by which what is so is `share` of all. */
export function atShare<R extends { isSo: boolean }>(rows: readonly R[], share: number): (R & { weight: number })[] {
  const so = rows.filter(isSo).length;
  const weight = ((rows.length - so) * share) / (so * (1 - share));
  return rows.map((row) => ({ ...row, weight: row.isSo ? weight : 1 }));
}
