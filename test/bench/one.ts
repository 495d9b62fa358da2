/**
 * A process of its own for one subject: told what to read, it tells what that took, and ends. Memory is what remains in
 * it after V8 gave back what it could, so it needs `--expose-gc`.
 */
import { readFileSync } from 'node:fs';
import { type Subject, subjects } from './subjects.ts';
import type { Pair } from './texts.ts';

export type Ask = { subject: Subject; pairs: readonly Pair[]; readings: number; long: readonly (readonly string[])[] };
/** Times in milliseconds; `first` from nothing loaded to the first reading. Memory in bytes more than before. */
export type Tell = {
  first: number;
  times: number[];
  cpu: number;
  rss: number;
  later: number;
  peak: number;
  long: number[][];
};

function bytes(name: 'VmRSS' | 'VmHWM'): number {
  if (name === 'VmRSS') globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

async function timed(read: () => unknown): Promise<number> {
  const from = performance.now();
  await read();
  return performance.now() - from;
}

/** The quickest of three: one time when that is slow. */
async function quickest(read: () => unknown): Promise<number> {
  const first = await timed(read);
  return first > 500 ? first : Math.min(first, await timed(read), await timed(read));
}

async function measure({ subject, pairs, readings, long }: Ask): Promise<Tell> {
  const at = (index: number) => pairs[index % pairs.length] as Pair;
  const read = async (opened: Awaited<ReturnType<(typeof subjects)[Subject]>>, { reply, post }: Pair) =>
    opened.read(reply, post);

  const before = bytes('VmRSS');
  const from = performance.now();
  const opened = await subjects[subject]();
  await read(opened, at(0));
  const first = performance.now() - from;
  const rss = bytes('VmRSS') - before;

  for (let warm = 0; warm < 20; warm++) await read(opened, at(warm));
  const used = process.cpuUsage();
  const times: number[] = [];
  for (let index = 0; index < readings; index++) times.push(await timed(() => read(opened, at(index))));
  const { user, system } = process.cpuUsage(used);
  const peak = bytes('VmHWM') - before;
  const later = bytes('VmRSS') - before;

  const grown: number[][] = [];
  for (const texts of long) {
    const row: number[] = [];
    for (const text of texts) row.push(await quickest(() => read(opened, { reply: text, post: text })));
    grown.push(row);
  }
  if ('close' in opened) await opened.close();
  return { first, times, cpu: (user + system) / 1000 / readings, rss, later, peak, long: grown };
}

process.once('message', async (ask: Ask) => {
  const told = await measure(ask);
  process.send?.(told, () => process.disconnect());
});
