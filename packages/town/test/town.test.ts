import { Events } from 'discord.js';
import { expect, test } from 'vitest';
import { openTown } from '#town';
import { logIn, next } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

test('more guilds with people of their own, and channels found by guild', async () => {
  const guild = town.addGuild({
    name: 'Second',
    owner: 'Olu',
    people: ['Ana', 'Zed'],
    locale: 'de',
    channels: ['support'],
  });
  expect(town.guildNamed('Second')).toBe(guild);
  expect(guild.members.size).toBe(4);
  const said = await town.person('ana').says('Second#support', 'here');
  expect(said.channel_id).toBe(town.channel('Second#support').id);
  expect(said.channel_id).not.toBe(town.channel('#support').id);
  expect((await town.person('zed').says('#support', 'mine')).channel_id).toBe(said.channel_id);
  await expect(town.person('zed').says('Harbour#support', 'not mine')).rejects.toThrow('no channel');
  expect(() => town.person('nobody')).toThrow('Nobody in the town is called nobody');
});

test('a guild changes its language', async () => {
  await using bot = await logIn(town);
  const changed = next(bot.client, Events.GuildUpdate);
  town.setLocale(town.guild, 'de');
  await changed;
  expect(bot.client.guilds.cache.first()?.preferredLocale).toBe('de');
});

test('waiting for what happens, and for the bot', async () => {
  const heard = town.until('ben to speak', ({ t }) => t === 'MESSAGE_CREATE');
  await town.person('ben').says('#support', 'x');
  expect(await heard).toMatchObject({ d: { content: 'x' } });
  await expect(town.until('what never comes', () => false, 20)).rejects.toThrow('Waited 20 ms for what never comes.');
  await expect(town.online(20)).rejects.toThrow('the bot to come online');
  const online = town.online();
  await using bot = await logIn(town);
  await online;
  expect(bot.client.isReady()).toBe(true);
});

test('@everyone needs its permission', async () => {
  expect((await town.person('ben').says('#support', 'hey @everyone')).mention_everyone).toBe(false);
  expect((await town.person('ida').says('#support', 'hey @everyone')).mention_everyone).toBe(true);
});

test("a port of one's own, and none of the inhabitants", async () => {
  await using other = await openTown({ empty: true });
  expect(other.port).not.toBe(town.port);
  expect(other.world.guilds.size).toBe(0);
  await using bot = await logIn(other);
  expect(bot.client.guilds.cache.size).toBe(0);
  await expect(openTown({ port: town.port })).rejects.toThrow('EADDRINUSE');
});
