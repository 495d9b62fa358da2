import { type ButtonInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { csvOf } from '#insights/csv';
import { draw } from '#insights/draw';
import { type Figures, figuresOf, firstDayOf, type Period } from '#insights/figures';
import { type Panel, pictureOf } from '#insights/picture';
import { howOpened, requireManaging } from '#panels/managing';
import { colour, file, frame, message, whisper } from '#panels/ui';
import { type Ctx, command } from '#panels/unit';
import { ids, nameOf, panelsOf, type State, type Telling, view, type Words, wordsSchema } from './views.ts';

/** /insights: what was counted in a server, for its moderators. Nothing of it tells of a single member. */

const uses = ['content', 'counts', 'days', 'guilds', 'mention', 'now', 'readsMessages'] as const;
type Insights = Ctx<Words, (typeof uses)[number]>;
type Asked = { guildId: string; locale: string };

async function figuresFor(guild: string, period: Period, { content, counts, days, now }: Insights): Promise<Figures> {
  const at = now();
  const from = firstDayOf(period, at);
  const [byKind, byDay] = await Promise.all([counts.since(guild, from), days.since(guild, from)]);
  return figuresOf({ counts: byKind, days: byDay }, [...content.kinds().keys()], period, at);
}

/** Why nothing is counted there, and what to do about it; as things stand now. */
function whyNothing(guild: string, { words, guilds, mention, readsMessages }: Insights): string {
  const { mode, channels } = guilds.settings(guild).settings.support;
  const setup = { setup: mention('setup') };
  if (mode === 'off') return words.nothing.off(setup);
  if (channels.length === 0) return words.nothing.noChannels(setup);
  return readsMessages() ? words.nothing.soon : words.nothing.cannotRead(setup);
}

/** Pictures take a while, so the answer is deferred before. Where none can be drawn the table says the same. */
async function shown({ guildId, locale }: Asked, state: State, ctx: Insights) {
  const figures = await figuresFor(guildId, state.period, ctx);
  const telling: Telling = { words: ctx.words, content: ctx.content, locale, nothing: whyNothing(guildId, ctx) };
  const { shape } = state;
  if (shape === 'table') return asTable(figures, state, telling);
  const panels = panelsOf(figures, telling);
  const pngs = await draw(panels.map((panel) => pictureOf(panel, shape))).catch(() => undefined);
  return pngs
    ? { ...withPictures(figures, state, telling, panels), files: pngs.map(fileOf) }
    : asTable(figures, { ...state, shape: 'table' }, telling, ctx.words.notDrawn);
}

const fileOf = (attachment: Buffer, at: number) => ({ name: nameOf(at), attachment });

/** `attachments: []` takes those of the panel before away. */
const withPictures = (figures: Figures, state: State, telling: Telling, panels: readonly Panel[]) => ({
  ...message(view(figures, state, telling, panels)),
  attachments: [],
});
const asTable = (figures: Figures, state: State, telling: Telling, notice?: string) => ({
  ...message(view(figures, state, telling, [], notice)),
  attachments: [],
});

async function change(press: ButtonInteraction<'cached' | 'raw'>, state: State, ctx: Insights) {
  requireManaging(press, state.by, ctx.words);
  await press.deferUpdate();
  await press.editReply(await shown(press, state, ctx));
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server'],
  permissions: PermissionFlagsBits.ManageGuild,
  uses,
  async run(slash, ctx) {
    await slash.deferReply({ flags: MessageFlags.Ephemeral });
    await slash.editReply(await shown(slash, { period: 30, shape: 'dark', by: howOpened(slash) }, ctx));
  },
  on: {
    period: change,
    shape: change,
    async csv(press, { period, by }, ctx) {
      requireManaging(press, by, ctx.words);
      const figures = await figuresFor(press.guildId, period, ctx);
      const name = `attune-${figures.span.from}-to-${figures.span.to}.csv`;
      await press.reply({
        ...whisper(frame(colour.panel, ctx.words.file, file(name))),
        files: [{ name, attachment: Buffer.from(csvOf(figures)) }],
      });
    },
  },
});
