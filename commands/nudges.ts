import type { ButtonInteraction, ChatInputCommandInteraction, StringSelectMenuInteraction } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { nudgesDoor } from '#panels/nudges-door';
import { OldPanel } from '#panels/refusal';
import { button, choose, colour, day, frame, gap, message, plainly, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named } from '#panels/unit';
import { type Pace, paces } from '#settings/pace';
import type { Member } from '#store/members';
import { WEEK } from '#store/times';
import { filled, line } from '#words';

/** /nudges: a member's own panel. What it shows and changes is theirs alone. */

const wordsSchema = z.strictObject({
  ...named,
  heading: filled(150, 'guild'),
  off: line(100),
  on: line(100),
  snoozed: filled(150, 'when'),
  what: line(300),
  read: line(300),
  kept: line(300),
  turnOn: line(80),
  turnOff: line(80),
  snooze: line(80),
  wake: line(80),
  pace: line(100),
  every: line(100),
  day: line(100),
  week: line(100),
  posts: line(200),
  postsOut: line(200),
  leaveOut: line(80),
  letIn: line(80),
  closed: filled(400, 'again'),
  again: line(80),
  sampleSent: line(200),
  sampleFailed: line(200),
  modeOff: line(200),
  modeObserve: line(200),
  cannotRead: line(200),
});
type Words = z.output<typeof wordsSchema>;
const uses = ['guilds', 'members', 'now', 'readsMessages', 'sendSample', 'stopNotes'] as const;
type Nudges = Ctx<Words, (typeof uses)[number]>;
type Press = ButtonInteraction<'cached' | 'raw'> | StringSelectMenuInteraction<'cached' | 'raw'>;
type Asked = ChatInputCommandInteraction<'cached' | 'raw'> | Press;

const ids = customIds('nudges', {
  ...nudgesDoor.actions,
  on: by('button'),
  off: by('button'),
  snooze: by('button'),
  wake: by('button'),
  pace: by('choice'),
  posts: by('button', { to: z.enum(['out', 'in']) }),
});

/** Why nobody gets a note in this guild at the moment, whatever a member chose. */
function waiting(guild: string, { guilds, readsMessages, words }: Nudges): string | undefined {
  const { mode } = guilds.settings(guild).settings.support;
  if (mode === 'off') return words.modeOff;
  if (mode === 'observe') return words.modeObserve;
  return readsMessages() ? undefined : words.cannotRead;
}

function status(member: Member, words: Words, now: number): string {
  if (!member.notes) return words.off;
  const until = member.snoozedUntil;
  return until !== undefined && until > now ? words.snoozed({ when: day(until) }) : words.on;
}

function view(member: Member, asked: Asked, ctx: Nudges, notice?: string) {
  const { words, now } = ctx;
  const { notes, pace, dms, postsLeftOut } = member;
  const isSnoozed = member.snoozedUntil !== undefined && member.snoozedUntil > now();
  const cannotReach = notes && dms === 'closed';
  return frame(
    colour.panel,
    `### ${words.heading({ guild: plainly(asked.guild?.name ?? '…') })}\n${status(member, words, now())}`,
    cannotReach ? words.closed({ again: words.again }) : notes && notice,
    waiting(asked.guildId, ctx),
    !notes && `${words.what}\n${words.read} ${words.kept}`,
    row(
      !notes && button(ids.to.on({}), words.turnOn, { style: 'success' }),
      cannotReach && button(ids.to.on({}), words.again, { style: 'success' }),
      notes && !isSnoozed && button(ids.to.snooze({}), words.snooze),
      notes && isSnoozed && button(ids.to.wake({}), words.wake),
      notes && button(ids.to.off({}), words.turnOff, { style: 'danger' }),
    ),
    notes &&
      row(
        choose(
          ids.to.pace({}),
          words.pace,
          paces.map((value) => ({ label: words[value], value, default: value === pace })),
        ),
      ),
    notes && small(`${words.read} ${words.kept}`),
    gap(),
    postsLeftOut ? words.postsOut : words.posts,
    row(
      postsLeftOut
        ? button(ids.to.posts({ to: 'in' }), words.letIn)
        : button(ids.to.posts({ to: 'out' }), words.leaveOut),
    ),
  );
}

/** Shows the panel again as things stand after a change. */
async function refresh(press: Press, ctx: Nudges, notice?: string) {
  const member = await ctx.members.of(press.guildId, press.user.id);
  const shown = message(view(member, press, ctx, notice));
  await (press.deferred ? press.editReply(shown) : press.update(shown));
}

const paceOf = (chosen: string | undefined): Pace => {
  const pace = paces.find((one) => one === chosen);
  if (!pace) throw new OldPanel();
  return pace;
};

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server'],
  uses,
  async run(interaction, ctx) {
    const member = await ctx.members.of(interaction.guildId, interaction.user.id);
    await interaction.reply(whisper(view(member, interaction, ctx)));
  },
  on: {
    async open(press, _, ctx) {
      const member = await ctx.members.of(press.guildId, press.user.id);
      await press.reply(whisper(view(member, press, ctx)));
    },
    async on(press, _, ctx) {
      const { guildId, user } = press;
      // The sample may take Discord longer than the three seconds in which a press must be answered.
      await press.deferUpdate();
      const before = await ctx.members.of(guildId, user.id);
      // Pressed again on an older panel: they know what a note looks like.
      if (before.notes && before.dms === 'open') return refresh(press, ctx);
      await ctx.members.turnOn(guildId, user.id);
      const sent = await ctx.sendSample(press);
      if (sent === 'closed') await ctx.members.dmsClosed(guildId, user.id);
      if (sent === 'sent') await ctx.members.dmsOpen(guildId, user.id);
      if (sent === 'lately') await refresh(press, ctx);
      else await refresh(press, ctx, sent === 'sent' ? ctx.words.sampleSent : ctx.words.sampleFailed);
    },
    async off(press, _, ctx) {
      await ctx.stopNotes(press.guildId, press.user.id);
      await refresh(press, ctx);
    },
    async snooze(press, _, ctx) {
      await ctx.members.snooze(press.guildId, press.user.id, ctx.now() + WEEK);
      await refresh(press, ctx);
    },
    async wake(press, _, ctx) {
      await ctx.members.snooze(press.guildId, press.user.id, undefined);
      await refresh(press, ctx);
    },
    async pace(choice, _, ctx) {
      await ctx.members.setPace(choice.guildId, choice.user.id, paceOf(choice.values[0]));
      await refresh(choice, ctx);
    },
    async posts(press, { to }, ctx) {
      await ctx.members.leavePostsOut(press.guildId, press.user.id, to === 'out');
      await refresh(press, ctx);
    },
  },
});
