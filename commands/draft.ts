import { z } from 'zod';
import type { Read } from '#feedback/read';
import { countWords, tell } from '#feedback/tell';
import { by, customIds } from '#panels/custom-ids';
import {
  crisisLine,
  dangerParts,
  headed,
  lines,
  marked,
  ownDanger,
  placesIn,
  quoted,
  toldParts,
  waysToStay,
} from '#panels/feedback';
import { Refusal } from '#panels/refusal';
import { button, colour, field, frame, modal, type Part, row, small, textInput, whisper } from '#panels/ui';
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
});
type Draft = Ctx<z.output<typeof wordsSchema>, 'content' | 'read' | 'mention'>;

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
    headed(words.ways, lines(waysToStay(content, locale, seed))),
    words.stepBack,
    small(say.honest),
  ];
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses: ['content', 'read', 'mention'],
  run: (interaction, ctx) => interaction.showModal(dialog(ctx)),
  on: {
    open: (press, _, ctx) => press.showModal(dialog(ctx)),
    async read(sent, _, ctx) {
      const { words, content, read } = ctx;
      const { locale } = sent;
      const typed = (name: keyof Typed) => sent.fields.getTextInputValue(name).trim();
      const all: Typed = { reply: typed('reply'), post: typed('post'), mine: typed('mine') };
      if (countWords(all.reply) === 0) throw new Refusal(words.noWords);

      const { dangerIn } = content.search(locale);
      const { danger } = content.feedback(locale);
      // Whoever asks about a reply answers something hard, also where they leave the post out.
      const found = await read(all.reply, all.post, all.post === '' ? { 'not-distress': 0 } : {});
      const ownVoiced = dangerIn(all.mine);
      const isOwn = ownVoiced !== undefined || (all.mine !== '' && (await read('', all.mine)).danger);
      const voiced = dangerIn(all.post) ?? dangerIn(all.reply);
      const isDanger = voiced !== undefined || found.danger;
      const parts =
        isOwn || isDanger
          ? [
              `### ${danger.heading}`,
              isDanger && danger.lead,
              isOwn && ownDanger(content, locale, ownVoiced),
              ...(isDanger ? dangerParts(content, locale, voiced) : []),
              crisisLine(ctx, locale),
            ]
          : readingParts(all, found, ctx, locale, Number(BigInt(sent.id) % 9973n));
      await sent.reply(whisper(frame(colour.panel, ...parts, row(button(ids.to.open({}), words.another)))));
    },
  },
});
