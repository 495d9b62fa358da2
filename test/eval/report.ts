import { judge, marks, scoreOf } from '#detector/judge';
import { contexts, type Kind, kinds, moves, type Reading } from '#detector/reading';
import type { Sensitivity, Terms } from '#detector/terms';
import { flags } from './labelled.ts';
import { atShare, auc, calibration, curve, decided, precisionAt, type Scored } from './metrics.ts';
import type { Row } from './readings.ts';

/** What is measured of readings of labelled replies. Numbers only, no text. Pure. */

export const sensitivities = Object.keys(marks) as Sensitivity[];
export const recalls = [0.3, 0.4, 0.5, 0.7];

export type Asked = {
  kinds: readonly Kind[];
  /** The error tables are of this one. */
  sensitivity: Sensitivity;
  /** Rows are weighed so that this share of them are fixes; as they are without. */
  prior?: number | undefined;
};
export type Report = ReturnType<typeof reportOn>;

const hasDanger = ({ postFlags = [] }: Row) => postFlags.includes('crisis');
/** Under a post that only shares a difficulty. */
export const isPlain = ({ postFlags = [] }: Row) => !postFlags.some((flag) => flag !== 'no-advice');
/** Those whose judgement is known: neither unsure, nor under a post that voices danger. */
export const isSure = (row: Row): boolean => (row.nudge === 'yes' || row.nudge === 'no') && !hasDanger(row);

export function reportOn(rows: readonly Row[], { kinds: inUse, sensitivity, prior }: Asked) {
  const replies = rows.filter(({ nudge }) => nudge);
  const marked = replies.map((row) => ({ ...row, isSo: row.nudge === 'yes' }));
  const sure = marked.filter(isSure);
  const fixes = sure.filter(({ isSo }) => isSo).length;
  const weighed = prior === undefined ? sure : atShare(sure, prior);
  const danger = replies.filter(hasDanger);
  const flagsAt = (name: Sensitivity) => (row: Row) => judge(row.reading, { sensitivity: name, kinds: inUse }).flag;
  const flag = flagsAt(sensitivity);

  return {
    rows: rows.length,
    replies: replies.length,
    unsure: replies.filter((row) => row.nudge === 'unsure' && !hasDanger(row)).length,
    sure: { rows: sure.length, fixes, prior },
    judgement: ranking(weighed.map((row) => ({ ...row, score: scoreOf(row.reading) }))),
    replyAlone: ranking(weighed.filter(isPlain).map((row) => ({ ...row, score: row.reading.fixit }))),
    sensitivities: sensitivities.map((name) => {
      const flag = flagsAt(name);
      const inDanger = { rows: danger.length, flagged: danger.filter(flag).length };
      return { name, mark: marks[name], ...decided(weighed.map((row) => ({ ...row, flag: flag(row) }))), inDanger };
    }),
    calibration: calibration(weighed.map((row) => ({ ...row, score: scoreOf(row.reading) }))),
    kinds: named(kinds, rows, 'kinds', 'kinds'),
    moves: named(moves, rows, 'attuned', 'attuned'),
    post: named(flags, rows, 'postFlags', 'post'),
    hands: byHands(sure, flag),
    errors: { sensitivity, ...errorsBy(sure, flag) },
  };
}

function ranking(rows: readonly Scored[]) {
  const points = curve(rows);
  return {
    rows: rows.length,
    auc: auc(rows),
    precisionAt: recalls.map((recall) => ({ recall, precision: precisionAt(points, recall) })),
    /** The first mark that finds so much, for plots. */
    curve: Array.from({ length: 100 }, (_, at) => points.find(({ recall }) => recall >= (at + 1) / 100 - 1e-9)).flatMap(
      (point) => point ?? [],
    ),
  };
}

/** How well each of some labels is told from its absence, where lines have such labels at all. */
function named<K extends 'kinds' | 'attuned' | 'post', L extends keyof Reading[K] & string>(
  labels: readonly L[],
  rows: readonly Row[],
  labelled: 'kinds' | 'attuned' | 'postFlags',
  read: K,
) {
  const known = rows.filter((row) => row[labelled]);
  return labels.map((name) => {
    const scored = known.map((row) => ({
      isSo: row[labelled]?.includes(name) ?? false,
      score: Number(row.reading[read][name]),
    }));
    return { name, rows: scored.filter(({ isSo }) => isSo).length, auc: auc(scored) };
  });
}

type Sure = Row & { isSo: boolean };

/** A hand's letter stands for those who wrote alike; data/corpus/README.md. */
function byHands(sure: readonly Sure[], flag: (row: Row) => boolean) {
  const groups = Map.groupBy(
    sure.filter(({ hand }) => hand),
    ({ hand }) => hand?.replace(/\d+$/, '') ?? '',
  );
  return [...groups].map(([name, rows]) => {
    const { auc: area } = ranking(rows.map((row) => ({ ...row, score: scoreOf(row.reading) })));
    return { rows: rows.length, auc: area, ...part(name, rows, flag) };
  });
}

/** Words of a reply, up to and with. */
const lengths = [5, 15, 30, 60, Number.POSITIVE_INFINITY];

function errorsBy(sure: readonly Sure[], flag: (row: Row) => boolean) {
  const wordsIn = ({ reply }: Row) => reply.split(/\s+/).filter(Boolean).length;
  return {
    kind: kinds.map((name) =>
      part(
        name,
        sure.filter((row) => row.kinds?.includes(name)),
        flag,
      ),
    ),
    length: lengths.map((to, at) => {
      const from = (lengths[at - 1] ?? 0) + 1;
      const those = sure.filter((row) => wordsIn(row) >= from && wordsIn(row) <= to);
      return part(Number.isFinite(to) ? `${from}-${to}` : `${from}+`, those, flag);
    }),
  };
}

export type Part = { name: string; fixes: number; missed: number; fine: number; noted: number };

/** Of the fixes among them how many were missed; of the others how many were noted. */
function part(name: string, rows: readonly Sure[], flag: (row: Row) => boolean): Part {
  const fixes = rows.filter(({ isSo }) => isSo);
  const fine = rows.filter(({ isSo }) => !isSo);
  return {
    name,
    fixes: fixes.length,
    missed: fixes.filter((row) => !flag(row)).length,
    fine: fine.length,
    noted: fine.filter(flag).length,
  };
}

const sorts = ['noted under danger', 'noted, and was fine', 'missed'] as const;
export type Wrong = {
  what: (typeof sorts)[number];
  row: Row;
  score: number;
  judgement: ReturnType<typeof judge>;
};

/** Every error, by its sort, the worst first. */
export function errorsOf(rows: readonly Row[], terms: Terms): Wrong[] {
  const wrong = rows.flatMap((row): Wrong[] => {
    const judgement = judge(row.reading, terms);
    const what = howWrong(row, judgement.flag);
    return what ? [{ what, row, score: scoreOf(row.reading), judgement }] : [];
  });
  const worst = ({ what, score }: Wrong) => sorts.indexOf(what) + (what === 'missed' ? score : 1 - score);
  return wrong.sort((a, b) => worst(a) - worst(b));
}

function howWrong(row: Row, isFlagged: boolean): Wrong['what'] | undefined {
  if (isFlagged && row.nudge && hasDanger(row)) return 'noted under danger';
  if (!isSure(row)) return undefined;
  if (isFlagged && row.nudge === 'no') return 'noted, and was fine';
  return !isFlagged && row.nudge === 'yes' ? 'missed' : undefined;
}

/** What an error shows of what was read in the post. */
export const readInPost = ({ reading }: Row): string[] =>
  contexts
    .filter((context) => reading.post[context] >= 0.3)
    .map((context) => `${context} ${reading.post[context].toFixed(2)}`);
