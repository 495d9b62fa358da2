/** A small world as the page sees it, for the rules of composing. */
import { ApplicationCommandType, ChannelType, ApplicationCommandOptionType as Option } from 'discord-api-types/v10';
import { entriesIn } from '#client/compose/slash';
import type { Channel, Command, May, Person, World } from '#client/types';

export const all: May = {
  write: true,
  attach: true,
  react: true,
  startThreads: true,
  manageMessages: true,
  manageThreads: true,
  useCommands: true,
  mentionEveryone: true,
};
export const person = (id: string, name: string): Person => ({
  id,
  name,
  username: name.toLowerCase(),
  bot: false,
  roles: [],
});
export const ana = person('1', 'Ana');
export const people = [ana, person('2', 'Ben'), person('3', 'Ben Li'), { ...person('9', 'Lamp'), bot: true }];

export const commands = [
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

export const channel: Channel = {
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
export const world: World = {
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
export const entries = entriesIn(world, channel);
