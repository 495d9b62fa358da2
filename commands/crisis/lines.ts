import type { CrisisLine, CrisisLines, CrisisWay, CrisisWords } from '#content/crisis';
import { plainly, small } from '#panels/ui';
import { longest, type OwnLine } from '#settings/crisis';
import { clip } from '#words';

/** Helplines as text: how to reach them, when, in which language, what happens then, and who says so. Pure. */

type Words = CrisisWords['lines'];
type Hours = Extract<CrisisWay, { hours: unknown }>['hours'];

const listed = (names: readonly string[], locale: string) =>
  new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(names);

const languages = (codes: readonly string[], words: Words, locale: string): string => {
  const names = new Intl.DisplayNames([locale, 'en'], { type: 'language' });
  return words.inLanguage({
    language: listed(
      codes.map((code) => names.of(code) ?? code),
      locale,
    ),
  });
};

const monday = Date.UTC(2024, 0, 1);
const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function hours(given: Hours, words: Words, locale: string): string {
  if (typeof given === 'string') return words[given];
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const named = (day: string) => weekday.format(monday + week.indexOf(day) * 86_400_000);
  return given
    .map(({ days, from, to }) => words.span({ days: days ? listed(days.map(named), locale) : words.daily, from, to }))
    .join('; ');
}

function way(one: CrisisWay, words: Words, locale: string): string {
  const { how } = words;
  const reach = 'word' in one && one.word ? how.textWord({ word: one.word, at: one.at }) : how[one.how]({ at: one.at });
  const when = 'hours' in one && hours(one.hours, words, locale);
  return `- ${[reach, when, one.in && languages([one.in], words, locale)].filter(Boolean).join(' · ')}`;
}

/** One line, and what one wants to know before one contacts it. */
export function told(line: CrisisLine, words: Words, locale: string): string {
  const { free } = line;
  const facts = [
    languages(line.languages, words, locale),
    free === true && words.free,
    free === false && words.notFree,
    line.anonymous && words.anonymous,
  ];
  const where = line.seen.map(({ link }) => `[${new URL(link).host}](<${link}>)`);
  return [
    `**${line.name}**`,
    ...line.ways.map((one) => way(one, words, locale)),
    facts.filter(Boolean).join(' · '),
    line.happens.map((one) => words.happens[one]).join(' '),
    small(words.seenAt({ where: listed(where, locale) })),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

/** Lists for the whole world. */
export const toldDirectories = ({ directories }: CrisisLines, words: Words): string =>
  [`**${words.directories}**`, ...directories.map(({ name, at }) => `- ${name}: ${at}`)].join('\n');

/** What moderators wrote: as text, in which an address can be pressed. */
const asWritten = (text: string) =>
  text
    .split(/(https:\/\/[^\s<>]+)/)
    .map((part, at) => (at % 2 === 1 ? `<${part}>` : part.trim() && plainly(part)))
    .filter(Boolean)
    .join(' ');

/** What is escaped is longer than it was written. */
export const toldOwnLine = ({ name, how, note }: OwnLine): string =>
  [
    `- **${clip(plainly(name), longest.name)}**`,
    clip(asWritten(how), longest.how),
    note && clip(asWritten(note), longest.note),
  ]
    .filter(Boolean)
    .join(' · ');

export const toldOwn = (lines: readonly OwnLine[], heading: string): string | false =>
  lines.length > 0 && [`**${heading}**`, ...lines.map(toldOwnLine)].join('\n');
