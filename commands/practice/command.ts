import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { topics } from '#content/scenarios';
import { countWords } from '#feedback/tell';
import { by, customIds, seedOf } from '#panels/custom-ids';
import { choiceOption } from '#panels/entries';
import { OldPanel, Refusal } from '#panels/refusal';
import { button, colour, field, frame, message, modal, row, small, text, textInput, whisper } from '#panels/ui';
import { command } from '#panels/unit';
import { firstOf, levels, nextOf, type State, sceneOf, stateSchema, theirsIn } from './scene.ts';
import { feedbackParts, feltParts, knownOf, type Practice, sceneParts, uses, wordsSchema } from './views.ts';

/**
 * /practice: posts that nobody real wrote, to try a reply on. First what they may be feeling, then the reply, then what
 * is said of it; no grade, and nothing is kept: the text is in the answer, and the way goes on in the custom ids.
 */

const ids = customIds('practice', {
  feel: by('button', stateSchema),
  felt: by('modal', stateSchema),
  answer: by('button', stateSchema),
  answered: by('modal', stateSchema),
  harder: by('button', stateSchema),
  next: by('button', stateSchema),
  stop: by('button'),
});

const scene = (state: State, { content }: Practice, locale: string) => sceneOf(content.scenarios(locale), state);

/** The ways on, after the one that is meant. */
const ways = (state: State, { words: { buttons } }: Practice, ...first: (ReturnType<typeof button> | false)[]) =>
  row(...first, button(ids.to.next(state), buttons.next), button(ids.to.stop({}), buttons.stop));

function beginning(state: State, ctx: Practice, locale: string, notice: string | false = false) {
  const { words } = ctx;
  return frame(
    colour.panel,
    notice,
    ...sceneParts(scene(state, ctx, locale), words),
    words.begin,
    small(words.notReal),
    ways(state, ctx, button(ids.to.feel(state), words.buttons.feel, { style: 'primary' })),
  );
}

/** Opens the form of a step, with the post above the field: the form covers the message. */
function ask(press: ButtonInteraction, step: 'feel' | 'answer', state: State, ctx: Practice) {
  const { title, label, hint } = ctx.words[step];
  const to = step === 'feel' ? ids.to.felt(state) : ids.to.answered(state);
  const { post } = scene(state, ctx, press.locale);
  const input = textInput('words', { long: true, max: step === 'feel' ? 300 : 1000 });
  return press.showModal(modal(to, title, text(`> ${post}`), field(label, input, hint)));
}

/** What was typed into the form; the form was opened from a message, which becomes the answer. */
function sentFrom(sent: ModalSubmitInteraction, { words }: Practice) {
  if (!sent.isFromMessage()) throw new OldPanel();
  const typed = sent.fields.getTextInputValue('words').trim();
  if (countWords(typed) === 0) throw new Refusal(words.noWords);
  return { sent, typed };
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  options: (say) => [
    choiceOption(
      say(({ topic }) => topic),
      topics.map((value) => ({ value, ...say((words) => ({ name: words.topics[value], description: '' })) })),
    ),
    choiceOption(
      say(({ difficulty }) => difficulty),
      levels.map((value) => ({ value, ...say((words) => ({ name: words.levels[value], description: '' })) })),
    ),
  ],
  async run(interaction, ctx) {
    const { locale, options } = interaction;
    const { state, isNear } = firstOf(ctx.content.scenarios(locale), {
      topic: topics.find((one) => one === options.getString('topic')) ?? 'any',
      level: levels.find((one) => one === options.getString('difficulty')) ?? 'any',
      seed: seedOf(interaction),
    });
    await interaction.reply(whisper(beginning(state, ctx, locale, isNear && ctx.words.near)));
  },
  on: {
    feel: (press, state, ctx) => ask(press, 'feel', state, ctx),
    async felt(modal, state, ctx) {
      const { sent, typed } = sentFrom(modal, ctx);
      const { words } = ctx;
      const here = scene(state, ctx, sent.locale);
      const view = frame(
        colour.panel,
        ...sceneParts(here, words),
        ...feltParts(here, typed, await ctx.hearDanger(typed, sent.locale), ctx),
        ways(state, ctx, button(ids.to.answer(state), words.buttons.answer, { style: 'primary' })),
      );
      await sent.update(message(view));
    },
    answer: (press, state, ctx) => ask(press, 'answer', state, ctx),
    async answered(modal, state, ctx) {
      const { sent, typed } = sentFrom(modal, ctx);
      const { words } = ctx;
      const here = scene(state, ctx, sent.locale);
      const found = await ctx.read(typed, theirsIn(here), knownOf(here.scenario));
      const heard = await ctx.hearDanger(typed, sent.locale);
      const view = frame(
        colour.panel,
        ...feedbackParts(here, { reply: typed, found, heard }, ctx, sent.locale),
        ways(
          state,
          ctx,
          button(ids.to.answer(state), words.buttons.again, { style: 'primary' }),
          state.form === 'first' && button(ids.to.harder({ ...state, form: 'harder' }), words.buttons.harder),
        ),
      );
      await sent.update(message(view));
    },
    async harder(press, state, ctx) {
      await press.update(message(beginning({ ...state, form: 'harder' }, ctx, press.locale)));
    },
    async next(press, state, ctx) {
      const next = nextOf(ctx.content.scenarios(press.locale), state);
      await press.update(message(beginning(next, ctx, press.locale)));
    },
    async stop(press, _, { words }) {
      await press.update(message(frame(colour.panel, words.stopped)));
    },
  },
});
