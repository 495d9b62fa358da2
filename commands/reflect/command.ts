import type { ChatInputCommandInteraction } from 'discord.js';
import type { Finding } from '#content/find';
import { isOwn } from '#content/openers';
import { anyFeeling, type FeelingPrompts } from '#content/prompts';
import type { Voiced } from '#content/search';
import { choiceOption, entryIn, entryOption, offer } from '#panels/entries';
import { ownOf } from '#panels/own-words';
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

/** How often each feeling was asked for since the start, or others for it: whoever asks again gets others. Nobody is remembered. */
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
async function dangerTyped({ options, locale }: ChatInputCommandInteraction, { content, hearDanger }: ReflectCtx) {
  const typed = options.getString('feeling') ?? '';
  const heard = content.prompts(locale).has(typed) ? undefined : await hearDanger(typed, locale);
  return heard?.isClear ? heard : undefined;
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  options: (say) => [
    entryOption(say(({ feeling }) => feeling)),
    choiceOption(
      say(({ whom }) => whom),
      whoms.map((value) => ({ value, ...say((words) => ({ name: words[value], description: '' })) })),
    ),
  ],
  async run(interaction, ctx) {
    const { content, words } = ctx;
    const { locale } = interaction;
    const whom = interaction.options.getString('for') === 'myself' ? 'myself' : 'somebody';
    const heard = await dangerTyped(interaction, ctx);
    if (whom === 'myself' && heard && toThemselves.has(heard.voiced?.danger)) {
      await interaction.reply(whisper(inDanger(heard.voiced, ctx, locale)));
      return;
    }
    const { entry, isUnknown } = entryIn(interaction, 'feeling', content.prompts(locale), finding(ctx, locale));
    const feeling = entry?.id ?? anyFeeling;
    const danger = heard ? 'clear' : 'none';
    const state: State = { feeling, whom, danger, seed: 0, turn: turnOf(feeling), at: 0 };
    const own = await ownOf(interaction.guildId, ctx.ownPrompts);
    await interaction.reply(whisper(view(state, ctx, locale, own, isUnknown && words.notFound)));
  },
  complete: (typing, ctx) => offer(typing, ctx.content.prompts(typing.locale), finding(ctx, typing.locale)),
  on: {
    async another(press, state, ctx) {
      turnOf(state.feeling);
      await press.update(message(view(state, ctx, press.locale, await ownOf(press.guildId, ctx.ownPrompts))));
    },
    async why(press, { topic }, ctx) {
      await press.reply(whisper(whyView(topic, ctx, press.locale)));
    },
    async share(press, { own: id, ...state }, ctx) {
      const own = (await ownOf(press.guildId, ctx.ownPrompts)).filter((one) => one.id === id);
      const { openers, canBeShared } = find(state, ctx.content, press.guildLocale ?? press.locale, own);
      // The one that they read was changed since.
      const isChanged = id !== '' && !openers.some(isOwn);
      if (!canBeShared || isChanged) throw new OldPanel();
      // No heading: it would say what the poster feels.
      await shareHere(press, ctx, ...toShare(openers, ctx.guildWords));
    },
  },
});
