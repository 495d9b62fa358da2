/** The parts of composing that need no browser; the rest is tested by ../compose.test.ts. */
import { MessageFlags, MessageType, ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { withNames, withTokens } from '#client/compose/mentions';
import { menuOffers } from '#client/compose/menu-offers';
import { checkAll, checkOption } from '#client/compose/option-check';
import { fitting, fixedOffers } from '#client/compose/option-choices';
import { entryNamed, matchingEntries, meantBy, messageCommands, type ValueOption } from '#client/compose/slash';
import { suggestionFor } from '#client/compose/suggest';
import type { May, Message } from '#client/types';
import { all, channel, entries, world } from './compose-world.ts';

describe('commands', () => {
  it('are one entry for each thing that can be run; a guild’s own before a global one', () => {
    expect(entries.map(({ name, description }) => [name, description])).toEqual([
      ['circle open', 'Opens'],
      ['circle people add', 'Adds'],
      ['nudges', 'Its own'],
    ]);
    expect(messageCommands(world, channel).map(({ name }) => name)).toEqual(['Look']);
  });

  it.each([
    ['/', ['circle open', 'circle people add', 'nudges']],
    ['/nu', ['nudges']],
    ['/circle p', ['circle people add']],
    ['/ADD', ['circle people add']],
    ['/nothing', []],
    ['/own it', []],
  ])('%s finds %j', (typed, names) => {
    expect(matchingEntries(entries, typed).map(({ name }) => name)).toEqual(names);
  });

  it('are known by their whole name', () => {
    expect(entryNamed(entries, '/circle open ')?.path).toEqual(['open']);
    expect(entryNamed(entries, '/circle')).toBeUndefined();
  });

  it('are told from words, and from those that are not for this person', () => {
    const meant = (text: string) => {
      const found = meantBy(text, entries, world);
      return found && 'entry' in found ? [found.entry.name, found.rest] : found?.refused;
    };
    expect(meant('/Circle people add Ben')).toEqual(['circle people add', 'Ben']);
    expect(meant('/nudges')).toEqual(['nudges', '']);
    expect(meantBy('/nudges on', [], world)).toEqual({ refused: '/nudges' });
    for (const text of ['/shrug', '/', '/circle', '/nudgesome', 'see /nudges', ' /nudges'])
      expect(meant(text)).toBeUndefined();
  });
});

describe('options', () => {
  const option = (type: Option, more: object = {}) => ({ type, name: 'x', description: 'X', ...more }) as ValueOption;

  it.each([
    [option(Option.String), 'a', { value: 'a' }],
    [option(Option.String), undefined, { empty: true }],
    [option(Option.String, { required: true }), ' ', { problem: expect.stringContaining('required') }],
    [option(Option.String, { min_length: 3 }), 'ab', { problem: expect.stringContaining('at least 3') }],
    [option(Option.String, { max_length: 1 }), 'ab', { problem: expect.stringContaining('1 or fewer') }],
    [option(Option.Integer), '12', { value: 12 }],
    [option(Option.Integer), '1.5', { problem: 'Input a valid integer.' }],
    [option(Option.Integer), '9007199254740993', { problem: 'Input a valid integer.' }],
    [option(Option.Number), '-.5', { value: -0.5 }],
    [option(Option.Number), '1e3', { problem: 'Input a valid number.' }],
    [option(Option.Number, { min_value: 0 }), '-1', { problem: expect.stringContaining('or equal to 0') }],
    [option(Option.Number, { max_value: 0 }), '1', { problem: expect.stringContaining('or equal to 0') }],
    [option(Option.User), 'Ben', { problem: 'Input a valid user.' }],
    [option(Option.Boolean), 'yes', { problem: expect.stringContaining('True') }],
    [
      option(Option.String, { choices: [{ name: 'A', value: 'a' }] }),
      'b',
      { problem: expect.stringContaining('one of') },
    ],
  ])('%j with %j', (one, text, expected) => {
    expect(checkOption(one, text === undefined ? undefined : { text })).toEqual(expected);
  });

  it('give what was picked, whatever is written', () => {
    expect(checkOption(option(Option.User), { text: 'Ben', value: '2' })).toEqual({ value: '2' });
    const entry = entries.find(({ name }) => name === 'circle people add');
    if (!entry) throw new Error('There is no such entry.');
    expect(checkAll(entry, {})).toEqual({ values: {}, problems: { who: expect.any(String) } });
    expect(checkAll(entry, { who: { text: 'Ben', value: '2' } })).toEqual({ values: { who: '2' }, problems: {} });
  });

  it('offer what fits what was typed, and everything while something is chosen', () => {
    const offers = fixedOffers(option(Option.User), world, channel) ?? [];
    const labels = (list: typeof offers) => list.map(({ label }) => label);
    expect(labels(fitting(offers, { text: 'be' }))).toEqual(['Ben', 'Ben Li']);
    expect(labels(fitting(offers, { text: 'Ben', value: '2' }))).toHaveLength(4);
    expect(fixedOffers(option(Option.Boolean), world, channel)?.map(({ gives }) => gives)).toEqual([true, false]);
    expect(fixedOffers(option(Option.Integer), world, channel)).toBeUndefined();
  });
});

describe('mentions', () => {
  it.each([
    ['hi @Ben!', 'hi <@2>!'],
    ['@ben and @Ben Li', '<@2> and <@3>'],
    ['@Benno, a@Ben, <@Ben>', '@Benno, a@Ben, <@Ben>'],
    ['@Moderator in #support', '<@&30> in <#20>'],
    ['`@Ben` ```\n@Ben\n``` @Ben', '`@Ben` ```\n@Ben\n``` <@2>'],
    ['@everyone', '@everyone'],
    [':heart: `:heart:` @Ben :wave:', '❤️ `:heart:` <@2> 👋'],
    ['<:wave:1> <a:wave:1> :nobody: 10:100:20', '<:wave:1> <a:wave:1> :nobody: 10:100:20'],
  ])('%s is sent as %s', (typed, sent) => {
    expect(withTokens(typed, world, channel)).toBe(sent);
  });

  it('are names again where they are edited', () => {
    expect(withNames('<@2> <@!3> <@&30> <#20> <@77>', world)).toBe('@Ben @Ben Li @Moderator #support <@77>');
  });
});

describe('suggestions', () => {
  const at = (text: string, caret = text.length) => suggestionFor({ text, caret }, world, channel, entries);

  it.each([
    ['/nu', ['nudges']],
    ['hi @be', ['@Ben', '@Ben Li']],
    ['see #su', ['#support']],
    [':seedl', ['🌱']],
  ])('%s offers %j', (text, values) => {
    expect(at(text)?.choices.map(({ value }) => value)).toEqual(values);
  });

  it.each(['hello', 'a/nu', 'me@be', ':s', '@nobody', 'at 10:30'])('%s offers nothing', (text) => {
    expect(at(text)).toBeUndefined();
  });

  it('look at the word before the caret', () => {
    expect(at('@be later', 3)).toMatchObject({ kind: 'people', from: 0 });
  });
});

describe('a message’s menu', () => {
  const message = {
    id: '5',
    channel_id: channel.id,
    author: { id: '2', username: 'ben' },
    type: MessageType.Default,
    content: 'Hello',
    flags: 0,
    pinned: false,
    ephemeral: false,
  } as unknown as Message;
  const offered = (one: Message, may: May = all) =>
    Object.entries(menuOffers(world, { ...channel, may }, one))
      .filter(([, on]) => on)
      .map(([name]) => name);
  const little = { ...all, manageMessages: false, startThreads: false, react: false };

  it.each([
    [
      'of another, for a moderator',
      message,
      all,
      ['react', 'reply', 'forward', 'thread', 'pin', 'copy', 'apps', 'delete'],
    ],
    ['of another, for a member', message, little, ['reply', 'forward', 'copy', 'apps']],
    [
      'of one’s own',
      { ...message, author: { ...message.author, id: '1' } },
      little,
      ['edit', 'reply', 'forward', 'copy', 'apps', 'delete'],
    ],
    ['for one’s own eyes', { ...message, ephemeral: true, flags: MessageFlags.Ephemeral }, all, ['dismiss', 'copy']],
    ['that is thinking', { ...message, content: '', flags: MessageFlags.Loading }, all, []],
  ])('offers, for one %s, what Discord does', (_, one, may, names) => {
    expect(offered(one as Message, may)).toEqual(names);
  });
});
