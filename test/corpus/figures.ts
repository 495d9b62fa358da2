import type { Line } from './lines.ts';
import { readCorpus } from './lines.ts';

/** The figures in data/corpus/README.md. `npx node test/corpus/figures.ts` prints them. */

const groupOf = ({ hand }: Line) => hand.replace(/\d+$/, '');
const part = (lines: readonly Line[], nudge: Line['nudge']) => lines.filter((line) => line.nudge === nudge).length;

/** How the replies of each hand group are judged, 0..1. */
export function shares(lines: readonly Line[]): Map<string, { yes: number; no: number; unsure: number }> {
  const judged = Map.groupBy(
    lines.filter(({ reply }) => reply),
    groupOf,
  );
  return new Map(
    [...judged].map(([hands, those]) => {
      const of = (nudge: Line['nudge']) => part(those, nudge) / those.length;
      return [hands, { yes: of('yes'), no: of('no'), unsure: of('unsure') }];
    }),
  );
}

/** Two tables: hand groups, and how many replies have each kind and move, and how many posts each flag. */
export function figures(lines: readonly Line[]): string {
  const groups = [...Map.groupBy(lines, groupOf)].sort(([a], [b]) => a.localeCompare(b));
  const judged = shares(lines);
  const percent = (share: number | undefined) => (share === undefined ? '' : `${Math.round(100 * share)}%`);
  const counts = groups.map(([hands, those]) => {
    const { yes, no, unsure } = judged.get(hands) ?? {};
    const posts = new Set(those.map(({ group }) => group)).size;
    return [hands, those.length, posts, those.filter(({ reply }) => reply).length, ...[yes, no, unsure].map(percent)];
  });
  const marks = [
    ['kind', (line: Line) => line.kinds ?? []],
    ['move', (line: Line) => line.attuned ?? []],
    ['flag', (line: Line) => line.postFlags],
  ] as const;
  const once = (those: readonly Line[]) => [...new Map(those.map((line) => [line.group, line])).values()];
  const often = marks.flatMap(([what, of]) => {
    const each = groups.map(([, those]) => (what === 'flag' ? once(those) : those).flatMap<string>(of));
    const names = [...new Set(each.flat())];
    const row = (name: string) => each.map((those) => those.filter((one) => one === name).length);
    const sum = (name: string) => row(name).reduce((a, b) => a + b, 0);
    return names.sort((a, b) => sum(b) - sum(a)).map((name) => [what, name, ...row(name), sum(name)]);
  });
  return [
    table(['hands', 'lines', 'posts', 'replies', 'yes', 'no', 'unsure'], counts),
    table(['what', 'name', ...groups.map(([hands]) => hands), 'all'], often),
  ].join('\n\n');
}

const table = (head: string[], rows: (string | number)[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

if (import.meta.main) process.stdout.write(`${figures(readCorpus('data/corpus').flatMap(({ lines }) => lines))}\n`);
