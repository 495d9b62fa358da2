import { describe, expect, it } from 'vitest';
import { aboutAll, aboutShare, type Cell, cellOf, few } from '#insights/cells';
import { csvOf } from '#insights/csv';
import { figuresOf, firstDayOf, type Period, periods, spanOf, weeksOf } from '#insights/figures';
import type { Count } from '#store/counts';
import { keeps } from '#store/sweep';
import { DAY, dayOf } from '#store/times';

/** A Wednesday at noon, UTC. */
const now = Date.UTC(2025, 4, 14, 12);
const ago = (days: number) => dayOf(now - days * DAY);
const count = (daysAgo: number, what: Count['what'], n: number, kind = 'advice'): Count => ({
  ...{ day: ago(daysAgo), kind, what, n },
});
const kinds = ['advice', 'silver-lining', 'detached'];
const figures = (counts: Count[], period: Period = 7, at = now) => figuresOf({ counts, days: [] }, kinds, period, at);
const cellsOf = (all: readonly { kind: string; cell: Cell }[]) =>
  Object.fromEntries(all.map(({ kind, cell }) => [kind, cell]));

describe('a cell', () => {
  it.each<[number, Cell]>([
    [0, 0],
    [1, few],
    [4, few],
    [5, 5],
    [7, 5],
    [8, 10],
    [12, 10],
    [1238, 1240],
  ])('of %i is %s', (n, cell) => expect(cellOf(n)).toBe(cell));

  it.each<[Cell[], Cell]>([
    [[], 0],
    [[0, 0], 0],
    [[few], few],
    [[few, few], 5],
    [[10, few], 15],
    [[10, 5, 0], 15],
  ])('a sum knows only what is shown: %j is about %s', (cells, sum) => expect(aboutAll(cells)).toBe(sum));

  it('a share needs enough to be one', () => {
    expect(aboutShare([5], [15])).toBeUndefined();
    expect(aboutShare([], [])).toBeUndefined();
    expect(aboutShare([5], [20])).toBe(25);
    expect(aboutShare([0, 0], [40])).toBe(0);
    expect(aboutShare([few], [25])).toBe(10);
    expect(aboutShare([40], [20])).toBe(100);
  });
});

describe('days', () => {
  it.each([
    [7, '2025-05-07'],
    [30, '2025-04-14'],
    [90, '2025-02-13'],
  ] as const)('%i of them end yesterday, whatever the hour', (period, from) => {
    for (const hour of [-12, 0, 11.99]) {
      const span = spanOf(period, now + hour * (DAY / 24));
      expect(span).toEqual({ from, to: '2025-05-13' });
    }
  });

  it.each([
    [7, 1],
    [30, 4],
    [90, 12],
  ] as const)('in %i of them %i whole weeks, from Monday to Sunday', (period, weeks) => {
    for (let day = 0; day < 7; day++) {
      const found = weeksOf(period, now + day * DAY);
      expect(found).toHaveLength(weeks);
      expect(found.at(-1)?.to).toBe(day < 5 ? '2025-05-11' : '2025-05-18');
      for (const { from, to } of found) {
        expect(new Date(from).getUTCDay()).toBe(1);
        expect(Date.parse(to) - Date.parse(from)).toBe(6 * DAY);
      }
    }
  });

  it('all that is shown is still kept', () => {
    for (const period of periods)
      for (let day = 0; day < 7; day++) {
        const at = now + day * DAY;
        expect(firstDayOf(period, at) >= dayOf(at - keeps.counts)).toBe(true);
      }
  });

  it('today is not among them, and so a reply of today changes nothing', () => {
    const before = [count(1, 'noted', 4), count(7, 'noted', 3)];
    const after = [...before, count(0, 'noted', 1), count(8, 'noted', 9), count(0, 'thanked', 5)];
    expect(figures(after)).toEqual(figures(before));
    expect(cellsOf(figures(before).noted)).toMatchObject({ advice: 5 });
  });
});

describe('figures', () => {
  it('are by kind, for what was sent and for what would have been, most first', () => {
    const { noted, would } = figures([
      count(1, 'noted', 3),
      count(2, 'noted', 20, 'silver-lining'),
      count(2, 'would', 11, 'detached'),
    ]);
    expect(noted).toEqual([
      { kind: 'silver-lining', cell: 20 },
      { kind: 'advice', cell: few },
      { kind: 'detached', cell: 0 },
    ]);
    expect(cellsOf(would)).toEqual({ advice: 0, 'silver-lining': 0, detached: 10 });
  });

  it('stand in an order that tells nothing of what is hidden', () => {
    const order = (advice: number, detached: number) =>
      figures([count(1, 'noted', advice), count(1, 'noted', detached, 'detached')]).noted.map(({ kind }) => kind);
    expect(order(1, 4)).toEqual(order(4, 1));
  });

  it('no number of one to four changes anything but by being there', () => {
    const all = [1, 2, 3, 4].map((n) =>
      figures([
        count(1, 'noted', 31),
        count(1, 'noted', n, 'detached'),
        count(1, 'would', n),
        count(1, 'misread', n),
        count(9, 'landed', n),
        count(9, 'thanked', n),
      ]),
    );
    for (const one of all) {
      expect(one).toEqual(all[0]);
      expect(csvOf(one)).toBe(csvOf(all[0] as typeof one));
      expect(csvOf(one)).not.toMatch(/,[1-4]\r\n/);
    }
    expect(all[0]?.aboutNoted).toBe(35);
  });

  it('neither the days between two periods nor those between two looks give a small number away', () => {
    const series = Array.from({ length: 100 }, (_, day) => count(day, 'noted', [0, 3, 1, 0, 2, 4][day % 6] ?? 0));
    const counted = [0, 1, 2, 3].flatMap((later) =>
      periods.map((period) => figures(series, period, now + later * DAY).noted[0]?.cell as number),
    );
    const differences = counted.flatMap((one) => counted.map((other) => Math.abs(one - other)));
    expect(differences.every((one) => one % 5 === 0)).toBe(true);
  });

  it('what readers called wrong is by reason, and a share where there were enough notes', () => {
    const some = [count(1, 'wanted ideas', 6), count(2, 'had listened', 2)];
    const enough = figures([count(1, 'noted', 25), ...some]);
    expect(enough.wrong).toEqual({ 'wanted ideas': 5, 'had listened': few, misread: 0 });
    expect(enough.wrongShare).toBe(30);
    expect(figures([count(1, 'noted', 16), ...some])).not.toHaveProperty('wrongShare');
    expect(figures(some)).not.toHaveProperty('wrongShare');
  });

  it('landed and thanks are told week by week, only when the week is over', () => {
    const { weeks } = figures([count(1, 'landed', 30), count(3, 'landed', 11), count(9, 'thanked', 2, '')], 30);
    expect(weeks.map(({ landed }) => landed)).toEqual([0, 0, 0, 10]);
    expect(weeks.map(({ thanked }) => thanked)).toEqual([0, 0, 0, few]);
  });

  it('replies and members are those of the days, members as the last day ended', () => {
    const days = [
      { day: ago(8), replies: 100, withNotes: 90 },
      { day: ago(7), replies: 6, withNotes: 8 },
      { day: ago(1), replies: 6, withNotes: 3 },
      { day: ago(0), replies: 50, withNotes: 70 },
    ];
    const of = (some: typeof days) => figuresOf({ counts: [], days: some }, kinds, 7, now);
    expect(of(days)).toMatchObject({ read: 10, withNotes: few });
    expect(of(days.slice(0, 2))).not.toHaveProperty('withNotes');
  });
});
