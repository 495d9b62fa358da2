import { ApplicationCommandOptionType } from 'discord.js';
import { z } from 'zod';
import { type Explanation, firstTopic } from '#content/explanations';
import { openEntry, suggest } from '#content/find';
import type { Voiced } from '#content/search';
import { by, customIds } from '#panels/custom-ids';
import { OldPanel } from '#panels/refusal';
import { shareHere, shareWords } from '#panels/share';
import { sourcesLine } from '#panels/sources';
import { button, choose, colour, frame, message, row, whisper } from '#panels/ui';
import { type Ctx, command, named, optionWords } from '#panels/unit';
import { line } from '#words';

/** /explain: "feeling felt" and what belongs to it, short first. */

const wordsSchema = z.strictObject({
  ...named,
  topic: optionWords,
  notFound: line(200),
  readMore: line(80),
  shorter: line(80),
  related: line(100),
  sources: line(80),
  ...shareWords,
});
type Words = z.output<typeof wordsSchema>;
type Explain = Ctx<Words, 'content'>;

const stateSchema = { topic: z.string().max(32), form: z.enum(['short', 'long']) };
const ids = customIds('explain', {
  show: by('button', stateSchema),
  share: by('button', stateSchema),
  go: by('choice'),
});
type State = { topic: string; form: 'short' | 'long' };

/** @throws OldPanel when a later version no longer has the topic that a button names. */
function find(ctx: Explain, topic: string, locale: string | null): Explanation {
  const found = ctx.content.explanations(locale).get(topic);
  if (!found) throw new OldPanel();
  return found;
}

/** For danger the topic that says what to do. */
const opens = ({ explanation }: Voiced) => explanation;

const parts = (entry: Explanation, form: State['form'], words: Words) => [
  `### ${entry.name}\n${entry[form]}`,
  sourcesLine(words.sources, entry.sources),
];

function view({ topic, form }: State, ctx: Explain, locale: string, notice?: string) {
  const { words } = ctx;
  const entry = find(ctx, topic, locale);
  const other = form === 'short' ? 'long' : 'short';
  return frame(
    colour.panel,
    notice,
    ...parts(entry, form, words),
    row(
      button(ids.to.show({ topic: entry.id, form: other }), form === 'short' ? words.readMore : words.shorter, {
        style: 'primary',
      }),
      button(ids.to.share({ topic: entry.id, form }), words.share),
    ),
    row(
      choose(
        ids.to.go({}),
        words.related,
        entry.related.map((id) => ({ label: find(ctx, id, locale).name, value: id })),
      ),
    ),
  );
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm'],
  uses: ['content'],
  options: (say) => [
    { type: ApplicationCommandOptionType.String, ...say((w) => w.topic), max_length: 100, autocomplete: true },
  ],
  async run(interaction, ctx) {
    const asked = interaction.options.getString('topic');
    const topics = ctx.content.explanations(interaction.locale);
    const search = ctx.content.search(interaction.locale);
    const found = asked === null ? undefined : openEntry(topics, asked, search, opens);
    const notice = asked !== null && found === undefined ? ctx.words.notFound : undefined;
    const state: State = { topic: found?.id ?? firstTopic, form: 'short' };
    await interaction.reply(whisper(view(state, ctx, interaction.locale, notice)));
  },
  async complete(interaction, ctx) {
    const { locale } = interaction;
    const topics = ctx.content.explanations(locale);
    const label = ({ name }: Explanation) => name;
    const typed = interaction.options.getFocused();
    await interaction.respond(suggest(topics, typed, ctx.content.search(locale), { opens, label, locale }));
  },
  on: {
    async show(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
    async go(choice, _, ctx) {
      const state: State = { topic: choice.values[0] ?? firstTopic, form: 'short' };
      await choice.update(message(view(state, ctx, choice.locale)));
    },
    async share(press, { topic, form }, ctx) {
      const entry = find(ctx, topic, press.guildLocale ?? press.locale);
      await shareHere(press, ctx, ...parts(entry, form, ctx.guildWords));
    },
  },
});
