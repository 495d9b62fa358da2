import { OldPanel } from '#panels/refusal';
import { message, whisper } from '#panels/ui';
import { command } from '#panels/unit';
import { WEEK } from '#store/times';
import { firstView, ids, moreView, type Nudges, type Press, uses, wordsSchema } from './views.ts';

/** /nudges: a member's own panel. What it shows and changes is theirs alone. */

/** Shows a page again as things stand after a change. */
async function refresh(press: Press, ctx: Nudges, view: typeof firstView, notice?: string) {
  const member = await ctx.members.of(press.guildId, press.user.id);
  const shown = message(view(member, press, ctx, notice));
  await (press.deferred ? press.editReply(shown) : press.update(shown));
}

/** What was chosen, of what can be chosen. */
function chosenOf<T extends string>(chosen: readonly string[], offered: readonly T[]): T[] {
  const known = offered.filter((one) => chosen.includes(one));
  if (known.length < chosen.length) throw new OldPanel();
  return known;
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server'],
  uses,
  async run(interaction, ctx) {
    const member = await ctx.members.of(interaction.guildId, interaction.user.id);
    await interaction.reply(whisper(firstView(member, interaction, ctx)));
  },
  on: {
    async open(press, _, ctx) {
      const member = await ctx.members.of(press.guildId, press.user.id);
      await press.reply(whisper(firstView(member, press, ctx)));
    },
    async on(press, _, ctx) {
      const { guildId, user } = press;
      // The sample may take Discord longer than the three seconds in which a press must be answered.
      await press.deferUpdate();
      const before = await ctx.members.of(guildId, user.id);
      // Pressed again on an older panel: they know what a note looks like.
      if (before.notes && before.dms === 'open') return refresh(press, ctx, firstView);
      await ctx.members.turnOn(guildId, user.id);
      const sent = await ctx.sendSample(press);
      if (sent === 'closed') await ctx.members.dmsClosed(guildId, user.id);
      if (sent === 'sent') await ctx.members.dmsOpen(guildId, user.id);
      const notice = sent === 'sent' ? ctx.words.sampleSent : ctx.words.sampleFailed;
      await refresh(press, ctx, firstView, sent === 'lately' ? undefined : notice);
    },
    async off(press, _, ctx) {
      await ctx.stopNotes(press.guildId, press.user.id);
      await refresh(press, ctx, firstView);
    },
    async snooze(press, _, ctx) {
      await ctx.members.snooze(press.guildId, press.user.id, ctx.now() + WEEK);
      await refresh(press, ctx, firstView);
    },
    async wake(press, _, ctx) {
      await ctx.members.snooze(press.guildId, press.user.id, undefined);
      await refresh(press, ctx, firstView);
    },
    async pace(choice, _, ctx) {
      const [pace] = chosenOf(choice.values, ctx.choices(choice.guildId).paces);
      if (!pace) throw new OldPanel();
      await ctx.members.setPace(choice.guildId, choice.user.id, pace);
      await refresh(choice, ctx, firstView);
    },
    async posts(press, { to }, ctx) {
      await ctx.members.leavePostsOut(press.guildId, press.user.id, to === 'out');
      await refresh(press, ctx, firstView);
    },
    async more(press, _, ctx) {
      await refresh(press, ctx, moreView);
    },
    async back(press, _, ctx) {
      await refresh(press, ctx, firstView);
    },
    async kinds(choice, _, ctx) {
      const { guildId, user } = choice;
      const offered = ctx.choices(guildId).kinds;
      const on = chosenOf(choice.values, offered);
      // What is not in use here now keeps what was chosen for it.
      const { kindsOff } = await ctx.members.of(guildId, user.id);
      const others = kindsOff.filter((kind) => !offered.some((one) => one === kind));
      await ctx.members.turnKindsOff(guildId, user.id, [...others, ...offered.filter((kind) => !on.includes(kind))]);
      await refresh(choice, ctx, moreView);
    },
    async landed(press, { to }, ctx) {
      await ctx.members.tellLanded(press.guildId, press.user.id, to === 'on');
      await refresh(press, ctx, moreView);
    },
    async thanks(press, { to }, ctx) {
      await ctx.members.receiveThanks(press.guildId, press.user.id, to === 'on');
      await refresh(press, ctx, moreView);
    },
  },
});
