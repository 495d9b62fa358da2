import { openTown } from '@attune/town';
import { REST } from '@discordjs/rest';
import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createRegistry, sameCommands } from '#discord/register';
import { createLog } from '#log';
import type { CommandBody } from '#panels/body';

const ours = {
  type: 1,
  name: 'reflect',
  description: 'Words',
  options: [{ type: 3, name: 'feeling', description: 'What', autocomplete: true, max_length: 100 }],
  default_member_permissions: null,
  integration_types: [0],
  contexts: [0, 1],
};

/** As Discord gives it back: with everything it adds. */
const there = {
  ...ours,
  id: '1',
  application_id: '2',
  version: '3',
  nsfw: false,
  dm_permission: true,
  name_localizations: null,
  description_localizations: null,
  contexts: [1, 0],
  options: [{ ...ours.options[0], required: false, name_localizations: null, description_localizations: null }],
};

describe('comparing commands with what Discord has', () => {
  it('sees through what Discord adds', () => {
    expect(sameCommands([there], [ours])).toBe(true);
    expect(sameCommands([{ ...there, default_permission: true, something_new: [1] }], [ours])).toBe(true);
    const other = { ...ours, name: 'explain' };
    expect(sameCommands([{ ...other, id: '9' }, there], [ours, other])).toBe(true);
  });

  it('knows a menu again, to which Discord gives an empty description', () => {
    const menu = { type: 3, name: 'Try my words', default_member_permissions: null, integration_types: [1, 0] };
    expect(sameCommands([{ ...menu, id: '1', description: '', contexts: null }], [menu])).toBe(true);
    expect(sameCommands([{ ...menu, type: 2, description: '' }], [menu])).toBe(false);
  });

  it.each([
    ['description', { ...there, description: 'Other' }],
    ['an option', { ...there, options: [] }],
    ['an option that is required', { ...there, options: [{ ...there.options[0], required: true }] }],
    ['autocomplete', { ...there, options: [{ ...there.options[0], autocomplete: false }] }],
    ['the type of an option', { ...there, options: [{ ...there.options[0], type: 4 }] }],
    ['permissions', { ...there, default_member_permissions: '32' }],
    ['contexts', { ...there, contexts: [0] }],
    ['a language', { ...there, description_localizations: { de: 'Worte' } }],
  ])('sees another %s', (_, changed) => expect(sameCommands([changed], [ours])).toBe(false));

  it('knows permissions as a number and as text', () => {
    const guarded = { ...ours, default_member_permissions: 32 };
    expect(sameCommands([{ ...there, default_member_permissions: '32' }], [guarded])).toBe(true);
    expect(sameCommands([{ ...there, default_member_permissions: '8' }], [guarded])).toBe(false);
    expect(sameCommands([there], [guarded])).toBe(false);
  });

  it('sees one that is missing or left over', () => {
    expect(sameCommands([], [ours])).toBe(false);
    expect(sameCommands([there, { ...there, name: 'old' }], [ours])).toBe(false);
    expect(sameCommands([], [])).toBe(true);
  });
});

describe('commands that another process uploads', () => {
  async function opened() {
    const town = await openTown();
    const rest = new REST({ api: town.api, version: '10' }).setToken(town.token);
    const client = { application: { id: town.bot.id }, rest } as unknown as Client<true>;
    const look = (mayUpload: boolean) => {
      const registry = createRegistry([ours as CommandBody], { isWanted: () => false, mayUpload }, createLog('silent'));
      return { ...registry, upload: () => registry.upload(client) };
    };
    return { uploads: look(true), waits: look(false), [Symbol.asyncDispose]: () => town.close() };
  }

  it('may take until the second look; then it is said that Discord has not taken them', async () => {
    await using here = await opened();
    await here.waits.upload();
    expect(here.waits.trouble()).toBeUndefined();
    await here.waits.upload();
    expect(here.waits.trouble()).toBe('not taken');
    await here.uploads.upload();
    await here.waits.upload();
    expect(here.waits.trouble()).toBeUndefined();
  });

  it('are no trouble when they came meanwhile, nor when they have been there', async () => {
    await using here = await opened();
    await here.waits.upload();
    await here.uploads.upload();
    for (const _ of ['came', 'there', 'there']) {
      await here.waits.upload();
      expect(here.waits.trouble()).toBeUndefined();
    }
    expect(here.waits.mention('reflect')).toMatch(/^<\/reflect:\d+>$/);
  });
});
