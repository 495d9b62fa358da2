/** Looks at the bot from outside while it runs: memory and CPU as Linux counts them, decisions as the bot does. */
import { type Use, use } from '../process.ts';
import { median } from '../table.ts';

export type Look = Use & { at: number };

/** @param everyMs between two looks; `at` is in ms since the first. */
export function watch(pid: number, everyMs: number) {
  const begun = performance.now();
  const looks: Look[] = [];
  const look = () => {
    try {
      looks.push({ ...use(pid), at: performance.now() - begun });
    } catch {
      // It is gone; whoever started it says so.
    }
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    looks,
    stop(): readonly Look[] {
      clearInterval(timer);
      look();
      return looks;
    },
  };
}

/** What counts as the beginning, in which everything fills that is kept for ten minutes at most: a third, at most three minutes. */
const beginning = { part: 1 / 3, longest: 3 * 60_000 };

/** Bytes a minute by least squares, and the last less the first, each of a few looks, once the beginning is over. */
export function growth(looks: readonly Look[]): { slope: number; gain: number } {
  const end = looks.at(-1)?.at ?? 0;
  const later = looks.filter(({ at }) => at >= Math.min(beginning.longest, end * beginning.part));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [at, rss] = [mean(later.map((one) => one.at)), mean(later.map((one) => one.rss))];
  const over = later.reduce((sum, one) => sum + (one.at - at) * (one.rss - rss), 0);
  const under = later.reduce((sum, one) => sum + (one.at - at) ** 2, 0);
  const few = Math.max(1, Math.floor(later.length / 5));
  const middle = (some: readonly Look[]) => median(some.map((one) => one.rss));
  return { slope: (over / under) * 60_000, gain: middle(later.slice(-few)) - middle(later.slice(0, few)) };
}

/** The decisions of a bot, by outcome and reason, as its HEALTH_PORT counts them. */
export function decisionsIn(metrics: string): Record<string, number> {
  const lines = metrics.matchAll(/^attune_decisions_total\{outcome="([^"]+)",reason="([^"]+)"\} (\d+)/gm);
  return Object.fromEntries([...lines].map(([, outcome, reason, count]) => [`${outcome}: ${reason}`, Number(count)]));
}

/** How late the bot's own turns were since its start, in ms. */
export const latenessIn = (metrics: string): { p99: number; max: number } => {
  const of = (name: string) =>
    Number(new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)`, 'm').exec(metrics)?.[1]) * 1_000;
  return { p99: of('p99'), max: of('max') };
};
