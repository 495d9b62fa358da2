import { PermissionFlagsBits as Bits, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Guild } from '#town';
import { ben, bot, errors, onInteraction, onSlash, town, useScene } from './scene.ts';

/** The application as one that a person brings along, into servers without it and into direct messages. */

useScene();

let elsewhere: Guild;
beforeEach(async () => {
  await bot.client.application.commands.set([
    { name: 'along', description: 'Comes along', integrationTypes: [0, 1], contexts: [0, 1, 2] },
    { name: 'alone', description: 'Only along', integrationTypes: [1], contexts: [0, 2] },
    { name: 'here', description: 'Only in servers that have it', integrationTypes: [0], contexts: [0, 1] },
  ]);
  elsewhere = town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
});
const told = ({ guildId, context, authorizingIntegrationOwners: owners }: ChatInputCommandInteraction) => ({
  ...{ guildId, context: Number(context), server: owners[0], person: owners[1] },
});

describe('what the picker shows', () => {
  test('to somebody who has not added it', () => {
    expect(ben.commands('Harbour#general')).toEqual(['/along', '/here']);
    expect(ben.commands('dm')).toEqual(['/along', '/here']);
    expect(ben.commands('Elsewhere#lobby')).toEqual([]);
    expect(ben.commands('@ana')).toEqual([]);
  });

  test('to somebody who has, and again when it is gone', () => {
    ben.addsApp();
    expect(ben.commands('Harbour#general')).toEqual(['/along', '/alone', '/here']);
    expect(ben.commands('dm')).toEqual(['/along', '/here']);
    expect(ben.commands('Elsewhere#lobby')).toEqual(['/along', '/alone']);
    expect(ben.commands('@ana')).toEqual(['/along', '/alone']);
    expect(town.person('ana').commands('Elsewhere#lobby')).toEqual([]);
    ben.removesApp();
    expect(ben.commands('Elsewhere#lobby')).toEqual([]);
  });

  test('nothing where the server lets nobody use commands', () => {
    ben.addsApp();
    town.setRolePermissions(elsewhere, 'everyone', Bits.ViewChannel);
    expect(ben.commands('Elsewhere#lobby')).toEqual([]);
  });
});

test('the application is told where it is, and who brought it', async () => {
  const seen: object[] = [];
  onSlash((slash) => {
    seen.push(told(slash));
    return slash.reply('hi');
  });
  ben.addsApp();
  for (const place of ['Harbour#general', 'dm', 'Elsewhere#lobby', '@ana']) await ben.runs('/along', {}, { in: place });
  expect(seen).toEqual([
    { guildId: town.guild.id, context: 0, server: town.guild.id, person: ben.id },
    { guildId: null, context: 1, server: '0', person: ben.id },
    { guildId: elsewhere.id, context: 0, server: undefined, person: ben.id },
    { guildId: null, context: 2, server: undefined, person: ben.id },
  ]);
});

test('its answers are seen there, changed by a press, and private where they are meant to be', async () => {
  onInteraction((one) => {
    const components = [{ type: 1, components: [{ type: 2, style: 2, label: 'more', custom_id: 'more' }] }];
    if (one.isChatInputCommand()) return one.reply({ content: 'one', components, flags: MessageFlags.Ephemeral });
    return one.isButton() && one.update({ content: `two, ${one.authorizingIntegrationOwners[1] === ben.id}` });
  });
  ben.addsApp();
  for (const place of ['Elsewhere#lobby', '@ana']) {
    const shown = await ben.runs('/along', {}, { in: place });
    expect(shown).toMatchObject({ content: 'one', ephemeral: true });
    if ('id' in shown) expect(town.person('ana').sees(shown)).toBeUndefined();
    expect(await ben.presses(shown, 'more')).toMatchObject({ content: 'two, true', ephemeral: true });
  }
});

test('where nobody may bring applications along, what they say is seen by one person', async () => {
  onSlash((slash) => slash.reply('to all'));
  ben.addsApp();
  const open = await ben.runs('/along', {}, { in: 'Elsewhere#lobby' });
  expect(open).toMatchObject({ ephemeral: false });
  const role = [...elsewhere.roles.values()][0];
  town.setRolePermissions(elsewhere, 'everyone', BigInt(role?.permissions ?? 0) & ~Bits.UseExternalApps);
  expect(await ben.runs('/along', {}, { in: 'Elsewhere#lobby' })).toMatchObject({ ephemeral: true });
});

test('five more messages follow there, and no sixth; where the server has it, as many as one likes', async () => {
  onSlash(async (slash) => {
    await slash.reply('one');
    for (let n = 0; n < 6; n++)
      await slash.followUp({ content: `${n}` }).catch((error: { code?: number }) => errors.push(error.code));
  });
  ben.addsApp();
  await ben.runs('/along', {}, { in: 'Harbour#general' });
  await ben.runs('/along', {}, { in: 'Elsewhere#lobby' });
  await expect.poll(() => errors).toEqual([40094]);
});
