import { z } from 'zod';
import { seeded } from '#content/find';
import { by, customIds } from '#panels/custom-ids';
import { button, colour, frame, message, quotes, row, small, whisper } from '#panels/ui';
import { type Ctx, menuNamed, messageMenu } from '#panels/unit';
import { filled, line } from '#words';

/**
 * "This missed me": for somebody who was answered and not met. Seen by them alone; the one who answered never learns of it.
 */

const wordsSchema = z.strictObject({
  ...menuNamed,
  ...{ heading: line(100), ask: line(60), when: filled(300, 'say', 'when'), stop: line(60) },
  ...{ small: line(200), another: line(80), cruel: line(200) },
});
const uses = ['content', 'dangerIn', 'mention'] as const;
type Missed = Ctx<z.output<typeof wordsSchema>, (typeof uses)[number]>;

// `seed` orders each list, `turn` counts the presses.
const stateSchema = {
  seed: z.coerce.number().int().min(0),
  turn: z.coerce.number().int().min(0),
  danger: z.enum(['clear', 'none']),
};
const ids = customIds('missed', { another: by('button', stateSchema) });
type State = { seed: number; turn: number; danger: 'clear' | 'none' };

/** So many of a list at this turn; after the last the first ones come again. */
function some<T>(list: readonly T[], count: number, { seed, turn }: State): T[] {
  const order = seeded(list, seed);
  const from = (turn * count) % order.length;
  return [...order.slice(from), ...order].slice(0, count);
}

function view(state: State, { words, content, mention }: Missed, locale: string) {
  const missed = content.missed(locale);
  const isDangerous = state.danger === 'clear';
  const way = missed.danger({ crisis: mention('crisis') });
  const asks = some(missed.ask, 3, state).map((one) => words.when({ say: one.say, when: one.for }));
  return frame(
    colour.panel,
    isDangerous && `${way} ${words.cruel}`,
    `### ${words.heading}\n${some(missed.maybe, 2, state).join(' ')}`,
    some(missed.notTooMuch, 1, state)[0],
    `**${words.ask}**\n${quotes(asks)}`,
    `**${words.stop}**\n${quotes(some(missed.stop, 1, state))}`,
    some(missed.next, 1, state)[0],
    row(button(ids.to.another({ ...state, turn: state.turn + 1 }), words.another)),
    small(isDangerous ? words.small : `${words.small} ${way}`),
  );
}

export default messageMenu({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  async run(menu, ctx) {
    const danger = (await ctx.dangerIn(menu.targetMessage.content, menu.locale)) === 'clear' ? 'clear' : 'none';
    const state: State = { seed: Number(BigInt(menu.id) % 9973n), turn: 0, danger };
    await menu.reply(whisper(view(state, ctx, menu.locale)));
  },
  on: {
    async another(press, state, ctx) {
      await press.update(message(view(state, ctx, press.locale)));
    },
  },
});
