/**
 * `npm run bench`: what a reading takes, its parts, and what people would reach for instead, each in a process of its
 * own with the flags of `npm start` and, as there, with what Node compiled the last time; in turns, several rounds. Prints
 * time, load, memory, and growth with length.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { align, median } from '../load/table.ts';
import type { Ask, Tell } from './one.ts';
import { type Subject, subjects } from './subjects.ts';
import { lengths, pairs, worst } from './texts.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    readings: { type: 'string', default: '200' },
    only: { type: 'string' },
  },
});
const names = (Object.keys(subjects) as Subject[]).filter((name) => values.only?.split(',').includes(name) ?? true);
/** What a long text is read by: the parts of our own reading are in `read`. */
const grown: ReadonlySet<Subject> = new Set(['read', 'signs', 'alex', 'compromise', 'wink-nlp']);

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const flags = scripts.start.match(/--\S+/g) ?? [];
const compiled = mkdtempSync(join(tmpdir(), 'attune-bench-'));
process.once('exit', () => rmSync(compiled, { recursive: true }));

async function measure(ask: Ask): Promise<Tell> {
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const child = fork(join(import.meta.dirname, 'one.ts'), { execArgv: [...flags], env });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${ask.subject} ended with ${code}`);
  });
  child.send(ask);
  const [told] = (await Promise.race([once(child, 'message'), ended])) as [Tell];
  await ended.catch(() => undefined);
  return told;
}

const told = new Map<Subject, Tell[]>(names.map((name) => [name, []]));
const read = pairs(Number(values.readings));
for (const subject of names) await measure({ subject, pairs: read, readings: 1, long: [] });

const busyBefore = loadavg()[0] ?? 0;
for (let round = 1; round <= Number(values.rounds); round++)
  for (const subject of names) {
    const long = round === 1 && grown.has(subject) ? worst.map(({ texts }) => texts) : [];
    told.get(subject)?.push(await measure({ subject, pairs: read, readings: Number(values.readings), long }));
  }

const of = (name: Subject, figure: (tell: Tell) => number) => median((told.get(name) ?? []).map(figure));
const times = (name: Subject) => (told.get(name) ?? []).flatMap((tell) => tell.times).sort((a, b) => a - b);
const part = (name: Subject, at: number) => times(name)[Math.floor(at * (times(name).length - 1))] ?? Number.NaN;

const ms = (value: number) => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
const mb = (value: number) => (value / 2 ** 20).toFixed(0);
const ratio = (figure: (name: Subject) => number, name: Subject) =>
  told.has('read') ? `x${(figure(name) / figure('read')).toPrecision(2)}` : '';

const reading = names.map((name) => [
  name,
  ms(part(name, 0.5)),
  ratio((one) => part(one, 0.5), name),
  ms(part(name, 0.99)),
  ms(of(name, ({ cpu }) => cpu)),
  ratio((one) => of(one, ({ cpu }) => cpu), name),
]);
const loading = names.map((name) => [
  name,
  ms(of(name, ({ first }) => first)),
  ratio((one) => of(one, ({ first }) => first), name),
  mb(of(name, ({ rss }) => rss)),
  mb(of(name, ({ later }) => later)),
  ratio((one) => of(one, ({ later }) => later), name),
  mb(of(name, ({ peak }) => peak)),
]);
const growth = worst.flatMap(({ shape }, at) =>
  names
    .filter((name) => grown.has(name))
    .map((name) => [shape, name, ...(told.get(name)?.[0]?.long[at] ?? []).map((time) => ms(time))]),
);

process.stdout.write(
  `${[
    `${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.version}; load ${busyBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after (of it 1.0 our own)`,
    `${read.length} pairs of 40 words and 40, ${values.readings} readings in each of ${values.rounds} rounds`,
    '',
    align([['a reading', 'median ms', '', 'p99 ms', 'CPU ms', ''], ...reading]),
    '',
    align([['first use', 'load ms', '', 'MB after', `MB after ${values.readings}`, '', 'MB at most'], ...loading]),
    '',
    align([['growth: ms at', 'characters', ...lengths.map(String)], ...growth]),
  ].join('\n')}\n`,
);
