import { z } from 'zod';
import type { Content } from '#content/content';
import { type Explanation, firstTopic } from '#content/explanations';
import type { Finding } from '#content/find';
import { crisisButton, crisisWords } from '#panels/crisis';
import { by, customIds, key } from '#panels/custom-ids';
import { entryIn, entryOption, offer } from '#panels/entries';
import { OldPanel } from '#panels/refusal';
import { shareHere, shareWords } from '#panels/share';
import { sourcesLine, sourceWords } from '#panels/sources';
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
  ...sourceWords,
  ...crisisWords,
  ...shareWords,
});
type Words = z.output<typeof wordsSchema>;
type Explain = Ctx<Words, 'content' | 'sharing'>;

const stateSchema = { topic: key(32), form: z.enum(['short', 'long']) };
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
const finding = ({ search }: Content, locale: string): Finding<Explanation> => ({
  hears: { search: search(locale), opens: ({ explanation }) => explanation },
});

const isDanger = (topic: string, { content }: Explain, locale: string | null) =>
  content.search(locale).opened.explanations.has(topic);

const parts = (entry: Explanation, form: State['form'], words: Words) => [
  `### ${entry.name}\n${entry[form]}`,
  sourcesLine(words, entry.sources),
];

function view({ topic, form }: State, ctx: Explain, locale: string, notice: string | false = false) {
  const { words } = ctx;
  const entry = find(ctx, topic, locale);
  const other = form === 'short' ? 'long' : 'short';
  const danger = isDanger(entry.id, ctx, locale);
  return frame(
    colour.panel,
    notice,
    danger && row(crisisButton(words)),
    ...parts(entry, form, words),
    row(
      button(ids.to.show({ topic: entry.id, form: other }), form === 'short' ? words.readMore : words.shorter, {
        style: 'primary',
      }),
      !danger && button(ids.to.share({ topic: entry.id, form }), words.share),
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
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['content', 'sharing'],
  options: (say) => [entryOption(say(({ topic }) => topic))],
  async run(interaction, ctx) {
    const { content, words } = ctx;
    const { locale } = interaction;
    const { entry, isUnknown } = entryIn(interaction, 'topic', content.explanations(locale), finding(content, locale));
    const state: State = { topic: entry?.id ?? firstTopic, form: 'short' };
    await interaction.reply(whisper(view(state, ctx, locale, isUnknown && words.notFound)));
  },
  complete: (typing, { content }) =>
    offer(typing, content.explanations(typing.locale), finding(content, typing.locale)),
  on: {
    async show(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
    async go(choice, _, ctx) {
      const state: State = { topic: choice.values[0] ?? firstTopic, form: 'short' };
      await choice.update(message(view(state, ctx, choice.locale)));
    },
    async share(press, { topic, form }, ctx) {
      if (isDanger(topic, ctx, press.locale)) throw new OldPanel();
      const entry = find(ctx, topic, press.guildLocale ?? press.locale);
      await shareHere(press, ctx, ...parts(entry, form, ctx.guildWords));
    },
  },
});
