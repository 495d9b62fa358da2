/** The parts of drawing messages that need no browser; the rest is tested by ../message.test.ts. */
import { type APISelectMenuComponent, ChannelType, ComponentType, type MessageType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { isSystem, mentions, offers, thinksUntil } from '#client/message/about';
import { choicesOf, chosenAtFirst, hintOf, matching, toggled } from '#client/message/choices';
import { hostOf, isSpoilerFile, kindOf, ownPath, placeIn, sizeText } from '#client/message/files';
import type { Channel, May, Message, Person, World } from '#client/types';

describe('files', () => {
  it('are asked for only from the town', () => {
    expect(ownPath('http://127.0.0.1:81/files/1/a.png')).toBe('/files/1/a.png');
    expect(ownPath('http://127.0.0.1:81/api/v10/users')).toBeUndefined();
    expect(ownPath('https://cdn.example/files/1/a.png')).toBeUndefined();
    expect(ownPath('a.png')).toBeUndefined();
    expect(hostOf('https://cdn.example/files')).toBe('cdn.example');
  });

  it('links into the client lead to a channel or a message', () => {
    expect(placeIn('https://discord.com/channels/1/2/3')).toEqual({ channel: '2', message: '3' });
    expect(placeIn('https://discord.com/channels/@me/2')).toEqual({ channel: '2', message: undefined });
    expect(placeIn('https://discord.com.example/channels/1/2')).toBeUndefined();
    expect(placeIn('https://discord.com/invite/1')).toBeUndefined();
  });

  it('have a kind and a size', () => {
    expect(['image/png', 'image/svg+xml', 'video/mp4', 'audio/ogg', 'text/plain', undefined].map(kindOf)).toEqual([
      'image',
      'image',
      'video',
      'audio',
      'file',
      'file',
    ]);
    expect([1, 12, 2048, 3 * 1024 * 1024].map(sizeText)).toEqual(['1 byte', '12 bytes', '2.00 KB', '3.00 MB']);
    expect(isSpoilerFile('SPOILER_a.png')).toBe(true);
  });
});

const person = (name: string, roles: string[] = []): Person => ({
  id: name.toLowerCase(),
  name,
  username: name.toLowerCase(),
  bot: false,
  roles,
});
const may: May = {
  write: true,
  attach: true,
  react: true,
  startThreads: true,
  manageMessages: false,
  manageThreads: false,
  useCommands: true,
  mentionEveryone: false,
};
const channel = (name: string, type: ChannelType, position = 0): Channel => ({
  id: name,
  type,
  name,
  guild: 'harbour',
  parent: null,
  position,
  topic: null,
  tags: [],
  may,
  lastMessage: null,
  commands: [],
});
const support = channel('support', ChannelType.GuildText, 2);
const world: World = {
  me: { ...person('Ben', ['listener']), dmsOpen: true, locale: 'en' },
  bot: 'bot',
  guilds: [{ id: 'harbour', name: 'Harbour', members: ['ana', 'ben'] }],
  people: new Map([person('Ana'), person('Ben'), person('Zoe')].map((one) => [one.id, one])),
  roles: new Map([['listener', { id: 'listener', name: 'Listener', color: 0, position: 1 }]]),
  channels: new Map([support, channel('general', 0, 1), channel('stories', 15, 3)].map((one) => [one.id, one])),
  commands: new Map(),
};
const message = (more: Partial<Message>) =>
  ({
    author: { id: 'ana' },
    type: 0,
    flags: 0,
    ephemeral: false,
    timestamp: '2026-11-24T12:00:00Z',
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    ...more,
  }) as unknown as Message;

describe('selects', () => {
  const labels = (select: object, place: Channel | undefined = support) =>
    choicesOf({ custom_id: 'x', ...select } as APISelectMenuComponent, world, place).map((one) => one.label);

  it('offer what there is to be chosen', () => {
    const options = [{ label: 'A', value: 'a' }];
    expect(labels({ type: ComponentType.StringSelect, options })).toEqual(['A']);
    expect(labels({ type: ComponentType.UserSelect })).toEqual(['Ana', 'Ben']);
    expect(labels({ type: ComponentType.RoleSelect })).toEqual(['Listener']);
    expect(labels({ type: ComponentType.MentionableSelect })).toEqual(['Ana', 'Ben', 'Listener']);
    expect(labels({ type: ComponentType.ChannelSelect })).toEqual(['general', 'support', 'stories']);
    expect(labels({ type: ComponentType.ChannelSelect, channel_types: [15] })).toEqual(['stories']);
  });

  it('offer no roles and channels in direct messages', () => {
    const { guild: _, ...dm } = { ...support, with: 'zoe' };
    expect(labels({ type: ComponentType.UserSelect }, dm)).toEqual(['Ben', 'Zoe']);
    expect(labels({ type: ComponentType.RoleSelect }, dm)).toEqual([]);
    expect(labels({ type: ComponentType.ChannelSelect }, dm)).toEqual([]);
  });

  it('begin with their defaults', () => {
    const options = [
      { label: 'A', value: 'a' },
      { label: 'B', value: 'b', default: true },
    ];
    expect(chosenAtFirst({ type: ComponentType.StringSelect, custom_id: 'x', options })).toEqual(['b']);
    const user = { type: ComponentType.UserSelect, custom_id: 'x', default_values: [{ id: 'ana', type: 'user' }] };
    expect(chosenAtFirst(user as APISelectMenuComponent)).toEqual(['ana']);
    expect(hintOf({ type: ComponentType.UserSelect, custom_id: 'x' })).toBe('Select a user');
  });

  it('find what is typed: beginnings first', () => {
    const choices = ['a banana', 'Ban', 'cat'].map((label) => ({ value: label, label }));
    expect(matching(choices, ' #BAN').map((one) => one.label)).toEqual(['Ban', 'a banana']);
    expect(matching(choices, '')).toHaveLength(3);
  });

  it('take another place when only one can be chosen, and no more than can be', () => {
    expect(toggled(['a'], 'b', 1)).toEqual(['b']);
    expect(toggled(['a'], 'b', 2)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'c', 2)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a', 2)).toEqual(['b']);
  });
});

describe('a message', () => {
  it('means the viewer by name, role or everybody, but not when they wrote it or alone see it', () => {
    expect(mentions(world, message({}))).toBe(false);
    expect(mentions(world, message({ mentions: [{ id: 'ben' }] as Message['mentions'] }))).toBe(true);
    expect(mentions(world, message({ mention_roles: ['listener'] }))).toBe(true);
    expect(mentions(world, message({ mention_everyone: true }))).toBe(true);
    expect(mentions(world, message({ mention_everyone: true, ephemeral: true }))).toBe(false);
    expect(mentions(world, message({ mention_everyone: true, author: { id: 'ben' } as Message['author'] }))).toBe(
      false,
    );
  });

  it('offers what one may do', () => {
    expect(offers(world, support, message({}))).toEqual({ react: true, reply: true, edit: false, delete: false });
    const own = message({ author: { id: 'ben' } as Message['author'] });
    expect(offers(world, support, own)).toMatchObject({ edit: true, delete: true });
    expect(offers(world, undefined, own)).toMatchObject({ react: false, reply: false });
    expect(offers(world, support, { ...own, type: 18 as MessageType })).toMatchObject({ edit: false });
    const guarded = { ...support, may: { ...may, write: false, react: false, manageMessages: true } };
    expect(offers(world, guarded, message({}))).toEqual({ react: false, reply: false, edit: false, delete: true });
  });

  it('is written by somebody or by Discord', () => {
    expect([0, 19, 20, 23, 21].map((type) => isSystem({ type }))).toEqual([false, false, false, false, false]);
    expect([6, 7, 18].map((type) => isSystem({ type }))).toEqual([true, true, true]);
    expect(thinksUntil(message({}))).toBe(Date.parse('2026-11-24T12:15:00Z'));
  });
});
