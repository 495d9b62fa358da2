import { z } from 'zod';
import { customIds } from '#panels/custom-ids';
import { colour, frame, quotes, small, whisper } from '#panels/ui';
import { type Ctx, menuNamed, messageMenu } from '#panels/unit';
import { filled, line } from '#words';

/** "Find words for this": what could be said to a message, seen by the asker alone. Never posts; nothing is kept. */

const wordsSchema = z.strictObject({
  ...menuNamed,
  ...{ heading: line(100), headingGeneral: line(100), say: line(40), ask: line(40), small: line(300) },
  ...{ short: line(300), long: line(300), unsure: line(300), yours: line(200) },
  ...{ possible: filled(300, 'crisis'), danger: filled(400, 'crisis'), dangerYours: filled(300, 'crisis') },
});
type FindWords = Ctx<z.output<typeof wordsSchema>, 'reflectOn'>;

function view(post: string, seed: number, { reflectOn, words }: FindWords, ...notices: (string | false)[]) {
  const { says, asks, isTailored, length } = reflectOn(post, seed);
  const why = length === 'right' ? words.unsure : words[length];
  return frame(
    colour.panel,
    `### ${isTailored ? words.heading : words.headingGeneral}`,
    ...notices,
    !isTailored && why,
    `**${words.say}**\n${quotes(says)}`,
    `**${words.ask}**\n${quotes(asks)}`,
    small(words.small),
  );
}

export default messageMenu({
  words: wordsSchema,
  ids: customIds('find-words', {}),
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['reflectOn', 'dangerIn', 'mention'],
  async run(menu, ctx) {
    const { words, dangerIn, mention } = ctx;
    const { content, author } = menu.targetMessage;
    const isOwn = author.id === menu.user.id;
    const crisis = mention('crisis');
    const heard = await dangerIn(content, menu.locale);
    if (heard === 'clear') {
      const said = (isOwn ? words.dangerYours : words.danger)({ crisis });
      await menu.reply(whisper(frame(colour.panel, said)));
      return;
    }
    const possible = heard === 'possible' && words.possible({ crisis });
    const seed = Number(BigInt(menu.id) % 9973n);
    await menu.reply(whisper(view(content, seed, ctx, isOwn && words.yours, possible)));
  },
  on: {},
});
