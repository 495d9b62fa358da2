import { z } from 'zod';
import type { Content } from '#content/content';
import { type KindWords, wordsOf } from '#content/kinds';
import { type Kind, kinds } from '#detector/reading';
import { by, customIds, snowflake } from '#panels/custom-ids';
import { sourceWords } from '#panels/sources';
import { button, colour, frame, message, plainly, quote, row, small, text } from '#panels/ui';
import { objections } from '#store/counts';
import { clip, filled, line } from '#words';

/** The note: what an opted-in member gets in private about one reply. */

export const noteWords = z.strictObject({
  heading: line(80),
  sample: line(80),
  sampleWords: line(120),
  about: filled(500, 'who', 'guild', 'link'),
  aboutUnnamed: filled(400, 'guild', 'link'),
  aboutSample: filled(300, 'guild'),
  does: filled(300, 'kind', 'does'),
  turn: filled(160, 'from'),
  offer: line(120),
  another: line(80),
  why: line(80),
  wrong: line(80),
  whatWrong: line(120),
  objections: z.record(z.enum(objections), line(80)),
  settings: line(80),
  /** Why notes come at all. */
  came: filled(400, 'guild'),
  readMore: filled(200, 'command', 'topic'),
  ...sourceWords,
  thanks: line(400),
  thanksSample: line(400),
  areOn: filled(300, 'guild'),
  snoozed: filled(300, 'guild', 'when'),
  areOff: filled(300, 'guild'),
  turnedOff: filled(300, 'guild'),
  rest: filled(300, 'command', 'guild'),
  snooze: line(80),
  wake: line(80),
  off: line(80),
  turnOn: line(80),
  gone: line(200),
});
export type NoteWords = z.output<typeof noteWords>;

/**
 * What "Another way" replaces in a note. Notes of long ago have the opener alone, in a part of its own, and no turn. The
 * other numbers are none that Discord gives.
 */
const parts = { openerAlone: 7, turn: 61, opener: 62 } as const;

/** These parts with what comes first at `at`. */
export const partsAt = (
  of: KindWords,
  own: readonly string[],
  at: number,
  words: NoteWords,
): ReadonlyMap<number, string> =>
  new Map([
    [parts.openerAlone, opener(of, own, at)],
    [parts.turn, turn(of, at, words)],
    [parts.opener, `${words.offer}\n${opener(of, own, at)}`],
  ]);

const guild = snowflake;
const kind = z.enum(kinds);
const at = z.coerce.number().int().min(0).max(1e6);

// A note lives in direct messages, where Discord does not say which server it came from: its ids carry it.
export const ids = customIds('note', {
  another: by('button', { guild, kind, at }),
  why: by('button', { guild, kind }),
  wrong: by('button', { guild, kind, real: z.enum(['real', 'sample']) }),
  because: by('button', { guild, kind, objection: z.enum(objections) }),
  settings: by('button', { guild }),
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
  /** Which turn and which opener come first, unless another turn is nearer to their words. */
  at: number;
  /** Openers that the community wrote itself; they come after ours. */
  own?: readonly string[];
};

/** The note as a message. */
export function noteView(occasion: Occasion, words: NoteWords, content: Content, locale?: string | null) {
  const { guild, kind, reply } = occasion;
  const of = wordsOf(content.kinds(locale), kind);
  const quoted = reply?.words ?? words.sampleWords;
  const at = nearest(of, quoted, occasion.at);
  const said = partsAt(of, occasion.own ?? [], at, words);
  const name = plainly(occasion.guildName);
  const { components, flags } = message(
    frame(
      colour.note,
      small(reply ? words.heading : words.sample),
      `${reply ? aboutLine(occasion, reply, words) : words.aboutSample({ guild: name })}\n${quote(quoted)}`,
      words.does({ kind: of.name, does: of.does }),
      ...[parts.turn, parts.opener].map((part) => text(said.get(part) ?? '', part)),
      row(
        button(ids.to.another({ guild, kind, at: at + 1 }), words.another, { style: 'primary' }),
        button(ids.to.why({ guild, kind }), words.why),
        button(ids.to.wrong({ guild, kind, real: reply ? 'real' : 'sample' }), words.wrong),
        button(ids.to.settings({ guild }), words.settings),
      ),
    ),
  );
  return { components, flags };
}

/** "To Ana you wrote": what was read, and the way back to it. */
function aboutLine({ guild, guildName }: Occasion, reply: NonNullable<Occasion['reply']>, words: NoteWords): string {
  const link = `https://discord.com/channels/${guild}/${reply.channel}/${reply.message}`;
  const where = { guild: plainly(guildName), link };
  return isVisible(reply.to) ? words.about({ who: plainly(clip(reply.to, 40)), ...where }) : words.aboutUnnamed(where);
}

/** Some names are made of nothing that one can see. */
const isVisible = (name: string) => /[^\s\p{Default_Ignorable_Code_Point}]/u.test(name);

function opener({ openers }: KindWords, own: readonly string[], at: number): string {
  const all = [...openers, ...own];
  return `> ${all[at % all.length] ?? ''}`;
}

/** As few as these are shared by many sentences. */
const sharedByChance = 2;

/** The place of the turn that begins with words like theirs, from `at` on; `at` itself, where none does. */
function nearest({ turns }: KindWords, theirs: string, at: number): number {
  const own = wordsIn(theirs);
  const sharedAt = (place: number) => wordsIn(turns[place % turns.length]?.from ?? '').intersection(own).size;
  const places = turns.map((_, step) => at + step);
  const best = places.reduce((best, place) => (sharedAt(place) > sharedAt(best) ? place : best), at);
  return sharedAt(best) > sharedByChance ? best : at;
}

const wordsIn = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** From a reply such as many write to what the same could sound like. */
function turn({ turns }: KindWords, at: number, words: NoteWords): string {
  const { from, to } = turns[at % turns.length] ?? { from: '', to: '' };
  return `${words.turn({ from })}\n> ${to}`;
}
