import { type ButtonInteraction, ComponentType, MessageFlags } from 'discord.js';
import { wordsOf } from '#content/kinds';
import type { Kind } from '#detector/reading';
import { languageOfAny } from '#panels/language';
import { ids, type NoteWords, noteWords, partsAt } from '#panels/note';
import { ownOpeners } from '#panels/own-words';
import { Refusal } from '#panels/refusal';
import { edited, hasPart, withEnd } from '#panels/sent';
import { sourcesLine } from '#panels/sources';
import { button, colour, day, frame, message, plainly, row, small, text, whisper } from '#panels/ui';
import { type Ctx, makeOwner, type Owner } from '#panels/unit';
import { type Objection, objections } from '#store/counts';
import { dayOf, WEEK } from '#store/times';
import { loadFile, type Spoken } from '#words';

/** The buttons of a note. Those of notes that were sent long ago are answered, too: there `snooze` and `off`. */

export function loadNote(data: string): { words: Spoken<NoteWords>; owner: Owner } {
  const words = loadFile(data, 'note.yaml', noteWords);
  const spec = { words: noteWords, ids, contexts: ['bot-dm'], uses, on } as const;
  return { words, owner: makeOwner(spec, words, () => ({ noteWords: words })) };
}

type Press = ButtonInteraction;
const uses = ['content', 'guilds', 'members', 'counts', 'now', 'mention', 'ownPrompts', 'server', 'stopNotes'] as const;
/** A note stays in the language of its guild, whoever presses: `noteWords`. What is answered is in the presser's. */
type NoteCtx = Ctx<NoteWords, (typeof uses)[number]> & { noteWords: Spoken<NoteWords> };

/** A name that Discord does not tell just now is no reason to answer nothing. */
const guildName = async (id: string, { server }: NoteCtx) =>
  plainly((await server(id).catch(() => undefined))?.name ?? '…');

/**
 * The settings as they stand, for the presser alone: in place of the settings that were pressed, and below a note.
 * `said` comes in place of how they stand.
 */
async function showSettings(press: Press, guild: string, ctx: NoteCtx, said?: string) {
  const { words, members, now, mention } = ctx;
  const { notes, snoozedUntil = 0 } = await members.of(guild, press.user.id);
  const isSnoozed = notes && snoozedUntil > now();
  const name = { guild: await guildName(guild, ctx) };
  const stands = isSnoozed ? words.snoozed({ ...name, when: day(snoozedUntil) }) : words.areOn(name);
  const shown = frame(
    colour.note,
    said ?? (notes ? stands : words.areOff(name)),
    row(
      notes && !isSnoozed && button(ids.to.snooze({ guild }), words.snooze),
      isSnoozed && button(ids.to.wake({ guild }), words.wake),
      notes && button(ids.to.off({ guild }), words.off),
      !notes && button(ids.to.on({ guild }), words.turnOn),
    ),
    small(words.rest({ ...name, command: mention('nudges') })),
  );
  const isOurs = press.message.flags.has(MessageFlags.Ephemeral);
  await (isOurs ? press.update(message(shown)) : press.reply(whisper(shown)));
}

/** Notes stay in direct messages after the bot has left the server; nothing is kept for one that is gone. */
const isThere = async (guild: string, { server }: NoteCtx) => (await server(guild)) !== undefined;

/** Notes that were said to be wrong a moment ago, by the id of their message. */
const counted = new Set<string>();

/** A note is counted once, also when it is pressed twice before Discord shows that its button is off. */
const isCounted = ({ message }: Press): boolean =>
  counted.has(message.id) || hasPart(message, ({ custom_id, disabled }) => disabled === true && isWrong(custom_id));

const isWrong = (id = '') => ids.parse(id)?.action === 'wrong';

/** The note once it was counted as wrong. */
const settled = ({ message: note }: Press, words: NoteWords) => {
  const parts = edited(note, (part) => (isWrong(part.custom_id) ? { ...part, disabled: true } : part));
  return message(withEnd(parts, text(words.thanks)));
};

const on = {
  async another(press: Press, { guild, kind, at }: { guild: string; kind: Kind; at: number }, ctx: NoteCtx) {
    // In the language of the note, which is the guild's.
    const locale = await languageOfAny(guild, ctx);
    const of = wordsOf(ctx.content.kinds(locale), kind);
    const next = partsAt(of, await ownOpeners(guild, ctx.ownPrompts), at, ctx.noteWords(locale));
    const components = edited(press.message, (part) => {
      const content = next.get(part.id ?? 0);
      if (part.type === ComponentType.TextDisplay && content !== undefined) return { ...part, content };
      if (part.custom_id === press.customId) return { ...part, custom_id: ids.to.another({ guild, kind, at: at + 1 }) };
      return part;
    });
    await press.update(message(components));
  },

  async why(press: Press, { guild, kind }: { guild: string; kind: Kind }, ctx: NoteCtx) {
    const of = wordsOf(ctx.content.kinds(press.locale), kind);
    const topic = ctx.content.explanations(press.locale).get(of.topic)?.name ?? of.topic;
    await press.reply(
      whisper(
        frame(
          colour.note,
          ctx.words.came({ guild: await guildName(guild, ctx) }),
          `**${of.name}**\n${of.why}`,
          ctx.words.readMore({ command: ctx.mention('explain'), topic }),
          sourcesLine(ctx.words, of.sources),
        ),
      ),
    );
  },

  async wrong(
    press: Press,
    { guild, kind, real }: { guild: string; kind: Kind; real: 'real' | 'sample' },
    ctx: NoteCtx,
  ) {
    const { words } = ctx;
    if (real === 'sample') {
      await press.reply(whisper(frame(colour.note, words.thanksSample)));
      return;
    }
    const because = objections.map((objection) =>
      button(ids.to.because({ guild, kind, objection }), words.objections[objection]),
    );
    const asking = () => message(withEnd(edited(press.message), text(words.whatWrong), row(...because)));
    await press.update(isCounted(press) ? settled(press, words) : asking());
  },

  async because(
    press: Press,
    { guild, kind, objection }: { guild: string; kind: Kind; objection: Objection },
    ctx: NoteCtx,
  ) {
    const isNew = !isCounted(press);
    counted.add(press.message.id);
    if (counted.size > 1_000) counted.delete(counted.values().next().value ?? '');
    await press.update(settled(press, ctx.words));
    if (isNew && (await isThere(guild, ctx))) await ctx.counts.add(guild, dayOf(ctx.now()), kind, objection);
  },

  async settings(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    if (!(await isThere(guild, ctx))) throw new Refusal(ctx.words.gone);
    await showSettings(press, guild, ctx);
  },

  async snooze(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    await ctx.members.snooze(guild, press.user.id, ctx.now() + WEEK);
    await showSettings(press, guild, ctx);
  },

  async wake(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    await ctx.members.snooze(guild, press.user.id, undefined);
    await showSettings(press, guild, ctx);
  },

  async off(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    await ctx.stopNotes(guild, press.user.id);
    await showSettings(press, guild, ctx, ctx.words.turnedOff({ guild: await guildName(guild, ctx) }));
  },

  async on(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    if (!(await isThere(guild, ctx))) throw new Refusal(ctx.words.gone);
    await ctx.members.turnOn(guild, press.user.id);
    await showSettings(press, guild, ctx);
  },
};
