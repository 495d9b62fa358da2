import { Events, GatewayIntentBits, type Message } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { logIn, next } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

describe('intents', () => {
  const listen = async (intents: number[]) => {
    const bot = await logIn(town, { intents });
    const heard: { t: string; d: Message }[] = [];
    bot.client.on('raw', (packet: object) => void heard.push(JSON.parse(JSON.stringify(packet))));
    return Object.assign(bot, { heard });
  };

  test('without Message Content there is no text, but of direct messages, mentions and own messages', async () => {
    town.grants.messageContent = false;
    const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
    await using bot = await listen([Guilds, GuildMessages, DirectMessages]);
    const ben = town.person('ben');
    const file = { name: 'a.txt', bytes: 'secret' };
    const secret = await ben.says('#support', 'secret', { files: [file] });
    await ben.says('#support', `hello <@${town.bot.id}>`);
    await ben.says('dm', 'a direct word');
    await ben.repliesTo(secret, 'a reply');
    const channel = await bot.client.channels.fetch(town.channel('#support').id);
    if (channel?.isSendable()) await channel.send('my own');
    await vi.waitUntil(() => bot.heard.filter(({ t }) => t === 'MESSAGE_CREATE').length === 5);
    const texts = bot.heard.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.content);
    expect(texts).toEqual(['', `hello <@${town.bot.id}>`, 'a direct word', '', 'my own']);
    expect(JSON.stringify(bot.heard)).not.toContain('secret');
    const read = await bot.client.rest.get(`/channels/${secret.channel_id}/messages/${secret.id}`);
    expect(read).toMatchObject({ content: '', attachments: [] });
    const list = await bot.client.rest.get(`/channels/${secret.channel_id}/messages`);
    expect(JSON.stringify(list)).not.toContain('secret');
  });

  test('with it there is all of it', async () => {
    const { Guilds, GuildMessages, MessageContent } = GatewayIntentBits;
    await using bot = await listen([Guilds, GuildMessages, MessageContent]);
    await town.person('ben').says('#support', 'in the open');
    await vi.waitUntil(() => bot.heard.length > 0);
    expect(bot.heard.at(-1)?.d.content).toBe('in the open');
  });

  test('events come only with their intent', async () => {
    await using bot = await listen([GatewayIntentBits.Guilds]);
    const ben = town.person('ben');
    const message = await ben.says('#support', 'unheard');
    await ben.says('dm', 'unheard');
    await ben.reacts(message, '❤️');
    await ben.leaves(town.guild);
    town.addChannel(town.guild, { name: 'new' });
    await vi.waitUntil(() => bot.heard.length > 0);
    expect(bot.heard.map(({ t }) => t)).toEqual(['CHANNEL_CREATE']);
  });

  test('what happens where the bot may not look is not told', async () => {
    await using bot = await listen([GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
    town.addChannel(town.guild, { name: 'moderators', onlyFor: [town.person('mo').id] });
    await town.person('mo').says('#moderators', 'among us');
    await expect(town.person('ben').says('#moderators', 'me too')).rejects.toThrow('may not write');
    await town.person('mo').says('#general', 'to all');
    await vi.waitUntil(() => bot.heard.some(({ t }) => t === 'MESSAGE_CREATE'));
    expect(bot.heard.map(({ t }) => t)).toEqual(['CHANNEL_CREATE', 'MESSAGE_CREATE']);
  });

  test('members come with Guild Members, when it is granted', async () => {
    town.grants.guildMembers = true;
    await using bot = await listen([GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers]);
    expect(bot.client.guilds.cache.first()?.members.cache.size).toBe(6);
    const left = next(bot.client, Events.GuildMemberRemove);
    await town.person('ben').leaves(town.guild);
    await left;
    await town.person('ben').joins(town.guild);
    await vi.waitUntil(() => bot.heard.some(({ t }) => t === 'GUILD_MEMBER_ADD'));
  });

  test('members are given on request', async () => {
    await using bot = await listen([GatewayIntentBits.Guilds]);
    const members = await bot.client.guilds.cache
      .first()
      ?.members.fetch({ user: [town.person('ana').id], time: 3_000 });
    expect(members?.map((member) => member.user.username)).toEqual(['ana']);
  });
});

describe('guilds come and go', () => {
  test('the bot is invited and removed; an outage is neither', async () => {
    await using bot = await logIn(town);
    const joined = next<{ name: string }>(bot.client, Events.GuildCreate);
    const guild = town.addGuild({ name: 'Second', channels: ['hello'] });
    expect((await joined).name).toBe('Second');
    const out = next(bot.client, Events.GuildUnavailable);
    town.outage(guild, true);
    await out;
    const back = next(bot.client, Events.GuildAvailable);
    town.outage(guild, false);
    await back;
    const gone = next<{ name: string }>(bot.client, Events.GuildDelete);
    town.botLeaves(guild);
    expect((await gone).name).toBe('Second');
    expect(bot.client.guilds.cache.size).toBe(1);
  });

  test('a guild with an outage is listed and missing when the client logs in', async () => {
    const guild = town.addGuild({ name: 'Second' });
    town.outage(guild, true);
    await using bot = await logIn(town, { waitGuildTimeout: 50 });
    expect(bot.client.guilds.cache.get(guild.id)?.available).toBe(false);
  });
});
