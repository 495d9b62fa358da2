import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { button, field, modal, row, textInput } from '#panels/ui';
import { crisis, isBlank, isUnsafe, longest, type OwnLine } from '#settings/crisis';
import type { Settings } from '#settings/settings';
import { filled, line } from '#words';
import { toldOwnLine } from '../../crisis/lines.ts';
import { keptIn, keptParts } from '../kept.ts';
import { type PanelState, panelState, section } from '../section.ts';

/** Whom the community names for danger: the first lines of /crisis there. */

const mostLines = 4;
const aNew = mostLines;
const fields = ['name', 'how', 'note'] as const;
type Typed = Record<(typeof fields)[number], string>;

/** Which of the lines; `aNew` is none of them. */
const at = z.coerce.number().int().min(0).max(mostLines);
const ids = customIds('setup', {
  line: by('button', { at, ...panelState }),
  lineAgain: by('button', { at, ...panelState }),
  lineOff: by('button', { at, ...panelState }),
  lineSaved: by('modal', { at, ...panelState }),
});

const fieldWords = z.strictObject({ label: line(45), hint: line(100) });
const wordsSchema = z.strictObject({
  heading: line(80),
  hint: line(400),
  none: line(200),
  add: line(80),
  change: line(80),
  takeOff: line(80),
  title: line(45),
  fields: z.record(z.enum(fields), fieldWords),
  blank: filled(120, 'field'),
  twice: filled(200, 'name'),
  full: line(200),
  notHttps: line(200),
  notSaved: line(200),
  mend: line(80),
});
type Words = z.output<typeof wordsSchema>;

const form = (words: Words, state: PanelState & { at: number }, typed: Typed) =>
  modal(
    ids.to.lineSaved(state),
    words.title,
    ...fields.map((name) => {
      const { label, hint } = words.fields[name];
      const value = typed[name];
      const input = { max: longest[name], required: name !== 'note', ...(value !== '' && { value }) };
      return field(label, textInput(name, input), hint);
    }),
  );

/** What is wrong with a line, a sentence each. */
function mistakesIn(typed: Typed, others: readonly OwnLine[], words: Words): string[] {
  const blank = fields.filter((name) => name !== 'note' && isBlank(typed[name]));
  const isTwice = others.some(({ name }) => name.toLowerCase() === typed.name.toLowerCase());
  return [
    ...blank.map((name) => words.blank({ field: words.fields[name].label })),
    isTwice && words.twice({ name: typed.name }),
    others.length >= mostLines && words.full,
    (isUnsafe(typed.how) || isUnsafe(typed.note)) && words.notHttps,
  ].filter((mistake) => mistake !== false);
}

const lineOf = ({ name, how, note }: Typed): OwnLine => ({ name, how, ...(note !== '' && { note }) });

/** The lines with this one at its place, or at the end. */
const withLine = (lines: readonly OwnLine[], at: number, line: OwnLine): OwnLine[] =>
  at < lines.length ? lines.map((old, nth) => (nth === at ? line : old)) : [...lines, line];

/** Where a line belongs once the others are no longer those that were seen: never in the place of another one. */
const placeOf = ({ name }: Typed, lines: readonly OwnLine[]): number => {
  const found = lines.findIndex((line) => line.name === name);
  return found < 0 ? aNew : found;
};

export default section({
  id: 'crisis',
  order: 60,
  page: 'crisis',
  words: wordsSchema,
  ids,
  uses: ['guilds'],
  view: ({ state, settings: { crisis } }, { words }) => [
    `### ${words.heading}\n${words.hint}`,
    crisis.lines.length === 0 && words.none,
    ...crisis.lines.flatMap((line, at) => [
      toldOwnLine(line),
      row(
        button(ids.to.line({ at, ...state }), words.change),
        button(ids.to.lineOff({ at, ...state }), words.takeOff, { style: 'danger' }),
      ),
    ]),
    row(
      crisis.lines.length < mostLines && button(ids.to.line({ at: aNew, ...state }), words.add, { style: 'primary' }),
    ),
  ],
  tells: ({ settings: { crisis } }, { words }) => [
    { name: words.heading, value: crisis.lines.map((line) => toldOwnLine(line).replace(/^- /, '')) },
  ],
  on: {
    async line(press, { at, ...state }, { words, guilds, allows }) {
      if (!(await allows(press, state))) return;
      const old = guilds.settings(press.guildId).settings.crisis.lines[at];
      await press.showModal(
        form(words, { at, ...state }, { name: old?.name ?? '', how: old?.how ?? '', note: old?.note ?? '' }),
      );
    },
    async lineAgain(press, { at, ...state }, { words, allows }) {
      if (!(await allows(press, state))) return;
      const [name = '', how = '', note = ''] = keptIn(press, fields.length);
      await press.showModal(form(words, { at, ...state }, { name, how, note }));
    },
    lineOff: (press, { at, ...state }, { change }) =>
      change(press, state, ({ crisis }) => ({ crisis: { lines: crisis.lines.filter((_, nth) => nth !== at) } })),
    async lineSaved(sent, { at, ...state }, { words, guilds, change, show }) {
      const typed = Object.fromEntries(
        fields.map((name) => [name, sent.fields.getTextInputValue(name).trim()]),
      ) as Typed;
      const keptFor = (at: number) => (state: PanelState) => [
        ...keptParts(fields.map((name) => ({ label: words.fields[name].label, typed: typed[name] }))),
        row(button(ids.to.lineAgain({ at, ...state }), words.mend, { style: 'primary' })),
      ];
      const { lines } = guilds.settings(sent.guildId).settings.crisis;
      const others = lines.filter((_, nth) => nth !== at);
      const mistakes = mistakesIn(typed, others, words);
      const line = crisis.schema.safeParse({ lines: [lineOf(typed)] }).data?.lines[0];
      if (mistakes.length > 0 || !line)
        return show(sent, state, { notice: [`**${words.notSaved}**`, ...mistakes].join('\n'), kept: keptFor(at) });
      const next = ({ crisis }: Settings) => ({ crisis: { lines: withLine(crisis.lines, at, line) } });
      return change(sent, state, next, { kept: keptFor(placeOf(typed, lines)) });
    },
  },
});
