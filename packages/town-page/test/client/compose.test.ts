/** The parts of composing that need no browser; the rest is tested by ../compose.test.ts. */
import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  MessageFlags,
  MessageType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { emojiNamed, groups } from '#client/compose/emoji';
import { fieldsOf, piecesOf, problemsOf, valuesAtFirst } from '#client/compose/form-model';
import { addFiles, lengthOf, messageOf, tooLong } from '#client/compose/limits';
import { withNames, withTokens } from '#client/compose/mentions';
import { menuOffers } from '#client/compose/menu-offers';
import { checkAll, checkOption } from '#client/compose/option-check';
import { fitting, fixedOffers } from '#client/compose/option-choices';
import {
  entriesIn,
  entryNamed,
  matchingEntries,
  meantBy,
  messageCommands,
  type ValueOption,
} from '#client/compose/slash';
import { suggestionFor } from '#client/compose/suggest';
import type { Channel, Command, May, Message, Person, World } from '#client/types';

const all: May = {
  write: true,
  attach: true,
  react: true,
  startThreads: true,
  manageMessages: true,
  manageThreads: true,
  useCommands: true,
  mentionEveryone: true,
};
const person = (id: string, name: string): Person => ({
  id,
  name,
  username: name.toLowerCase(),
  bot: false,
  roles: [],
});
const ana = person('1', 'Ana');
const people = [ana, person('2', 'Ben'), person('3', 'Ben Li'), { ...person('9', 'Lamp'), bot: true }];

const commands = [
  { id: 'a', name: 'nudges', type: ApplicationCommandType.ChatInput, description: 'Notes' },
  {
    id: 'b',
    name: 'circle',
    type: ApplicationCommandType.ChatInput,
    description: 'Circles',
    options: [
      { type: Option.Subcommand, name: 'open', description: 'Opens' },
      {
        type: Option.SubcommandGroup,
        name: 'people',
        description: 'People',
        options: [
          {
            type: Option.Subcommand,
            name: 'add',
            description: 'Adds',
            options: [{ type: Option.User, name: 'who', description: 'Who', required: true }],
          },
        ],
      },
    ],
  },
  { id: 'c', name: 'Look', type: ApplicationCommandType.Message, description: '' },
  { id: 'd', name: 'nudges', type: ApplicationCommandType.ChatInput, description: 'Its own', guild_id: 'g' },
  { id: 'e', name: 'hidden', type: ApplicationCommandType.ChatInput, description: 'Not here' },
] as unknown as Command[];

const channel: Channel = {
  id: '20',
  type: ChannelType.GuildText,
  name: 'support',
  guild: 'g',
  parent: null,
  position: 0,
  topic: null,
  tags: [],
  may: all,
  lastMessage: null,
  commands: ['a', 'b', 'c', 'd'],
};
const world: World = {
  me: { ...ana, dmsOpen: true, locale: 'en-US' },
  bot: '9',
  guilds: [{ id: 'g', name: 'Harbour', members: people.map(({ id }) => id) }],
  people: new Map(people.map((one) => [one.id, one])),
  roles: new Map([
    ['g', { id: 'g', name: '@everyone', color: 0, position: 0 }],
    ['30', { id: '30', name: 'Moderator', color: 0, position: 1 }],
  ]),
  channels: new Map([[channel.id, channel]]),
  commands: new Map(commands.map((one) => [one.id, one])),
};
const entries = entriesIn(world, channel);

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

describe('forms', () => {
  const label = (component: object) => ({ type: ComponentType.Label, label: 'L', component });
  const options = [
    { label: 'A', value: 'a', default: true },
    { label: 'B', value: 'b' },
  ];
  const modal = {
    title: 'T',
    custom_id: 't',
    components: [
      { type: ComponentType.TextDisplay, content: 'Read this' },
      label({ type: ComponentType.TextInput, custom_id: 'text', style: 1, min_length: 2, max_length: 4 }),
      label({ type: ComponentType.RadioGroup, custom_id: 'radio', required: false, options: [options[1]] }),
      label({ type: ComponentType.CheckboxGroup, custom_id: 'boxes', min_values: 1, max_values: 1, options }),
      label({ type: ComponentType.Checkbox, custom_id: 'box' }),
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.TextInput, custom_id: 'old', label: 'Old', style: 2, required: false }],
      },
    ],
  } as unknown as APIModalInteractionResponseCallbackData;

  it('begin with their defaults, and show everything in its order', () => {
    expect(valuesAtFirst(modal)).toEqual({ text: '', radio: '', boxes: ['a'], box: false, old: '' });
    expect(piecesOf(modal).map((piece) => (piece.kind === 'text' ? piece.content : piece.label))).toEqual([
      'Read this',
      'L',
      'L',
      'L',
      'L',
      'Old',
    ]);
  });

  it('say what is wrong, and send what is there', () => {
    const first = valuesAtFirst(modal);
    expect(problemsOf(modal, first)).toEqual({ text: 'This field is required.' });
    expect(problemsOf(modal, { ...first, text: 'a', boxes: ['a', 'b'] })).toEqual({
      text: 'Must be between 2 and 4 in length.',
      boxes: 'Select at most 1 option.',
    });
    expect(problemsOf(modal, { ...first, text: 'abc', boxes: [] })).toEqual({ boxes: 'This field is required.' });
    expect(fieldsOf(modal, { ...first, text: 'abc' })).toEqual({ text: 'abc', boxes: ['a'], box: false, old: '' });
    expect(fieldsOf(modal, { ...first, radio: 'b' })).toMatchObject({ radio: 'b' });
  });
});

describe('limits', () => {
  it('count an emoji as one character, as the town does', () => {
    expect(lengthOf('👍👍')).toBe(2);
    expect(tooLong('👍'.repeat(2000))).toBeUndefined();
    expect(tooLong('x'.repeat(2001))).toContain('2,000');
  });

  it('keep to so many files, of such a size', () => {
    const file = (name: string, size = 1) => ({ name, size }) as File;
    expect(addFiles([file('a')], [file('b')])).toEqual({ files: [file('a'), file('b')] });
    expect(addFiles([], [file('a'), file('b')], 1)).toMatchObject({
      files: [file('a')],
      problem: 'Only one file fits here.',
    });
    expect(addFiles([], [file('a', 2 ** 30)])).toMatchObject({ files: [], problem: expect.stringContaining('10 MB') });
  });

  it('say what an error says', () => {
    expect(messageOf(new Error('No.'))).toBe('No.');
    expect(messageOf(undefined)).toContain('Something went wrong');
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

describe('emoji', () => {
  it('are found by name, and each has one of its own', () => {
    expect(emojiNamed('hear')[0]?.name).toBe('heart');
    expect(emojiNamed('mending h').map(({ sign }) => sign)).toEqual(['❤️‍🩹']);
    const names = groups.flatMap(({ emoji }) => emoji.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
  });
});
