import { z } from 'zod';
import { crisisButton, crisisWords } from '#panels/crisis';
import { customIds, seedOf } from '#panels/custom-ids';
import { colour, frame, headed, type Part, quotes, row, small, whisper } from '#panels/ui';
import { type Ctx, menuNamed, messageMenu } from '#panels/unit';
import { line } from '#words';

/** "Find words for this": what could be said to a message, seen by the asker alone. Never posts; nothing is kept. */

const wordsSchema = z.strictObject({
  ...menuNamed,
  ...{ heading: line(100), headingGeneral: line(100), say: line(40), ask: line(40), small: line(300) },
  ...{ short: line(300), long: line(300), unsure: line(300), foreign: line(300), light: line(300) },
  ...{ yours: line(200) },
  ...{ possible: line(300), danger: line(400), dangerYours: line(300), ...crisisWords },
});
type FindWords = Ctx<z.output<typeof wordsSchema>, 'reflectOn'>;

/** From here on a message reads like good news, or like talk about no difficulty. */
const lightFrom = 0.5;

function view(post: string, seed: number, isLight: boolean, { reflectOn, words }: FindWords, ...notices: Part[]) {
  const { says, asks, isTailored, length, isEnglish } = reflectOn(post, seed, isLight);
  const why = !isEnglish ? 'foreign' : length !== 'right' ? length : isLight ? 'light' : 'unsure';
  return frame(
    colour.panel,
    `### ${isTailored ? words.heading : words.headingGeneral}`,
    ...notices,
    !isTailored && words[why],
    headed(words.say, quotes(says)),
    headed(words.ask, quotes(asks)),
    small(words.small),
  );
}

export default messageMenu({
  words: wordsSchema,
  ids: customIds('find-words', {}),
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['reflectOn', 'hearDanger', 'read'],
  async run(menu, ctx) {
    const { words, hearDanger, read } = ctx;
    const { content, author } = menu.targetMessage;
    const isOwn = author.id === menu.user.id;
    const heard = await hearDanger(content, menu.locale);
    const way = row(crisisButton(words));
    if (heard?.isClear) {
      await menu.reply(whisper(frame(colour.panel, isOwn ? words.dangerYours : words.danger, way)));
      return;
    }
    const doubt = heard ? [words.possible, way] : [];
    const { post } = (await read('', content)).reading;
    const isLight = !heard && post['not-distress'] >= lightFrom;
    await menu.reply(whisper(view(content, seedOf(menu), isLight, ctx, isOwn && words.yours, ...doubt)));
  },
  on: {},
});
