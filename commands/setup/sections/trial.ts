import { z } from 'zod';
import { wordsOf } from '#content/kinds';
import { by, customIds } from '#panels/custom-ids';
import { button, colour, field, frame, headed, modal, quote, row, small, textInput, whisper } from '#panels/ui';
import type { Ctx } from '#panels/unit';
import { noteKinds, notes } from '#settings/notes';
import { clip, filled, line } from '#words';
import { panelState, section } from '../section.ts';

/** Try it: a post and a reply, what is read in them, and what would be decided at each sensitivity. Nothing is kept. */

const sensitivities = notes.schema.shape.sensitivity;
/** Reasons that a single reply to a single post can have; of others it is said that it would be left alone. */
const reasons = [
  'no fix',
  'looks fine',
  'kind not in use',
  'asked for',
  'with permission',
  'after listening',
  'points to help',
  'danger',
  'not about a difficulty',
  'it had ended',
  'post without words',
] as const;
const contexts = ['asks-advice', 'no-advice', 'not-distress', 'settled', 'crisis'] as const;
const moves = ['reflects', 'asks-openly', 'validates', 'with-you', 'asks-permission', 'thanks'] as const;

const fieldWords = z.strictObject({ label: line(45), hint: line(100) });
const wordsSchema = z.strictObject({
  heading: line(80),
  hint: line(300),
  open: line(80),
  title: line(45),
  post: fieldWords,
  reply: fieldWords,
  shared: line(80),
  answered: line(80),
  decided: line(80),
  sensitivities: z.record(sensitivities, line(40)),
  note: filled(400, 'sensitivity', 'kind', 'words'),
  left: filled(300, 'sensitivity', 'why'),
  reasons: z.record(z.enum(reasons), line(200)),
  otherwise: line(200),
  read: line(80),
  chance: filled(120, 'what', 'percent'),
  fixit: line(80),
  contexts: z.record(z.enum(contexts), line(80)),
  moves: z.record(z.enum(moves), line(80)),
  little: line(80),
  foreign: line(200),
  honest: line(200),
  again: line(80),
});
type Trial = Ctx<z.output<typeof wordsSchema>, 'content' | 'guilds' | 'tryOut'>;
type Tried = Awaited<ReturnType<Trial['tryOut']>>['decisions'][number];

const ids = customIds('setup', { try: by('button', panelState), tried: by('modal', panelState) });

const dialog = (words: Trial['words'], state: z.output<z.ZodObject<typeof panelState>>) =>
  modal(
    ids.to.tried(state),
    words.title,
    field(words.post.label, textInput('post', { long: true, max: 2000 }), words.post.hint),
    field(words.reply.label, textInput('reply', { long: true, max: 1500 }), words.reply.hint),
  );

/** The most that is shown of each text. */
const shown = 300;
/** What is less likely than this is not told. */
const least = 0.1;

const isKnown = (reason: string): reason is (typeof reasons)[number] => (reasons as readonly string[]).includes(reason);

export default section({
  id: 'trial',
  order: 85,
  page: 'trial',
  words: wordsSchema,
  ids,
  uses: ['content', 'guilds', 'tryOut'],
  view: ({ state }, { words }) => [
    `### ${words.heading}\n${words.hint}`,
    row(button(ids.to.try(state), words.open, { style: 'primary' })),
  ],
  on: {
    async try(press, state, { words, allows }) {
      if (await allows(press, state)) await press.showModal(dialog(words, state));
    },
    async tried(sent, state, { words, content, guilds, tryOut, allows }) {
      if (!(await allows(sent, state))) return;
      const [post, reply] = ['post', 'reply'].map((name) => sent.fields.getTextInputValue(name).trim()) as [
        string,
        string,
      ];
      const { reading, isEnglish, decisions } = await tryOut(
        post,
        reply,
        guilds.settings(sent.guildId).settings.notes.kinds,
      );
      const kinds = content.kinds(sent.locale);
      const percents = new Intl.NumberFormat(sent.locale, { style: 'percent' });

      const tell = (one: Tried, sensitivity: string): string => {
        if (one.words !== undefined)
          return words.note({
            sensitivity,
            kind: wordsOf(kinds, one.kind).name,
            words: quote(clip(one.words, 200)).slice(2),
          });
        if (!isEnglish && one.reason !== 'danger') return words.left({ sensitivity, why: words.foreign });
        return words.left({ sensitivity, why: isKnown(one.reason) ? words.reasons[one.reason] : words.otherwise });
      };
      // What is decided alike is told once.
      const alike = Object.values(Object.groupBy(decisions, (one) => tell(one, ''))) as Tried[][];
      const list = new Intl.ListFormat(sent.locale, { type: 'unit' });
      const told = alike.map((some) =>
        tell(some[0] as Tried, list.format(some.map(({ sensitivity }) => words.sensitivities[sensitivity]))),
      );
      const chances: [string, number][] = [
        [words.fixit, reading.fixit],
        ...noteKinds.map((kind): [string, number] => [wordsOf(kinds, kind).name, reading.kinds[kind]]),
        ...moves.map((move): [string, number] => [words.moves[move], reading.attuned[move]]),
        ...contexts.map((context): [string, number] => [words.contexts[context], reading.post[context]]),
      ];
      const likely = chances.filter(([, p]) => p >= least).sort(([, a], [, b]) => b - a);
      const read = likely.map(([what, p]) => `- ${words.chance({ what, percent: percents.format(p) })}`);
      await sent.reply(
        whisper(
          frame(
            colour.panel,
            headed(words.shared, quote(clip(post, shown))),
            headed(words.answered, quote(clip(reply, shown))),
            headed(words.decided, ...told.map((one) => `- ${one}`)),
            headed(words.read, ...(read.length > 0 ? read : [words.little])),
            small(words.honest),
            row(button(ids.to.try(state), words.again)),
          ),
        ),
      );
    },
  },
});
