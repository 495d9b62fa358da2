import { z } from 'zod';
import type { Read } from '#feedback/read';
import { countWords, tell } from '#feedback/tell';
import { crisisButton, crisisWords } from '#panels/crisis';
import { by, customIds, seedOf } from '#panels/custom-ids';
import { dangerParts, mayBeOwn, ownDanger } from '#panels/danger';
import { marked, placesIn, quoted, toldParts, waysToStay } from '#panels/feedback';
import { Refusal } from '#panels/refusal';
import {
  button,
  colour,
  field,
  frame,
  headed,
  modal,
  type Part,
  quotes,
  row,
  small,
  textInput,
  whisper,
} from '#panels/ui';
import { type Ctx, command, named } from '#panels/unit';
import { line } from '#words';

/** /draft: a reply, read before it is posted, for its writer alone. Nothing is posted, and nothing is kept. */

const fieldWords = z.strictObject({ label: line(45), hint: line(100) });
const wordsSchema = z.strictObject({
  ...named,
  title: line(45),
  reply: fieldWords,
  post: fieldWords,
  mine: fieldWords,
  heading: line(80),
  came: line(80),
  hold: line(240),
  ways: line(80),
  stepBack: line(200),
  another: line(80),
  noWords: line(200),
  ...crisisWords,
});
const uses = ['content', 'read', 'hearDanger'] as const;
type Draft = Ctx<z.output<typeof wordsSchema>, (typeof uses)[number]>;

const ids = customIds('draft', { open: by('button'), read: by('modal') });

const dialog = ({ words }: Draft) => {
  const long = (name: 'reply' | 'post' | 'mine', max: number) =>
    field(words[name].label, textInput(name, { long: true, max, required: name === 'reply' }), words[name].hint);
  return modal(ids.to.read({}), words.title, long('reply', 1500), long('post', 2000), long('mine', 500));
};

/** The most that is shown of the draft, and of what came up. */
const shown = { reply: 500, mine: 160 };

type Typed = { reply: string; post: string; mine: string };

function readingParts({ reply, post, mine }: Typed, read: Read, ctx: Draft, locale: string, seed: number): Part[] {
  const { words, content } = ctx;
  const say = content.feedback(locale);
  const told = tell(read, reply, post, { words: say, kinds: content.kinds(locale) });
  return [
    `### ${words.heading}\n${marked(reply, placesIn(told), shown.reply)}`,
    ...toldParts(told, say),
    mine !== '' && headed(words.came, quoted(mine, shown.mine), words.hold),
    headed(words.ways, quotes(waysToStay(content, locale, seed))),
    words.stepBack,
    small(say.honest),
  ];
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  run: (interaction, ctx) => interaction.showModal(dialog(ctx)),
  on: {
    open: (press, _, ctx) => press.showModal(dialog(ctx)),
    async read(sent, _, ctx) {
      const { words, content, read, hearDanger } = ctx;
      const { locale } = sent;
      const typed = (name: keyof Typed) => sent.fields.getTextInputValue(name).trim();
      const all: Typed = { reply: typed('reply'), post: typed('post'), mine: typed('mine') };
      if (countWords(all.reply) === 0) throw new Refusal(words.noWords);

      const { danger } = content.feedback(locale);
      // Whoever asks about a reply answers something hard, also where they leave the post out.
      const found = await read(all.reply, all.post, all.post === '' ? { 'not-distress': 0 } : {});
      const [own, theirs, inReply] = await Promise.all(
        [all.mine, all.post, all.reply].map((text) => hearDanger(text, locale)),
      );
      // Their own words in the reply may be about themselves.
      const ofThem = own ?? (inReply?.isClear && mayBeOwn(all.reply, inReply, found.reading) ? inReply : undefined);
      const isDanger = theirs !== undefined || inReply?.isClear || found.reading.pointsToHelp;
      const another = button(ids.to.open({}), words.another);
      const parts: Part[] =
        ofThem || isDanger
          ? [
              `### ${danger.heading}`,
              isDanger && danger.lead,
              ofThem && ownDanger(content, locale, ofThem.voiced),
              ...(isDanger ? dangerParts(content, locale, theirs?.voiced ?? inReply?.voiced) : []),
              danger.crisis,
              row(crisisButton(words), another),
            ]
          : [...readingParts(all, found, ctx, locale, seedOf(sent)), row(another)];
      await sent.reply(whisper(frame(colour.panel, ...parts)));
    },
  },
});
