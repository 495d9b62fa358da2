import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from 'discord.js';
import type { Finding } from '#content/find';
import { anyFeeling, type FeelingPrompts } from '#content/prompts';
import type { Voiced } from '#content/search';
import { entryIn, entryOption, offer } from '#panels/entries';
import { OldPanel } from '#panels/refusal';
import { shareHere } from '#panels/share';
import { message, whisper } from '#panels/ui';
import { command } from '#panels/unit';
import {
  find,
  ids,
  inDanger,
  type ReflectCtx,
  type State,
  toShare,
  uses,
  view,
  whoms,
  whyView,
  wordsSchema,
} from './views.ts';

/** /reflect: words for staying with a feeling, somebody else's or one's own, seen only by the asker until they share. */

/** How often each feeling was asked for since the start: whoever asks again gets others. Nobody is remembered. */
const turns = new Map<string, number>();
function turnOf(feeling: string): number {
  const turn = turns.get(feeling) ?? 0;
  turns.set(feeling, (turn + 1) % 1_000_000);
  return turn;
}

/** For danger the prompts that ask plainly. */
const finding = ({ words, content }: ReflectCtx, locale: string): Finding<FeelingPrompts> => ({
  hears: { search: content.search(locale), opens: ({ prompts }) => prompts },
  last: anyFeeling,
  label: ({ family, name }) => words.choice({ family: words.families[family], feeling: name }),
  isUsual: ({ usual }) => usual ?? false,
});

const toThemselves: ReadonlySet<Voiced['danger'] | undefined> = new Set([undefined, 'self', 'selfHarm', 'violence']);

/** Danger in what was typed; what was chosen from the list is no message. */
async function heard(slash: ChatInputCommandInteraction, { content, dangerIn }: ReflectCtx) {
  const typed = slash.options.getString('feeling') ?? '';
  if (content.prompts(slash.locale).has(typed)) return { isDangerous: false, kind: undefined };
  const isDangerous = (await dangerIn(typed, slash.locale)) === 'clear';
  return { isDangerous, kind: content.search(slash.locale).dangerIn(typed)?.danger };
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  options: (say) => [
    entryOption(say(({ feeling }) => feeling)),
    {
      type: ApplicationCommandOptionType.String,
      ...say(({ whom }) => whom),
      choices: whoms.map((value) => {
        const { name, name_localizations } = say((words) => ({ name: words[value], description: '' }));
        return { name, value, ...(name_localizations && { name_localizations }) };
      }),
    },
  ],
  async run(interaction, ctx) {
    const { content, words } = ctx;
    const { locale } = interaction;
    const whom = interaction.options.getString('for') === 'myself' ? 'myself' : 'somebody';
    const { isDangerous, kind } = await heard(interaction, ctx);
    if (whom === 'myself' && isDangerous && toThemselves.has(kind)) {
      await interaction.reply(whisper(inDanger(kind, ctx, locale)));
      return;
    }
    const { entry, isUnknown } = entryIn(interaction, 'feeling', content.prompts(locale), finding(ctx, locale));
    const feeling = entry?.id ?? anyFeeling;
    const state: State = { feeling, whom, seed: 0, turn: turnOf(feeling), at: 0 };
    await interaction.reply(whisper(view(state, ctx, locale, { notice: isUnknown && words.notFound, isDangerous })));
  },
  complete: (typing, ctx) => offer(typing, ctx.content.prompts(typing.locale), finding(ctx, typing.locale)),
  on: {
    async another(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
    async why(press, { topic }, ctx) {
      await press.reply(whisper(whyView(topic, ctx, press.locale)));
    },
    async share(press, state, ctx) {
      const { openers, asksAboutDanger } = find(state, ctx.content, press.guildLocale ?? press.locale);
      if (asksAboutDanger || state.whom === 'myself') throw new OldPanel();
      // No heading: it would say what the poster feels.
      await shareHere(press, ctx, ...toShare(openers, ctx.guildWords));
    },
  },
});
