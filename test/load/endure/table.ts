/** The figures of a run beside their bounds, as one table. */
import { align } from '../table.ts';
import type { Figures } from './stand-in.ts';
import { growth, type Look } from './watch.ts';

/** `most`: the bound; without one it is only told. */
export type Row = { what: string; value: number; most?: number; unit?: string; note?: string };
export type Run = {
  figures: Figures;
  looks: readonly Look[];
  decisions: Readonly<Record<string, number>>;
  /** How late its own turns were, in ms. */
  lateness: { p99: number; max: number };
  /** How it ended when it was told to. */
  end: { code: number | null; ms: number };
  /** Lines of the log by what they say. */
  log: Readonly<Record<string, number>>;
  seconds: number;
};

const MB = 2 ** 20;
/** Memory is only said not to grow when it was looked at for so long, in seconds. */
const longEnough = 240;

/**
 * Growth: MB a minute, and in all once the first minutes are over; `rss`: MB at most. `answer`: ms for 99 of 100
 * interactions. `second`: notes, as turns are half a second apart. `after`: from a reply to its note, in s; Discord
 * bans a host for 10,000 invalid requests in ten minutes.
 */
export const bounds = {
  slope: 1.5,
  gain: 16,
  rss: 450,
  answer: 250,
  second: 3,
  opened: 3,
  after: 125,
  invalid: 99,
  end: 5_500,
};

export function rowsOf({ figures, looks, decisions, lateness, end, seconds }: Run): Row[] {
  const { answers, notes, wrong, gateway, late, sent, counts } = figures;
  const { slope, gain } = growth(looks);
  const isLong = seconds >= longEnough;
  const last = looks.at(-1);
  const of = (what: 'cpu' | 'waited') =>
    ((last?.[what] ?? 0) - (looks[0]?.[what] ?? 0)) / ((last?.at ?? 1) - (looks[0]?.at ?? 0));
  const failed = Object.entries(decisions).filter(([why]) => /something failed/.test(why));
  return [
    {
      what: 'messages',
      value: sent.MESSAGE_CREATE ?? 0,
      note: `${((sent.MESSAGE_CREATE ?? 0) / seconds).toFixed(0)}/s`,
    },
    { what: 'memory, at most', value: Math.max(...looks.map(({ rss }) => rss)) / MB, most: bounds.rss, unit: 'MB' },
    { what: 'memory, a minute more', value: slope / MB, unit: 'MB', ...(isLong && { most: bounds.slope }) },
    { what: 'memory, last less early', value: gain / MB, unit: 'MB', ...(isLong && { most: bounds.gain }) },
    { what: 'CPU', value: of('cpu') * 100, unit: '% of a core' },
    { what: 'waiting for a core', value: of('waited') * 100, unit: '% of the time', note: 'how busy the machine was' },
    { what: 'interactions answered', value: answers.count },
    { what: 'an answer, median', value: answers.median, unit: 'ms' },
    { what: 'an answer, 99 of 100', value: answers.p99, most: bounds.answer, unit: 'ms' },
    { what: 'an answer, at most', value: answers.max, unit: 'ms' },
    {
      what: 'its own turns late, 99 of 100',
      value: lateness.p99,
      unit: 'ms',
      note: `at most ${lateness.max.toFixed(0)} ms`,
    },
    { what: 'interactions not answered in 3 s', value: figures.unanswered, most: 0 },
    { what: 'notes', value: notes.count, note: `in ${notes.guilds} servers; ${counts.samples} samples` },
    { what: 'notes in a second', value: notes.inASecond, most: bounds.second },
    { what: 'conversations opened in a second', value: figures.openedInASecond, most: bounds.opened },
    { what: 'notes of one server in a minute', value: notes.ofAGuildInAMinute },
    { what: 'a note after its reply, median', value: notes.after.median / 1_000, unit: 's' },
    { what: 'a note after its reply, at most', value: notes.after.max / 1_000, most: bounds.after, unit: 's' },
    ...Object.entries(wrong).map(([what, value]) => ({ what, value, most: 0 })),
    { what: 'turned away: closed', value: counts.closed, note: `and ${counts.gone} gone` },
    {
      what: 'invalid requests in ten minutes',
      value: figures.invalid,
      most: bounds.invalid,
      note: `and ${counts.shared} shared limits`,
    },
    { what: 'decisions that failed', value: failed.reduce((sum, [, count]) => sum + count, 0) },
    {
      what: 'connections dropped',
      value: gateway.dropped,
      note: `resumed ${gateway.resumed}, begun anew ${gateway.begun - 1}`,
    },
    { what: 'unread by the bot, at most', value: gateway.mostUnread / 1024, unit: 'kB' },
    { what: 'the end, when told', value: end.ms, most: bounds.end, unit: 'ms', note: `exit code ${end.code}` },
    {
      what: 'the stand-in late, at most',
      value: late.messages,
      unit: 'ms',
      note: `its turns, 99 of 100: ${late.turns.toFixed(0)} ms`,
    },
  ];
}

const isKept = ({ value, most }: Row) => most === undefined || value <= most;
const digits = (value: number) => value.toFixed(Number.isInteger(value) || Math.abs(value) >= 100 ? 0 : 1);

export function print(rows: readonly Row[]): { text: string; kept: boolean } {
  const cells = rows.map((row) => [
    row.what,
    `${digits(row.value)} ${row.unit ?? ''}`.trim(),
    row.most === undefined ? '' : `at most ${digits(row.most)}`,
    isKept(row) ? '' : 'MISSED',
    row.note ?? '',
  ]);
  return { text: align([['figure', 'measured', 'bound', '', ''], ...cells]), kept: rows.every(isKept) };
}

/** The most frequent first, one a line. */
export const list = (title: string, counts: Readonly<Record<string, number>>): string =>
  [
    title,
    ...Object.entries(counts)
      .sort(([, a], [, b]) => b - a)
      .map(([what, count]) => `  ${count}  ${what}`),
  ].join('\n');
