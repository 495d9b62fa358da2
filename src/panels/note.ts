import { type APIMessageTopLevelComponent, type ButtonInteraction, ComponentType } from 'discord.js';
import { z } from 'zod';
import type { Content } from '#content/content';
import { wordsOf } from '#content/kinds';
import { type Kind, kinds } from '#detector/reading';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { Refusal } from '#panels/refusal';
import { sourcesLine, sourceWords } from '#panels/sources';
import { button, colour, day, frame, message, plainly, quote, row, small, text, whisper } from '#panels/ui';
import { type Ctx, makeOwner, type Owner } from '#panels/unit';
import { dayOf, WEEK } from '#store/times';
import { filled, line, loadFile, type Spoken } from '#words';

/** The note: what an opted-in member gets in private about one reply, and its buttons. */

export const noteWords = z.strictObject({
  heading: line(80),
  sample: line(80),
  sampleWords: line(120),
  about: filled(400, 'guild', 'link'),
  aboutSample: filled(300, 'guild'),
  seen: filled(500, 'kind', 'seen', 'effect'),
  offer: line(120),
  honest: filled(400, 'guild'),
  another: line(80),
  why: line(80),
  askedFor: line(80),
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
  asked: by('button', { guild, kind, real: z.enum(['real', 'sample']) }),
  snooze: by('button', { guild }),
  wake: by('button', { guild }),
  off: by('button', { guild }),
  on: by('button', { guild }),
});

export type Noted = {
  guild: string;
  guildName: string;
  kind: Kind;
  /** The words of the reply that showed it; absent: a sample. */
  reply?: { words: string; channel: string; message: string };
  /** Which opener comes first. */
  at: number;
};

/** The note as a message. */
export function noteView(noted: Noted, words: NoteWords, content: Content, locale?: string | null) {
  const { guild, kind } = noted;
  const of = wordsOf(content.kinds(locale), kind);
  const name = plainly(noted.guildName);
  const link = noted.reply && `https://discord.com/channels/${guild}/${noted.reply.channel}/${noted.reply.message}`;
  const { components, flags } = message(
    frame(
      colour.note,
      small(link ? words.heading : words.sample),
      `${link ? words.about({ guild: name, link }) : words.aboutSample({ guild: name })}\n${quote(noted.reply?.words ?? words.sampleWords)}`,
      words.seen({ kind: of.name, seen: of.seen, effect: of.effect }),
      words.offer,
      text(opener(of.openers, noted.at), openerPart),
      small(words.honest({ guild: name })),
      row(
        button(ids.to.another({ guild, kind, at: noted.at + 1 }), words.another, { style: 'primary' }),
        button(ids.to.why({ guild, kind }), words.why),
        button(ids.to.asked({ guild, kind, real: link ? 'real' : 'sample' }), words.askedFor),
        button(ids.to.snooze({ guild }), words.snooze),
        button(ids.to.off({ guild }), words.off, { style: 'danger' }),
      ),
    ),
  );
  return { components, flags };
}

const opener = (openers: readonly string[], at: number) => `> ${openers[at % openers.length] ?? ''}`;

export function loadNote(data: string): { words: Spoken<NoteWords>; owner: Owner } {
  const words = loadFile(data, 'note.yaml', noteWords);
  return { words, owner: makeOwner({ words: noteWords, ids, contexts: ['bot-dm'], uses, on }, words) };
}

type Press = ButtonInteraction;
const uses = ['content', 'members', 'counts', 'now', 'mention', 'stopNotes'] as const;
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

/** Notes that were marked "They asked for it" a moment ago, by the id of their message. */
const counted = new Set<string>();

const on = {
  async another(press: Press, { guild, kind, at }: { guild: string; kind: Kind; at: number }, ctx: NoteCtx) {
    // In the language of the note, which is the guild's.
    const locale = press.client.guilds.cache.get(guild)?.preferredLocale;
    const next = opener(wordsOf(ctx.content.kinds(locale), kind).openers, at);
    const components = edited(press.message.components.map((component) => component.toJSON()) as Parts, (part) => {
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

  async asked(
    press: Press,
    { guild, kind, real }: { guild: string; kind: Kind; real: 'real' | 'sample' },
    ctx: NoteCtx,
  ) {
    if (real === 'sample') {
      await press.reply(whisper(frame(colour.note, ctx.words.thanksSample)));
      return;
    }
    // The button is switched off by the same answer, so that one note is counted once; also when it is pressed twice
    // before Discord shows that.
    const isNew = !press.component?.disabled && !counted.has(press.message.id);
    counted.add(press.message.id);
    if (counted.size > 1_000) counted.delete(counted.values().next().value ?? '');
    const components = edited(press.message.components.map((component) => component.toJSON()) as Parts, (part) =>
      part.custom_id === press.customId ? { ...part, disabled: true } : part,
    );
    await press.update(message(components));
    if (isNew && isThere(press, guild)) await ctx.counts.add(guild, dayOf(ctx.now()), kind, 'asked for');
    await press.followUp(whisper(frame(colour.note, ctx.words.thanks)));
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

type AnyPart = Record<string, unknown> & { type: number; id?: number; custom_id?: string; components?: AnyPart[] };
type Parts = AnyPart[];

/** The parts of a message that was sent, each as `change` gives it back. */
const edited = (parts: Parts, change: (part: AnyPart) => AnyPart): APIMessageTopLevelComponent[] =>
  parts.map((part) => {
    const inner = part.components ? { ...part, components: edited(part.components, change) as unknown as Parts } : part;
    return change(inner);
  }) as unknown as APIMessageTopLevelComponent[];
