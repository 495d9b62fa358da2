/** The figures of all rounds as a table, with the ratios to the stock bot. */

/**
 * `answer` (from the start to the first answered interaction) and the CPU until then, `early`, in milliseconds; `perEvent`
 * in microseconds; `cpu` (since the start) in milliseconds; `idle` (all servers are there), `rss` and `peak` in bytes.
 */
export type Figures = {
  name: string;
  answer: number;
  early: number;
  perEvent: number;
  cpu: number;
  idle: number;
  rss: number;
  peak: number;
  requests: Record<string, number>;
};
/** The most that we may take, as parts of what the stock bot takes. */
export type Bound = { answer: number; cpu: number; rss: number };

type Key = 'answer' | 'early' | 'perEvent' | 'cpu' | 'idle' | 'rss' | 'peak';

const columns: [title: string, key: Key, divisor: number, ratio: boolean][] = [
  ['first answer s', 'answer', 1000, true],
  ['CPU until then s', 'early', 1000, true],
  ['CPU/event us', 'perEvent', 1, true],
  ['CPU all s', 'cpu', 1000, false],
  ['RSS joined MB', 'idle', 2 ** 20, true],
  ['RSS MB', 'rss', 2 ** 20, true],
  ['peak MB', 'peak', 2 ** 20, true],
];

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) + (sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN)) / 2
  );
}

/** `kept`: our medians are within the bound; true as well when the stock bot or ours was not measured. */
export function report(figures: readonly Figures[], bound: Bound): { text: string; kept: boolean } {
  const byName = Map.groupBy(figures, ({ name }) => name);
  const middle = (name: string, key: Key) => median((byName.get(name) ?? []).map((figure) => figure[key]));
  const cell = (name: string, [, key, divisor, ratio]: (typeof columns)[number]) => {
    const all = (byName.get(name) ?? []).map((figure) => figure[key] / divisor);
    const digits = divisor === 1000 ? 2 : 0;
    const range = `${median(all).toFixed(digits)} (${Math.min(...all).toFixed(digits)}-${Math.max(...all).toFixed(digits)})`;
    const part = middle(name, key) / middle('stock', key);
    return ratio && name !== 'stock' && !Number.isNaN(part) ? `${range} x${part.toFixed(2)}` : range;
  };
  const rows = [...byName.keys()].map((name) => [name, ...columns.map((column) => cell(name, column))]);
  const requests = [...byName].map(([name, [first]]) => `${name}: ${JSON.stringify(first?.requests ?? {})}`);
  const part = (key: Key) => middle('ours', key) / middle('stock', key);
  const kept = !(part('answer') > bound.answer || part('perEvent') > bound.cpu || part('idle') > bound.rss);
  const verdict = `bound: first answer x${bound.answer}, CPU/event x${bound.cpu}, RSS joined x${bound.rss} of stock: ${kept ? 'kept' : 'NOT KEPT'}`;
  const table = align([['median (range)', ...columns.map(([title]) => title)], ...rows]);
  return { text: [table, '', 'requests in the first round', ...requests, '', verdict].join('\n'), kept };
}

export function align(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
