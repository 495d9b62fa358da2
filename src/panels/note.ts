import { type ButtonInteraction, ComponentType } from 'discord.js';
import { z } from 'zod';
import type { Content } from '#content/content';
import { wordsOf } from '#content/kinds';
import { type Kind, kinds } from '#detector/reading';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { languageOf } from '#panels/language';
import { Refusal } from '#panels/refusal';
import { edited, hasPart, withEnd } from '#panels/sent';
import { sourcesLine, sourceWords } from '#panels/sources';
import { button, colour, day, frame, message, plainly, quote, row, small, text, whisper } from '#panels/ui';
import { type Ctx, makeOwner, type Owner } from '#panels/unit';
import { type Objection, objections } from '#store/counts';
import { dayOf, WEEK } from '#store/times';
import { clip, filled, line, loadFile, type Spoken } from '#words';

/** The note: what an opted-in member gets in private about one reply, and its buttons. */

export const noteWords = z.strictObject({
  heading: line(80),
  sample: line(80),
  sampleWords: line(120),
  about: filled(500, 'who', 'guild', 'link'),
  aboutUnnamed: filled(400, 'guild', 'link'),
  aboutSample: filled(300, 'guild'),
  seen: filled(500, 'kind', 'seen', 'effect'),
  offer: line(120),
  honest: line(200),
  another: line(80),
  why: line(80),
  wrong: line(80),
  whatWrong: line(120),
  objections: z.record(z.enum(objections), line(80)),
  snooze: line(80),
  off: line(80),
  readMore: filled(200, 'command', 'topic'),
  ...sourceWords,
  thanks: line(400),
  thanksSample: line(400),
  snoozed: filled(300, 'guild', 'when'),
  wake: line(80),
  awake: filled(300, 'guild'),
  turnedOff: filled(300, 'guild'),
  turnOn: line(80),
  turnedOn: filled(300, 'guild'),
  gone: line(200),
  offAlready: filled(300, 'guild'),
});
export type NoteWords = z.output<typeof noteWords>;

/** The part of a note that "Another way" replaces. */
const openerPart = 7;

const guild = snowflake;
const kind = z.enum(kinds);
const at = z.coerce.number().int().min(0).max(1e6);

// A note lives in direct messages, where Discord does not say which server it came from: its ids carry it.
const ids = customIds('note', {
  another: by('button', { guild, kind, at }),
  why: by('button', { guild, kind }),
  wrong: by('button', { guild, kind, real: z.enum(['real', 'sample']) }),
  because: by('button', { guild, kind, objection: z.enum(objections) }),
  snooze: by('button', { guild }),
  wake: by('button', { guild }),
  off: by('button', { guild }),
  on: by('button', { guild }),
});

/** What a note is written about. */
export type Occasion = {
  guild: string;
  guildName: string;
  kind: Kind;
  /** The words of the reply that showed it, and the name of whom it answered ('': it has none); absent: a sample. */
  reply?: { words: string; channel: string; message: string; to: string };
  /** Which opener comes first. */
  at: number;
};

/** The note as a message. */
export function noteView(occasion: Occasion, words: NoteWords, content: Content, locale?: string | null) {
  const { guild, kind, reply, at } = occasion;
  const of = wordsOf(content.kinds(locale), kind);
  const name = plainly(occasion.guildName);
  const { components, flags } = message(
    frame(
      colour.note,
      small(reply ? words.heading : words.sample),
      `${reply ? aboutLine(occasion, reply, words) : words.aboutSample({ guild: name })}\n${quote(reply?.words ?? words.sampleWords)}`,
      words.seen({ kind: of.name, seen: of.seen, effect: of.effect }),
      words.offer,
      text(opener(of.openers, at), openerPart),
      small(words.honest),
      row(
        button(ids.to.another({ guild, kind, at: at + 1 }), words.another, { style: 'primary' }),
        button(ids.to.why({ guild, kind }), words.why),
        button(ids.to.wrong({ guild, kind, real: reply ? 'real' : 'sample' }), words.wrong),
        button(ids.to.snooze({ guild }), words.snooze),
        button(ids.to.off({ guild }), words.off),
      ),
    ),
  );
  return { components, flags };
}

/** "About your reply to Ana": what was read, and the way back to it. */
function aboutLine({ guild, guildName }: Occasion, reply: NonNullable<Occasion['reply']>, words: NoteWords): string {
  const link = `https://discord.com/channels/${guild}/${reply.channel}/${reply.message}`;
  const where = { guild: plainly(guildName), link };
  return isVisible(reply.to) ? words.about({ who: plainly(clip(reply.to, 40)), ...where }) : words.aboutUnnamed(where);
}

/** Some names are made of nothing that one can see. */
const isVisible = (name: string) => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(name);

const opener = (openers: readonly string[], at: number) => `> ${openers[at % openers.length] ?? ''}`;

export function loadNote(data: string): { words: Spoken<NoteWords>; owner: Owner } {
  const words = loadFile(data, 'note.yaml', noteWords);
  return { words, owner: makeOwner({ words: noteWords, ids, contexts: ['bot-dm'], uses, on }, words) };
}

type Press = ButtonInteraction;
const uses = ['content', 'guilds', 'members', 'counts', 'now', 'mention', 'stopNotes'] as const;
type NoteCtx = Ctx<NoteWords, (typeof uses)[number]>;

const guildName = (press: Press, id: string) => plainly(press.client.guilds.cache.get(id)?.name ?? '…');

/** To somebody who changes notes that they turned off elsewhere. */
const offAlready = (press: Press, guild: string, { words }: NoteCtx) =>
  frame(
    colour.note,
    words.offAlready({ guild: guildName(press, guild) }),
    row(button(ids.to.on({ guild }), words.turnOn)),
  );

/** Notes stay in direct messages after the bot has left the server; nothing is kept for one that is gone. */
const isThere = (press: Press, guild: string) => press.client.guilds.cache.has(guild);

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
    const locale = languageOf(press.client, ctx.guilds, guild);
    const next = opener(wordsOf(ctx.content.kinds(locale), kind).openers, at);
    const components = edited(press.message, (part) => {
      if (part.type === ComponentType.TextDisplay && part.id === openerPart) return { ...part, content: next };
      if (part.custom_id === press.customId) return { ...part, custom_id: ids.to.another({ guild, kind, at: at + 1 }) };
      return part;
    });
    await press.update(message(components));
  },

  async why(press: Press, { kind }: { guild: string; kind: Kind }, ctx: NoteCtx) {
    const of = wordsOf(ctx.content.kinds(press.locale), kind);
    const topic = ctx.content.explanations(press.locale).get(of.topic)?.name ?? of.topic;
    await press.reply(
      whisper(
        frame(
          colour.note,
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
    if (isNew && isThere(press, guild)) await ctx.counts.add(guild, dayOf(ctx.now()), kind, objection);
  },

  async snooze(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    const until = ctx.now() + WEEK;
    if (!(await ctx.members.snooze(guild, press.user.id, until))) {
      await press.reply(whisper(offAlready(press, guild, ctx)));
      return;
    }
    const said = ctx.words.snoozed({ guild: guildName(press, guild), when: day(until) });
    await press.reply(whisper(frame(colour.note, said, row(button(ids.to.wake({ guild }), ctx.words.wake)))));
  },

  async wake(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    const isOn = await ctx.members.snooze(guild, press.user.id, undefined);
    const awake = frame(colour.note, ctx.words.awake({ guild: guildName(press, guild) }));
    await press.update(message(isOn ? awake : offAlready(press, guild, ctx)));
  },

  async off(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    await ctx.stopNotes(guild, press.user.id);
    const said = ctx.words.turnedOff({ guild: guildName(press, guild) });
    await press.reply(whisper(frame(colour.note, said, row(button(ids.to.on({ guild }), ctx.words.turnOn)))));
  },

  async on(press: Press, { guild }: { guild: string }, ctx: NoteCtx) {
    if (!isThere(press, guild)) throw new Refusal(ctx.words.gone);
    await ctx.members.turnOn(guild, press.user.id);
    await press.update(message(frame(colour.note, ctx.words.turnedOn({ guild: guildName(press, guild) }))));
  },
};
