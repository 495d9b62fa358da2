import { type Count, type Countable, type Objection, objections } from '#store/counts';
import type { Day } from '#store/days';
import { DAY, dayOf } from '#store/times';
import { aboutAll, aboutShare, type Cell, cellOf, sizeOf } from './cells.ts';

/** What is shown of a community's counts: whole past days only, and nothing that was not made a cell before. Pure. */

/** In days. What is counted is kept as long as the longest of them. */
export const periods = [7, 30, 90] as const;
export type Period = (typeof periods)[number];

/** Whole days in UTC, both included. */
export type Span = { from: string; to: string };

export type ByKind = { kind: string; cell: Cell };

export type Figures = {
  span: Span;
  read: Cell;
  /** How many members had notes on when the last day ended; absent where that is not known yet. */
  withNotes?: Cell;
  /** Notes that were sent, and those that would have been while the guild only observed; every kind, most first. */
  noted: ByKind[];
  would: ByKind[];
  aboutNoted: Cell;
  aboutWould: Cell;
  /** Notes that their readers called wrong, by the reason that they gave. */
  wrong: Record<Objection, Cell>;
  /** Percent of the notes; absent where there were too few to tell. */
  wrongShare?: number;
  /** Week by week, oldest first: these are told only when a week is over. */
  weeks: { span: Span; landed: Cell; thanked: Cell }[];
};

export const spanOf = (period: Period, now: number): Span => ({
  from: dayOf(now - period * DAY),
  to: dayOf(now - DAY),
});

/** The last whole weeks, from Monday to Sunday; as many as the period holds. */
export function weeksOf(period: Period, now: number): Span[] {
  const today = Math.floor(now / DAY);
  // 1 January 1970 was a Thursday.
  const monday = today - ((today + 3) % 7);
  const weeks = Math.floor(period / 7);
  return Array.from({ length: weeks }, (_, at) => {
    const from = monday - 7 * (weeks - at);
    return { from: dayOf(from * DAY), to: dayOf((from + 6) * DAY) };
  });
}

/** The first day of which anything is shown. */
export const firstDayOf = (period: Period, now: number): string =>
  [spanOf(period, now), ...weeksOf(period, now)].map(({ from }) => from).sort()[0] ?? '';

const isIn = ({ from, to }: Span, { day }: { day: string }) => from <= day && day <= to;

/** @param kinds all that there are: each is told, also when there was none of it. */
export function figuresOf(
  { counts, days }: { counts: readonly Count[]; days: readonly Day[] },
  kinds: readonly string[],
  period: Period,
  now: number,
): Figures {
  const span = spanOf(period, now);
  const sum = (within: Span, what: Countable, kind?: string): Cell =>
    cellOf(
      counts
        .filter((one) => one.what === what && isIn(within, one) && (kind ?? one.kind) === one.kind)
        .reduce((all, { n }) => all + n, 0),
    );
  // In the order of what is shown: the order of what is hidden would tell of it.
  const byKind = (what: Countable) =>
    kinds
      .map((kind) => ({ kind, cell: sum(span, what, kind) }))
      .sort((a, b) => sizeOf(b.cell) - sizeOf(a.cell) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const cellsOf = (all: readonly ByKind[]) => all.map(({ cell }) => cell);

  const [noted, would] = [byKind('noted'), byKind('would')];
  const wrong = Object.fromEntries(objections.map((why) => [why, sum(span, why)])) as Figures['wrong'];
  const { withNotes } = days.find(({ day }) => day === span.to) ?? {};
  const wrongShare = aboutShare(Object.values(wrong), cellsOf(noted));
  return {
    span,
    read: cellOf(days.filter((one) => isIn(span, one)).reduce((all, { replies }) => all + replies, 0)),
    ...(withNotes !== undefined && { withNotes: cellOf(withNotes) }),
    noted,
    would,
    aboutNoted: aboutAll(cellsOf(noted)),
    aboutWould: aboutAll(cellsOf(would)),
    wrong,
    ...(wrongShare !== undefined && { wrongShare }),
    weeks: weeksOf(period, now).map((week) => ({
      span: week,
      landed: sum(week, 'landed'),
      thanked: sum(week, 'thanked'),
    })),
  };
}
