/** The figures of all rounds as a table, with the ratios to the stock bot. */

/** `perEvent` in microseconds, `cpu` (since the start) in milliseconds, `idle`, `rss` and `peak` in bytes. */
export type Figures = {
  name: string;
  perEvent: number;
  cpu: number;
  idle: number;
  rss: number;
  peak: number;
  requests: Record<string, number>;
};
/** The most that we may take, as parts of what the stock bot takes. */
export type Bound = { cpu: number; rss: number };

type Key = 'perEvent' | 'cpu' | 'idle' | 'rss' | 'peak';

const columns: [title: string, key: Key, divisor: number, ratio: boolean][] = [
  ['CPU/event us', 'perEvent', 1, true],
  ['CPU all s', 'cpu', 1000, false],
  ['RSS joined MB', 'idle', 2 ** 20, false],
  ['RSS MB', 'rss', 2 ** 20, true],
  ['peak MB', 'peak', 2 ** 20, true],
];

function median(values: readonly number[]): number {
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
    const range = `${median(all).toFixed(1)} (${Math.min(...all).toFixed(0)}-${Math.max(...all).toFixed(0)})`;
    const part = middle(name, key) / middle('stock', key);
    return ratio && name !== 'stock' && !Number.isNaN(part) ? `${range} x${part.toFixed(2)}` : range;
  };
  const rows = [...byName.keys()].map((name) => [name, ...columns.map((column) => cell(name, column))]);
  const requests = [...byName].map(([name, [first]]) => `${name}: ${JSON.stringify(first?.requests ?? {})}`);
  const [cpu, rss] = (['perEvent', 'rss'] as const).map((key) => middle('ours', key) / middle('stock', key));
  const kept = !((cpu ?? 0) > bound.cpu || (rss ?? 0) > bound.rss);
  const verdict = `bound: CPU/event x${bound.cpu}, RSS x${bound.rss} of stock: ${kept ? 'kept' : 'NOT KEPT'}`;
  const table = align([['median (range)', ...columns.map(([title]) => title)], ...rows]);
  return { text: [table, '', 'requests in the first round', ...requests, '', verdict].join('\n'), kept };
}

function align(rows: readonly string[][]): string {
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
