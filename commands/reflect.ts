import { z } from 'zod';
import type { Content } from '#content/content';
import { type Finding, seeded } from '#content/find';
import { anyFeeling, type FeelingPrompts, families } from '#content/prompts';
import { by, customIds } from '#panels/custom-ids';
import { entryIn, entryOption, offer } from '#panels/entries';
import { OldPanel } from '#panels/refusal';
import { shareHere, shareWords } from '#panels/share';
import { button, colour, frame, message, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named, optionWords } from '#panels/unit';
import { filled, line } from '#words';

/** /reflect: reflective-listening prompts for a feeling, seen only by the asker until they share one. */

const wordsSchema = z.strictObject({
  ...named,
  feeling: optionWords,
  families: z.record(z.enum(families), line(40)),
  choice: filled(100, 'family', 'feeling'),
  heading: filled(100, 'feeling'),
  headingAny: line(100),
  notFound: line(200),
  notice: line(40),
  say: line(40),
  ask: line(40),
  own: line(200),
  another: line(80),
  ...shareWords,
});
type Words = z.output<typeof wordsSchema>;
type Reflect = Ctx<Words, 'content' | 'sharing'>;

// `seed` orders a feeling's prompts, `at` is the place in that order.
const stateSchema = {
  feeling: z.string().max(32),
  seed: z.coerce.number().int().min(0),
  at: z.coerce.number().int().min(0),
};
const ids = customIds('reflect', { another: by('button', stateSchema), share: by('button', stateSchema) });
type State = { feeling: string; seed: number; at: number };
type Prompt = FeelingPrompts['prompts'][number];

/** @throws OldPanel when a later version no longer has the feeling that a button names. */
function find({ feeling, seed, at }: State, content: Content, locale: string | null) {
  const entry = content.prompts(locale).get(feeling);
  if (!entry) throw new OldPanel();
  const order = seeded(entry.prompts, seed).sort((a, b) => Number(b.first ?? false) - Number(a.first ?? false));
  return { entry, prompt: order[at % order.length] as Prompt };
}

/** For danger the prompts that ask plainly. */
const finding = ({ words, content }: Reflect, locale: string): Finding<FeelingPrompts> => ({
  hears: { search: content.search(locale), opens: ({ prompts }) => prompts },
  last: anyFeeling,
  label: ({ family, name }) => words.choice({ family: words.families[family], feeling: name }),
  isUsual: ({ usual }) => usual ?? false,
});

const heading = ({ id, name }: FeelingPrompts, words: Words) =>
  `### ${id === anyFeeling ? words.headingAny : words.heading({ feeling: name })}`;

/** What could be written. What to listen for stays with the listener: the poster may read what is shared. */
const lines = ({ say, ask }: Prompt, words: Words) => [
  `**${words.say}**\n> ${say}`,
  ask !== undefined && `**${words.ask}**\n> ${ask}`,
];

function view(state: State, ctx: Reflect, locale: string, notice: string | false = false) {
  const { words, content } = ctx;
  const { entry, prompt } = find(state, content, locale);
  return frame(
    colour.panel,
    notice,
    heading(entry, words),
    entry.ifYou,
    `**${words.notice}**\n${prompt.notice}`,
    ...lines(prompt, words),
    small(words.own),
    row(
      button(ids.to.another({ ...state, at: state.at + 1 }), words.another, { style: 'primary' }),
      // A question about danger is asked in one's own words, and not shown to a channel by a press.
      prompt.first !== true && button(ids.to.share(state), words.share),
    ),
  );
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm'],
  uses: ['content', 'sharing'],
  options: (say) => [entryOption(say(({ feeling }) => feeling))],
  async run(interaction, ctx) {
    const { content, words } = ctx;
    const { locale } = interaction;
    const { entry, isUnknown } = entryIn(interaction, 'feeling', content.prompts(locale), finding(ctx, locale));
    const seed = Number(BigInt(interaction.id) % 9973n);
    const state = { feeling: entry?.id ?? anyFeeling, seed, at: 0 };
    await interaction.reply(whisper(view(state, ctx, locale, isUnknown && words.notFound)));
  },
  complete: (typing, ctx) => offer(typing, ctx.content.prompts(typing.locale), finding(ctx, typing.locale)),
  on: {
    async another(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
    async share(press, state, ctx) {
      const { prompt } = find(state, ctx.content, press.guildLocale ?? press.locale);
      if (prompt.first) throw new OldPanel();
      const words = ctx.guildWords;
      // No heading: it would say what the poster feels.
      await shareHere(press, ctx, ...lines(prompt, words), small(words.own));
    },
  },
});
