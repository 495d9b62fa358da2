import { z } from 'zod';
import { wordsOf } from '#content/kinds';
import { by, customIds } from '#panels/custom-ids';
import { OldPanel } from '#panels/refusal';
import { choose, chooseSeveral, gap, row } from '#panels/ui';
import { noteKinds as kinds, notes } from '#settings/notes';
import { filled, line } from '#words';
import { panelState, section } from '../section.ts';

/** How sure a note has to be, what notes are about, and how often they may come. */

const { sensitivity: sensitivities, kinds: kindList, fastest: paces } = notes.schema.shape;
const byDefault = new Set(notes.default.kinds);

/** What is to be chosen, and what it means. */
const choice = z.strictObject({ label: line(80), means: line(100) });

const ids = customIds('setup', {
  sensitivity: by('choice', panelState),
  kinds: by('choice', panelState),
  fastest: by('choice', panelState),
});

const chosenIn = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const read = schema.safeParse(value);
  if (!read.success) throw new OldPanel();
  return read.data;
};

export default section({
  id: 'notes',
  order: 40,
  page: 'notes',
  words: z.strictObject({
    heading: line(80),
    sensitivity: line(80),
    sensitivityHint: line(400),
    sensitivities: z.record(sensitivities, choice),
    chosen: filled(200, 'label', 'means'),
    kinds: line(80),
    kindsHint: line(400),
    example: filled(100, 'words'),
    caution: z.partialRecord(z.enum(kinds), line(100)),
    fastest: line(80),
    fastestHint: line(300),
    paces: z.record(paces, line(80)),
  }),
  ids,
  uses: ['content'],
  view({ asked, state, settings: { notes } }, { words, content }) {
    const named = content.kinds(asked.locale);
    const chosen = words.sensitivities[notes.sensitivity];
    return [
      `### ${words.heading}`,
      `**${words.sensitivity}**\n${words.sensitivityHint}`,
      words.chosen({ label: chosen.label, means: chosen.means }),
      row(
        choose(
          ids.to.sensitivity(state),
          words.sensitivity,
          sensitivities.options.map((value) => {
            const { label, means } = words.sensitivities[value];
            return { label, value, description: means, default: value === notes.sensitivity };
          }),
        ),
      ),
      gap(),
      `**${words.kinds}**\n${words.kindsHint}`,
      row(
        chooseSeveral(
          ids.to.kinds(state),
          words.kinds,
          [...kinds]
            .sort((a, b) => Number(byDefault.has(b)) - Number(byDefault.has(a)))
            .map((value) => {
              const [turn] = wordsOf(named, value).turns;
              const description = words.caution[value] ?? (turn && words.example({ words: turn.from }));
              const isIn = notes.kinds.includes(value);
              return { label: wordsOf(named, value).name, value, default: isIn, ...(description && { description }) };
            }),
          1,
        ),
      ),
      gap(),
      `**${words.fastest}**\n${words.fastestHint}`,
      row(
        choose(
          ids.to.fastest(state),
          words.fastest,
          paces.options.map((value) => ({ label: words.paces[value], value, default: value === notes.fastest })),
        ),
      ),
    ];
  },
  tells: ({ asked, settings: { notes } }, { words, content }) => [
    { name: words.sensitivity, value: words.sensitivities[notes.sensitivity].label },
    { name: words.kinds, value: notes.kinds.map((kind) => wordsOf(content.kinds(asked.locale), kind).name) },
    { name: words.fastest, value: words.paces[notes.fastest] },
  ],
  on: {
    sensitivity(choice, state, { change }) {
      const sensitivity = chosenIn(sensitivities, choice.values[0]);
      return change(choice, state, ({ notes }) => ({ notes: { ...notes, sensitivity } }));
    },
    kinds(choice, state, { change }) {
      const chosen = chosenIn(kindList, choice.values);
      return change(choice, state, ({ notes }) => ({
        notes: { ...notes, kinds: kinds.filter((kind) => chosen.includes(kind)) },
      }));
    },
    fastest(choice, state, { change }) {
      const fastest = chosenIn(paces, choice.values[0]);
      return change(choice, state, ({ notes }) => ({ notes: { ...notes, fastest } }));
    },
  },
});
