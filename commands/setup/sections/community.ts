import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { nudgesDoor } from '#panels/nudges-door';
import { button, chooseChannels, colour, frame, gap, type Part, row, whisper } from '#panels/ui';
import type { Ctx } from '#panels/unit';
import { writeIn } from '#panels/write';
import { filled, line } from '#words';
import { ids as panelIds } from '../panel.ts';
import { presserMayWriteIn, toWriteIn } from '../permissions.ts';
import { panelState, section } from '../section.ts';

/** What the community is told: a ready text in two lengths, and an invitation with the way to one's own panel. */

const things = ['short', 'long', 'invite'] as const;
const thing = z.enum(things);
type Thing = z.output<typeof thing>;

const ids = customIds('setup', {
  post: by('channels', { what: thing, ...panelState }),
  copy: by('button', { what: thing, ...panelState }),
});

const wordsSchema = z.strictObject({
  heading: line(80),
  hint: line(300),
  things: z.record(thing, line(80)),
  texts: z.strictObject({
    short: filled(800, 'nudges', 'privacy'),
    long: filled(2000, 'nudges', 'privacy', 'crisis', 'need'),
    invite: filled(700, 'privacy'),
  }),
  open: line(80),
  postIn: line(100),
  copy: line(80),
  posted: filled(200, 'link'),
  cannotPost: filled(300, 'channel'),
  orCopy: line(150),
  notYours: filled(300, 'channel'),
});
type Community = Ctx<z.output<typeof wordsSchema>, 'mention'>;

/** The text in the language of the server. */
const textOf = (what: Thing, { guildWords, mention }: Community): string => {
  const [nudges, privacy, crisis, need] = ['nudges', 'privacy', 'crisis', 'need'].map(mention) as [
    string,
    string,
    string,
    string,
  ];
  return guildWords.texts[what]({ nudges, privacy, crisis, need });
};

const partsOf = (what: Thing, ctx: Community): Part[] => [
  textOf(what, ctx),
  what === 'invite' && row(button(nudgesDoor.to.open({}), ctx.guildWords.open, { style: 'primary' })),
];

export default section({
  id: 'community',
  order: 80,
  page: 'community',
  words: wordsSchema,
  ids,
  uses: ['mention'],
  view({ state, at }, ctx) {
    const { words } = ctx;
    const what = thing.safeParse(at).data ?? 'short';
    return [
      `### ${words.heading}\n${words.hint}`,
      row(
        ...things.map((one) =>
          button(panelIds.to.page({ page: 'community', at: one, ...state }), words.things[one], {
            style: one === what ? 'success' : 'secondary',
          }),
        ),
      ),
      gap(),
      ...partsOf(what, ctx),
      gap(),
      row(chooseChannels(ids.to.post({ what, ...state }), words.postIn, toWriteIn, [], 1)),
      row(what !== 'invite' && button(ids.to.copy({ what, ...state }), words.copy)),
    ];
  },
  on: {
    async post(choice, { what, ...state }, ctx) {
      const { words, show, allows } = ctx;
      const [channel] = choice.values;
      if (channel === undefined) return show(choice, state, { at: what });
      if (!(await allows(choice, state))) return;
      // It may have to wait for a limit; a press has its answer within three seconds.
      await choice.deferUpdate();
      const tell = (notice: string) => show(choice, state, { at: what, notice: `**${notice}**` });
      const named = { channel: `<#${channel}>` };
      // Nobody writes through the bot where they may not write themself.
      if (!(await presserMayWriteIn(channel, choice))) return tell(words.notYours(named));
      const posted = await writeIn(choice.client, channel, ...partsOf(what, ctx));
      if (posted)
        return tell(words.posted({ link: `https://discord.com/channels/${choice.guildId}/${channel}/${posted}` }));
      await tell(what === 'invite' ? words.cannotPost(named) : `${words.cannotPost(named)} ${words.orCopy}`);
    },
    async copy(press, { what, ...state }, ctx) {
      if (!(await ctx.allows(press, state))) return;
      await press.reply(whisper(frame(colour.panel, `\`\`\`\n${textOf(what, ctx)}\n\`\`\``)));
    },
  },
});
