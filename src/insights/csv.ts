import type { Cell } from './cells.ts';
import type { Figures, Span } from './figures.ts';

/** The same figures for a spreadsheet. Its names are no sentences: they stay the same in every language. Pure. */
export function csvOf({ span, read, withNotes, noted, would, wrong, weeks }: Figures): string {
  const last: Span = { from: span.to, to: span.to };
  const line = (what: string, cell: Cell, { from, to }: Span = span, kind = '') => [what, kind, from, to, cell];
  const lines = [
    ['what', 'kind', 'from', 'to', 'count'],
    line('replies read', read),
    ...(withNotes === undefined ? [] : [line('members with notes', withNotes, last)]),
    ...noted.map(({ kind, cell }) => line('notes sent', cell, span, kind)),
    ...would.map(({ kind, cell }) => line('notes that would have been sent', cell, span, kind)),
    ...Object.entries(wrong).map(([why, cell]) => line(`not right: ${why}`, cell)),
    ...weeks.map(({ span, landed }) => line('landed well', landed, span)),
    ...weeks.map(({ span, thanked }) => line('thanks', thanked, span)),
  ];
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}
