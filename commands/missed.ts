import { type MessageContextMenuCommandInteraction, MessageType } from 'discord.js';
import { z } from 'zod';
import { seeded } from '#content/find';
import { someFrom } from '#content/openers';
import { crisisButton, crisisWords } from '#panels/crisis';
import { by, customIds, seedOf } from '#panels/custom-ids';
import { button, colour, frame, headed, message, quotes, row, small, whisper } from '#panels/ui';
import { type Ctx, menuNamed, messageMenu } from '#panels/unit';
import { filled, line } from '#words';

/**
 * "This missed me": for somebody who was answered and not met. Seen by them alone; the one who answered never learns of it.
 */

const wordsSchema = z.strictObject({
  ...menuNamed,
  ...{ heading: line(100), ask: line(60), when: filled(300, 'say', 'when'), stop: line(60) },
  ...{ small: line(200), another: line(80), cruel: line(200), unclear: line(200) },
  ...{ own: line(400), program: line(300), begins: line(300), notYours: filled(400, 'reflect') },
  ...crisisWords,
});
const uses = ['content', 'hearDanger', 'mention'] as const;
type Missed = Ctx<z.output<typeof wordsSchema>, (typeof uses)[number]>;

// `seed` orders each list, `turn` counts the presses.
const stateSchema = {
  seed: z.coerce.number().int().min(0),
  turn: z.coerce.number().int().min(0),
  danger: z.enum(['clear', 'none']),
};
const ids = customIds('missed', { another: by('button', stateSchema) });
type State = { seed: number; turn: number; danger: 'clear' | 'none' };

/** So many of a list at this turn. */
const some = <T>(list: readonly T[], count: number, { seed, turn }: State): T[] =>
  someFrom(seeded(list, seed), turn * count, count);

/** Why it is no answer to the one who asks, as far as Discord hands along; `unclear`: it may be one, and says nothing of it. */
function notAnAnswer({ user, targetMessage, channelId, guildId }: MessageContextMenuCommandInteraction) {
  const { author, webhookId, interactionMetadata, type, mentions, id } = targetMessage;
  if (author.id === user.id) return 'own';
  // What comes by a webhook may be a person who writes through one; the answer to a command is no person's.
  if (author.bot && (webhookId === null || interactionMetadata)) return 'program';
  if (guildId === null || mentions.users.has(user.id)) return undefined;
  const to = type === MessageType.Reply ? mentions.repliedUser?.id : undefined;
  if (to !== undefined) return to === user.id ? undefined : 'notYours';
  return id === channelId ? 'begins' : 'unclear';
}

function view(state: State, { words, content }: Missed, locale: string, isUnclear = false) {
  const missed = content.missed(locale);
  const isDangerous = state.danger === 'clear';
  const asks = some(missed.ask, 3, state).map((one) => words.when({ say: one.say, when: one.for }));
  return frame(
    colour.panel,
    isDangerous && `${missed.danger} ${words.cruel}`,
    isDangerous && row(crisisButton(words)),
    `### ${words.heading}\n${isUnclear ? `${small(words.unclear)}\n` : ''}${some(missed.maybe, 2, state).join(' ')}`,
    some(missed.notTooMuch, 1, state)[0],
    headed(words.ask, quotes(asks)),
    headed(words.stop, quotes(some(missed.stop, 1, state))),
    some(missed.next, 1, state)[0],
    small(isDangerous ? words.small : `${words.small} ${missed.danger}`),
    row(
      button(ids.to.another({ ...state, turn: state.turn + 1 }), words.another),
      !isDangerous && crisisButton(words, 'quiet'),
    ),
  );
}

export default messageMenu({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  async run(menu, ctx) {
    const danger = (await ctx.hearDanger(menu.targetMessage.content, menu.locale))?.isClear ? 'clear' : 'none';
    const why = notAnAnswer(menu);
    // Whoever meets cruelty here is shown the way out, whomever it was for.
    if (why && why !== 'unclear' && (danger === 'none' || why === 'own')) {
      const { words, mention } = ctx;
      const said = why === 'notYours' ? words.notYours({ reflect: mention('reflect') }) : words[why];
      const way = row(crisisButton(words, danger === 'clear' ? 'first' : 'quiet'));
      await menu.reply(
        whisper(frame(colour.panel, danger === 'clear' && ctx.content.missed(menu.locale).danger, said, way)),
      );
      return;
    }
    const state: State = { seed: seedOf(menu), turn: 0, danger };
    await menu.reply(whisper(view(state, ctx, menu.locale, why === 'unclear')));
  },
  on: {
    async another(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
  },
});
