import { z } from 'zod';
import { type Country, countriesIn, findingCountry } from '#content/crisis';
import { crisisDoor } from '#panels/crisis';
import { by, customIds } from '#panels/custom-ids';
import { entryIn, entryOption, offer } from '#panels/entries';
import { sourceWords } from '#panels/sources';
import { button, type Choice, choose, colour, frame, gap, message, type Part, row, small, whisper } from '#panels/ui';
import { type Ctx, command, named, optionWords } from '#panels/unit';
import { filled, line } from '#words';
import { told, toldDirectories, toldOwn } from './lines.ts';
import { parts, partsFor, sentences } from './parts.ts';

/** /crisis: first words, and where somebody in danger can turn. Seen by the asker alone; nothing of it can be shared. */

const wordsSchema = z.strictObject({
  ...named,
  country: optionWords,
  heading: line(100),
  emergency: line(200),
  somebody: line(80),
  oneself: line(80),
  forSomebody: line(80),
  forOneself: line(80),
  ask: line(80),
  say: line(80),
  whatIf: line(100),
  more: line(100),
  parts: z.record(z.enum(parts), line(80)),
  back: line(80),
  own: line(80),
  linesIn: filled(100, 'country'),
  choose: filled(100, 'from', 'to'),
  other: line(80),
  not: filled(300, 'not', 'why'),
  onlyYou: line(200),
  ...sourceWords,
});
export type Words = z.output<typeof wordsSchema>;
const uses = ['content', 'guilds'] as const;
type Crisis = Ctx<Words, (typeof uses)[number]>;
type Asked = { locale: string; guildId: string | null };

const who = z.enum(['anybody', 'somebody', 'oneself']);
/** A country's code; '': none was chosen. */
const country = z.string().regex(/^([A-Z]{2})?$/);
const part = z.enum(['', ...parts]);
type State = { who: z.output<typeof who>; country: string; part: z.output<typeof part> };

const ids = customIds('crisis', {
  ...crisisDoor.actions,
  show: by('button', { who, country, part }),
  what: by('choice', { who, country }),
  // A list holds 25; there are several of them.
  choose: by('choice', { who, list: z.coerce.number().int().min(0) }),
});

const atFirst: State = { who: 'anybody', country: '', part: '' };

/** Who is it about? The one that is shown cannot be pressed. */
const aboutWhom = (state: State, words: Words) =>
  row(
    ...(['somebody', 'oneself'] as const).map((who) =>
      button(ids.to.show({ ...state, who, part: '' }), words[who], {
        style: 'primary',
        disabled: who === state.who,
      }),
    ),
  );

const whatIf = ({ who, country, part }: State, words: Words) => {
  const options = partsFor[who === 'oneself' ? 'oneself' : 'somebody'].map((value) => ({
    label: words.parts[value],
    value,
    default: value === part,
  }));
  return row(choose(ids.to.what({ who, country }), who === 'oneself' ? words.more : words.whatIf, options));
};

const quoted = (lines: readonly string[]) => lines.map((one) => `> ${one}`).join('\n\n');
const listed = (lines: readonly string[]) => lines.map((one) => `- ${one}`).join('\n');

/** First words, in the order in which they are needed. */
function first(state: State, { content, words }: Crisis, locale: string): Part[] {
  const { somebody, oneself } = content.crisis.words(locale);
  const notYours = somebody.before.join(' ');
  if (state.who === 'somebody')
    return [`**${words.ask}**\n${quoted(somebody.ask)}`, notYours, whatIf(state, words), aboutWhom(state, words)];
  if (state.who === 'oneself')
    return [
      `${oneself.first[0]}\n${listed(oneself.first.slice(1))}`,
      `**${words.say}**\n${listed(oneself.say)}`,
      whatIf(state, words),
      aboutWhom(state, words),
    ];
  return [
    `**${words.forOneself}**\n${oneself.first[0]}`,
    `**${words.forSomebody}**\n${quoted(somebody.ask.slice(0, 1))}\n${notYours}`,
    aboutWhom(state, words),
  ];
}

/** The lines of a country; or the countries, where none was chosen. */
function lines(state: State, { content, words }: Crisis, locale: string): Part[] {
  const { lines, words: spoken } = content.crisis;
  const countries = countriesIn(lines, locale);
  const chosen = countries.get(state.country);
  if (!chosen) return choosers(state, [...countries.values()], words, locale);
  const found = lines.countries[chosen.id]?.lines ?? [];
  return [
    `**${words.linesIn({ country: chosen.name })}**`,
    ...found.map((one) => told(one, spoken(locale).lines, locale)),
    row(button(ids.to.show({ ...state, country: '' }), words.other)),
  ];
}

const mostChoices = 25;

function choosers({ who }: State, countries: Country[], words: Words, locale: string): Part[] {
  const sorted = countries.sort((a, b) => a.name.localeCompare(b.name, locale));
  const lists = Math.ceil(sorted.length / mostChoices);
  const size = Math.ceil(sorted.length / lists);
  return Array.from({ length: lists }, (_, list) => {
    const options = sorted
      .slice(list * size, (list + 1) * size)
      .map(({ id, name }): Choice => ({ label: name, value: id }));
    const [from = '', to = ''] = [options[0]?.label, options.at(-1)?.label];
    return row(choose(ids.to.choose({ who, list }), words.choose({ from, to }), options));
  });
}

function view(state: State, { locale, guildId }: Asked, ctx: Crisis, notice: string | false = false) {
  const { content, guilds, words } = ctx;
  const crisis = content.crisis.words(locale);
  if (state.part !== '')
    return frame(
      colour.panel,
      `### ${words.parts[state.part]}\n${sentences(state.part, crisis, words)}`,
      whatIf(state, words),
      row(button(ids.to.show({ ...state, part: '' }), words.back)),
    );
  const own = guildId === null ? [] : guilds.settings(guildId).settings.crisis.lines;
  return frame(
    colour.panel,
    `### ${words.heading}\n${words.emergency}`,
    ...first(state, ctx, locale),
    gap(),
    toldOwn(own, words.own),
    notice,
    ...lines(state, ctx, locale),
    toldDirectories(content.crisis.lines, crisis.lines),
    small(words.onlyYou),
  );
}

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server', 'bot-dm', 'dm'],
  installs: ['server', 'user'],
  uses,
  options: (say) => [entryOption(say(({ country }) => country))],
  async run(slash, ctx) {
    const { locale } = slash;
    const { lines, words } = ctx.content.crisis;
    const { entry, isUnknown } = entryIn(slash, 'country', countriesIn(lines, locale), findingCountry(lines, locale));
    const state = { ...atFirst, country: entry?.id ?? '' };
    await slash.reply(whisper(view(state, slash, ctx, isUnknown && words(locale).lines.none)));
  },
  complete: (typing, { content: { crisis } }) =>
    offer(typing, countriesIn(crisis.lines, typing.locale), findingCountry(crisis.lines, typing.locale)),
  on: {
    /** From another panel, which stays as it is. */
    open: (press, _, ctx) => press.reply(whisper(view(atFirst, press, ctx))),
    show: (press, state, ctx) => press.update(message(view(state, press, ctx))),
    what: (choice, state, ctx) =>
      choice.update(message(view({ ...state, part: part.catch('').parse(choice.values[0]) }, choice, ctx))),
    choose: (choice, { who }, ctx) =>
      choice.update(message(view({ who, country: country.catch('').parse(choice.values[0]), part: '' }, choice, ctx))),
  },
});
