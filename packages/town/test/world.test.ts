import { Events, type Message, MessageType } from 'discord.js';
import { describe, expect, test, vi } from 'vitest';
import { ask, next } from './client.ts';
import { ana, ben, bot, mo, raw, town, useBot } from './with-bot.ts';

useBot();

describe('messages', () => {
  test('what a person says arrives with its author, member and place', async () => {
    const heard = next<Message>(bot.client, Events.MessageCreate);
    const said = await ben.says('#support', 'hello', {
      files: [{ name: 'a.txt', type: 'text/plain', bytes: 'inside' }],
    });
    const message = await heard;
    expect(message).toMatchObject({ id: said.id, content: 'hello', type: MessageType.Default });
    expect(message.author.username).toBe('ben');
    expect(message.member?.id).toBe(ben.id);
    expect(message.guildId).toBe(town.guild.id);
    const file = await fetch(message.attachments.first()?.url ?? '');
    expect(await file.text()).toBe('inside');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('a reply carries what it answers; null when that is deleted', async () => {
    const post = await ana.says('#support', 'my week was awful');
    const created = raw('MESSAGE_CREATE', ({ content }) => content === 'cheer up');
    const reply = await ben.repliesTo(post, 'cheer up');
    expect(await created).toMatchObject({
      type: 19,
      message_reference: { message_id: post.id, channel_id: post.channel_id, guild_id: town.guild.id },
      referenced_message: { id: post.id, content: 'my week was awful' },
      mentions: [{ id: ana.id }],
    });
    await ana.deletes(post);
    expect(ben.sees(reply)?.referenced_message).toBeNull();
    expect(
      (await ask(town, 'GET', `/channels/${reply.channel_id}/messages/${reply.id}`)).body.referenced_message,
    ).toBeNull();
    const silent = await ben.repliesTo(reply, 'without a ping', { ping: false });
    expect(silent.mentions).toEqual([]);
  });

  test('an edit moves edited_timestamp, a link preview does not', async () => {
    const said = await ben.says('#support', 'see https://example.org');
    let update = raw('MESSAGE_UPDATE');
    town.previewsLink(said, 'https://example.org');
    expect(await update).toMatchObject({ edited_timestamp: null, embeds: [{ type: 'link' }] });
    update = raw('MESSAGE_UPDATE');
    await ben.edits(said, 'changed');
    const edited = await update;
    expect(edited).toMatchObject({ content: 'changed', author: { id: ben.id } });
    expect(Date.parse(edited.edited_timestamp ?? '')).toBeGreaterThan(0);
    await expect(ana.edits(said, 'not mine')).rejects.toThrow('own messages');
  });

  test('deletes come one by one, purges in bulk', async () => {
    const [one, two, three] = [
      await ben.says('#support', '1'),
      await ben.says('#support', '2'),
      await ben.says('#support', '3'),
    ];
    const deleted = raw('MESSAGE_DELETE');
    await ben.deletes(one);
    expect(await deleted).toEqual({ id: one.id, channel_id: one.channel_id, guild_id: town.guild.id });
    const purged = raw('MESSAGE_DELETE_BULK');
    await mo.bulkDeletes([two, three]);
    expect(await purged).toEqual({ ids: [two.id, three.id], channel_id: one.channel_id, guild_id: town.guild.id });
    await expect(ben.bulkDeletes([one])).rejects.toThrow('may not');
    await expect(ben.deletes(await ana.says('#support', 'hers'))).rejects.toThrow('may not');
    await expect(ben.edits(one, 'gone')).rejects.toThrow('gone');
  });

  test('reactions come and go', async () => {
    const said = await ben.says('#support', 'hi');
    const added = raw('MESSAGE_REACTION_ADD');
    await ana.reacts(said, '❤️');
    expect(await added).toMatchObject({ user_id: ana.id, message_id: said.id, emoji: { id: null, name: '❤️' } });
    const channel = await bot.client.channels.fetch(said.channel_id);
    if (!channel?.isTextBased()) throw new Error('That is no channel with messages.');
    const message = await channel.messages.fetch(said.id);
    await message.react('❤️');
    expect(ana.sees(said)?.reactions).toMatchObject([{ count: 2, me: true }]);
    const removed = raw('MESSAGE_REACTION_REMOVE');
    await ana.unreacts(said, '❤️');
    await removed;
    await message.reactions.cache.get('❤️')?.users.remove();
    expect(ana.sees(said)?.reactions).toBeUndefined();
  });

  test('a forward has a snapshot and no referenced message', async () => {
    const said = await ana.says('#support', 'worth reading');
    const created = raw('MESSAGE_CREATE', ({ author }) => JSON.stringify(author).includes(ben.id));
    await ben.forwards(said, '#general');
    const forward = await created;
    expect(forward).toMatchObject({
      type: 0,
      content: '',
      message_reference: { type: 1, message_id: said.id },
      message_snapshots: [{ message: { content: 'worth reading' } }],
    });
    expect(forward).not.toHaveProperty('referenced_message');
  });

  test('the bot forwards, too', async () => {
    const said = await ana.says('#support', 'worth reading');
    const message_reference = { type: 1, channel_id: said.channel_id, message_id: said.id };
    const there = `/channels/${town.channel('#general').id}/messages`;
    const sent = await ask(town, 'POST', there, { message_reference });
    expect(sent.body).toMatchObject({ message_snapshots: [{ message: { content: 'worth reading' } }] });
    expect(
      (await ask(town, 'POST', there, { message_reference: { ...message_reference, message_id: '1' } })).body.code,
    ).toBe(10008);
  });

  test('joins and pins are system messages, webhooks have no member', async () => {
    const created = raw('MESSAGE_CREATE');
    await town.addPerson('Dee', { guild: null }).joins(town.guild);
    expect(await created).toMatchObject({ type: 7, content: '', author: { username: 'dee' } });
    const said = await ben.says('#support', 'keep this');
    const pinned = next<Message>(
      bot.client,
      Events.MessageCreate,
      ({ type }) => type === MessageType.ChannelPinnedMessage,
    );
    await mo.pins(said);
    expect((await pinned).reference?.messageId).toBe(said.id);
    const hooked = raw('MESSAGE_CREATE');
    const message = await town.webhookSays('#support', 'News', 'it rains');
    expect(await hooked).toMatchObject({ webhook_id: message.webhook_id, author: { username: 'News', bot: true } });
    expect(await hooked).not.toHaveProperty('member');
  });

  test('a message can be late', async () => {
    const at = Date.now() - 180_000;
    const heard = next<Message>(bot.client, Events.MessageCreate);
    const late = await ben.says('#support', 'late', { at });
    expect((await heard).createdTimestamp).toBe(at);
    const now = await ben.says('#support', 'now');
    const { body } = await ask(town, 'GET', `/channels/${late.channel_id}/messages?before=${now.id}`);
    expect(body.map((message: { id: string }) => message.id)).toEqual([late.id]);
  });

  test('what Discord would not send is not sent', async () => {
    await expect(ben.says('#support', '   ')).rejects.toThrow('empty');
    await expect(ben.says('#support', 'x'.repeat(2001))).rejects.toThrow('2,000');
    await expect(ben.says('#nowhere', 'x')).rejects.toThrow('no channel');
    await expect(ben.pins(await ben.says('#support', 'mine'))).rejects.toThrow('may not');
  });
});

describe('direct messages', () => {
  test('the bot writes to a person; they read it, answer, and see an edit', async () => {
    const user = await bot.client.users.fetch(ben.id);
    const sent = await user.send('a quiet word');
    const dm = await ben.nextDm();
    expect(dm).toMatchObject({ id: sent.id, content: 'a quiet word', author: { id: town.bot.id } });
    const heard = next<Message>(bot.client, Events.MessageCreate, ({ author }) => author.id === ben.id);
    await ben.repliesTo(dm, 'thank you');
    expect((await heard).guildId).toBeNull();
    await sent.edit('a quieter word');
    expect(ben.dms.map(({ content }) => content)).toEqual(['a quieter word', 'thank you']);
    expect(ana.sees(dm)).toBeUndefined();
  });

  test('closed doors: 50007; no guild in common: 50278; open again: it arrives', async () => {
    const user = await bot.client.users.fetch(ben.id);
    ben.closesDms();
    await expect(user.send('no')).rejects.toMatchObject({ code: 50007, status: 403 });
    ben.opensDms();
    await user.send('yes');
    const stranger = await bot.client.users.fetch(town.addPerson('Eve', { guild: null }).id);
    await expect(stranger.send('who are you')).rejects.toMatchObject({ code: 50278 });
    expect(ben.dms.map(({ content }) => content)).toEqual(['yes']);
    await expect(ben.nextDm()).resolves.toMatchObject({ content: 'yes' });
    await expect(ben.nextDm(30)).rejects.toThrow('Waited 30 ms for a direct message to ben');
  });
});

describe('who may see what', () => {
  test('the stream of a viewer holds only what that person may know', async () => {
    town.addChannel(town.guild, { name: 'moderators', onlyFor: [mo.id] });
    const seen = { ben: [] as string[], mo: [] as string[] };
    for (const who of ['ben', 'mo'] as const)
      town.on((event) => void (event.t === 'MESSAGE_CREATE' && seen[who].push((event.d as Message).content)), who);
    await mo.says('#moderators', 'secret');
    await ben.says('#support', 'open');
    await (await bot.client.users.fetch(ben.id)).send('for ben');
    await vi.waitUntil(() => seen.ben.length === 2);
    expect(seen).toEqual({ ben: ['open', 'for ben'], mo: ['secret', 'open'] });
  });
});
