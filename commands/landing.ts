import { z } from 'zod';
import { countWords, tell } from '#feedback/tell';
import { crisisButton, crisisWords } from '#panels/crisis';
import { customIds } from '#panels/custom-ids';
import { dangerParts, mayBeOwn, ownDanger } from '#panels/danger';
import { marked, placesIn, toldParts } from '#panels/feedback';
import { Refusal } from '#panels/refusal';
import { colour, frame, headed, type Part, quotes, row, small, whisper } from '#panels/ui';
import { menuNamed, messageMenu } from '#panels/unit';
import { filled, line } from '#words';

/** "How might this land?": one's own message, read for oneself. What others wrote is not read: nobody is armed with it. */

const ids = customIds('landing', {});

/** The most that is shown of the message. */
const shown = 800;

export default messageMenu({
  words: z.strictObject({
    ...menuNamed,
    heading: line(80),
    add: line(120),
    alone: filled(240, 'draft'),
    notYours: line(300),
    noWords: line(200),
    ...crisisWords,
  }),
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['content', 'read', 'hearDanger', 'mention'],
  async run(menu, { words, content, read, hearDanger, mention }) {
    const { locale, targetMessage } = menu;
    const { author, content: reply } = targetMessage;
    if (author.id !== menu.user.id) throw new Refusal(words.notYours);
    if (countWords(reply) === 0) throw new Refusal(words.noWords);

    // What it answers is not at hand. Whoever asks how it lands has answered something hard.
    const found = await read(reply, '', { 'not-distress': 0 });
    const heard = await hearDanger(reply, locale);
    const say = content.feedback(locale);
    const told = tell(found, reply, '', { words: say, kinds: content.kinds(locale) });
    const parts: Part[] =
      heard?.isClear || found.reading.pointsToHelp
        ? [
            `### ${say.danger.heading}\n${say.danger.lead}`,
            heard && mayBeOwn(reply, heard, found.reading) && ownDanger(content, locale, heard.voiced),
            ...dangerParts(content, locale, heard?.voiced),
            say.danger.crisis,
            row(crisisButton(words)),
          ]
        : [
            `### ${words.heading}\n${marked(reply, placesIn(told), shown)}`,
            ...toldParts(told, say),
            told.moved && headed(words.add, quotes(told.moved.kind.openers.slice(0, 2))),
            small(words.alone({ draft: mention('draft') })),
            small(say.honest),
          ];
    await menu.reply(whisper(frame(colour.panel, ...parts)));
  },
  on: {},
});
