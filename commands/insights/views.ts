import { z } from 'zod';
import type { Content } from '#content/content';
import type { Cell } from '#insights/cells';
import { type Figures, periods, type Span } from '#insights/figures';
import { looks, type Panel } from '#insights/picture';
import { by, customIds } from '#panels/custom-ids';
import { managingWords, openedBy } from '#panels/managing';
import { button, colour, day, frame, type Part, picture, row, small } from '#panels/ui';
import { named } from '#panels/unit';
import { objections } from '#store/counts';
import { DAY } from '#store/times';
import { clip, counted, filled, line } from '#words';

/** What /insights shows: figures in words, and as pictures or as a table. */

export const wordsSchema = z.strictObject({
  ...named,
  heading: filled(200, 'from', 'to'),
  days: counted(80),
  ...{ dark: line(80), light: line(80), table: line(80), csv: line(80) },
  nothing: z.strictObject({
    soon: line(300),
    ...{ off: filled(300, 'setup'), noChannels: filled(300, 'setup'), cannotRead: filled(300, 'setup') },
  }),
  ...{ row: filled(150, 'label', 'n'), figure: filled(150, 'label', 'n') },
  ...{ read: line(60), withNotes: line(60), noted: line(60), would: line(60), wrong: line(60) },
  objections: z.record(z.enum(objections), line(60)),
  ...{ landed: line(60), thanked: line(60), byWeek: filled(100, 'what') },
  ...{ observed: line(200), share: filled(300, 'percent'), tooFew: line(200) },
  ...{ cannotTell: line(500), rounded: line(400) },
  ...{ alt: filled(1000, 'title', 'figures'), altFigure: filled(100, 'label', 'n') },
  ...{ notDrawn: line(200), file: line(200) },
  ...managingWords,
});
export type Words = z.output<typeof wordsSchema>;

const shapes = [...looks, 'table'] as const;
const stateSchema = {
  period: z.coerce.number().pipe(z.literal(periods)),
  shape: z.enum(shapes),
  by: openedBy,
};
export const ids = customIds('insights', {
  period: by('button', stateSchema),
  shape: by('button', stateSchema),
  csv: by('button', stateSchema),
});
export type State = z.output<z.ZodObject<typeof stateSchema>>;

/** In the language of the one who asks. */
export type Telling = {
  words: Words;
  content: Content;
  locale: string;
  /** What is said where nothing was counted. */
  nothing: string;
};

const shown = (cell: Cell, { locale }: Telling) =>
  typeof cell === 'number' ? new Intl.NumberFormat(locale).format(cell) : cell;

/** The middle of a day in UTC: the same day nearly everywhere. */
const middleOf = (date: string) => Date.parse(date) + DAY / 2;
const shortDate = ({ from }: Span, locale: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', timeZone: 'UTC' }).format(middleOf(from));

type Line = { label: string; cell: Cell };
type Group = { title: string; lines: Line[] };

const hasAny = ({ lines }: Group) => lines.some(({ cell }) => cell !== 0);

/** Everything that was counted; without kinds of which there was none. */
function groupsOf(figures: Figures, { words, content, locale }: Telling) {
  const kinds = content.kinds(locale);
  const byKind = (title: string, all: Figures['noted']): Group => ({
    title,
    lines: all
      .filter(({ cell }) => cell !== 0)
      .map(({ kind, cell }) => ({ label: kinds.get(kind)?.name ?? kind, cell })),
  });
  const byWeek = (what: 'landed' | 'thanked'): Group => ({
    title: words.byWeek({ what: words[what] }),
    lines: figures.weeks.map((week) => ({ label: shortDate(week.span, locale), cell: week[what] })),
  });
  const wrong = objections.map((why) => ({ label: words.objections[why], cell: figures.wrong[why] }));
  return {
    rows: [
      byKind(words.noted, figures.noted),
      { title: words.wrong, lines: wrong },
      byKind(words.would, figures.would),
    ].filter(hasAny),
    columns: [byWeek('landed'), byWeek('thanked')].filter(hasAny),
  };
}

const isEmpty = (figures: Figures, telling: Telling) => {
  const { rows, columns } = groupsOf(figures, telling);
  return figures.read === 0 && rows.length + columns.length === 0;
};

/** A picture of each group; of a single week there is nothing to compare. */
export function panelsOf(figures: Figures, telling: Telling): Panel[] {
  const { rows, columns } = groupsOf(figures, telling);
  const drawn =
    (shape: Panel['shape']) =>
    ({ title, lines }: Group): Panel => ({
      ...{ title, shape, tint: title === telling.words.wrong ? 'warm' : 'cool' },
      bars: lines.map(({ label, cell }) => ({ label, cell, shown: shown(cell, telling) })),
    });
  return [...rows.map(drawn('rows')), ...columns.filter(({ lines }) => lines.length > 1).map(drawn('columns'))];
}

export const nameOf = (at: number) => `insights-${at + 1}.png`;

/** What a picture says to those who do not see it. */
function altOf({ title, bars }: Panel, { words, locale }: Telling): string {
  const figures = bars.map(({ label, shown: n }) => words.altFigure({ label, n }));
  return clip(words.alt({ title, figures: new Intl.ListFormat(locale, { type: 'unit' }).format(figures) }), 1024);
}

/** The same figures as lines of equal length. */
function tableOf(figures: Figures, telling: Telling): string {
  const { words } = telling;
  const { rows, columns } = groupsOf(figures, telling);
  const groups = [...rows, ...columns];
  const all = groups.flatMap(({ lines }) => lines);
  const wide = Math.max(...all.map(({ label }) => label.length), 0);
  const long = Math.max(...all.map(({ cell }) => shown(cell, telling).length), 0);
  const lineOf = ({ label, cell }: Line) =>
    words.row({ label: label.padEnd(wide), n: shown(cell, telling).padStart(long) });
  return groups.map(({ title, lines }) => `**${title}**\n\`\`\`\n${lines.map(lineOf).join('\n')}\n\`\`\``).join('\n');
}

function sumsOf(figures: Figures, telling: Telling): string {
  const { words } = telling;
  const { read, withNotes, noted, aboutNoted, would, aboutWould, wrongShare, weeks } = figures;
  const figure = (label: string, cell: Cell) => `- ${words.figure({ label, n: shown(cell, telling) })}`;
  const any = (all: Figures['noted']) => all.some(({ cell }) => cell !== 0);
  const week = weeks.at(-1);
  return [
    figure(words.read, read),
    withNotes !== undefined && figure(words.withNotes, withNotes),
    any(noted) && figure(words.noted, aboutNoted),
    any(would) && figure(words.would, aboutWould),
    // Of one week there is no picture.
    ...(weeks.length === 1 && week ? [figure(words.landed, week.landed), figure(words.thanked, week.thanked)] : []),
    any(would) && words.observed,
    any(noted) && (wrongShare === undefined ? words.tooFew : words.share({ percent: percent(wrongShare, telling) })),
  ]
    .filter(Boolean)
    .join('\n');
}

const percent = (n: number, { locale }: Telling) => new Intl.NumberFormat(locale, { style: 'percent' }).format(n / 100);

/** @param drawn the pictures that go along with the message. */
export function view(
  figures: Figures,
  state: State,
  telling: Telling,
  drawn: readonly Panel[],
  notice?: string | false,
) {
  const { words } = telling;
  const { from, to } = figures.span;
  const look = (isShown: boolean) => ({ style: isShown ? 'primary' : 'secondary' }) as const;
  const body: Part[] = isEmpty(figures, telling)
    ? [telling.nothing]
    : [
        sumsOf(figures, telling),
        ...drawn.map((panel, at) => picture(nameOf(at), altOf(panel, telling))),
        state.shape === 'table' && tableOf(figures, telling),
        words.cannotTell,
      ];
  return frame(
    colour.panel,
    notice,
    `### ${words.heading({ from: day(middleOf(from)), to: day(middleOf(to)) })}`,
    ...body,
    small(words.rounded),
    row(
      ...periods.map((period) =>
        button(ids.to.period({ ...state, period }), words.days({ n: period }), look(period === state.period)),
      ),
    ),
    row(
      ...shapes.map((shape) => button(ids.to.shape({ ...state, shape }), words[shape], look(shape === state.shape))),
      button(ids.to.csv(state), words.csv),
    ),
  );
}
