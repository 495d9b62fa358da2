import { ChannelType, Events, type Message, MessageType, type ThreadChannel } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { ask, next } from './client.ts';
import { ana, ben, bot, mo, raw, town, useBot } from './with-bot.ts';

useBot();

describe('threads and posts', () => {
  test('a thread from a message has its id, and a starter without text', async () => {
    const said = await ana.says('#support', 'a long story');
    const made = next<ThreadChannel>(bot.client, Events.ThreadCreate);
    const starter = raw('MESSAGE_CREATE', ({ type }) => type === MessageType.ThreadStarterMessage);
    const thread = await ben.startsThread(said, 'The story');
    expect(thread.id).toBe(said.id);
    expect(await made).toMatchObject({ id: said.id, name: 'The story', parentId: said.channel_id, ownerId: ben.id });
    expect(await starter).toMatchObject({
      type: 21,
      content: '',
      channel_id: said.id,
      referenced_message: { id: said.id },
    });
    expect(ana.sees(said)).toMatchObject({ flags: 32, thread: { id: said.id } });
    const heard = next<Message>(bot.client, Events.MessageCreate);
    await ben.says(thread, 'go on');
    expect((await heard).channelId).toBe(thread.id);
    expect(bot.client.channels.cache.get(thread.id)?.isThread()).toBe(true);
  });

  test('a thread without a message is announced', async () => {
    const created = raw('MESSAGE_CREATE');
    const thread = await ben.startsThread('#support', 'Tea');
    expect(await created).toMatchObject({ type: 18, content: 'Tea', message_reference: { channel_id: thread.id } });
  });

  test('a forum post begins with a message of the same id, and carries tags', async () => {
    const forum = town.channel('#stories');
    const made = next<ThreadChannel>(bot.client, Events.ThreadCreate);
    const heard = next<Message>(bot.client, Events.MessageCreate);
    const post = await ana.posts('#stories', 'My move', 'I moved and know nobody', { tags: ['Vent'] });
    expect((await made).appliedTags).toEqual([forum.tags.find(({ name }) => name === 'Vent')?.id]);
    expect((await heard).id).toBe(post.id);
    expect(post.message).toMatchObject({ id: post.id, channel_id: post.id });
    await ben.says(post, 'tell me more');
    await expect(ana.posts('#stories', 'x', 'y', { tags: ['None'] })).rejects.toThrow('no tag');
    await expect(ana.says('#stories', 'no post')).rejects.toThrow('posts');
  });

  test('a private thread is seen by those invited and by moderators only', async () => {
    const thread = await ana.startsPrivateThread('#support', 'Quiet', ['cleo']);
    const said = await ana.says(thread, 'just us');
    expect(town.person('cleo').sees(said)).toBeDefined();
    expect(mo.sees(said)).toBeDefined();
    expect(ben.sees(said)).toBeUndefined();
    await expect(ben.says(thread, 'hello?')).rejects.toThrow('may not write');
    expect((await ask(town, 'GET', `/channels/${thread.id}`)).body).toMatchObject({ code: 50001 });
  });

  test('the bot starts threads and posts, too', async () => {
    const support = await bot.client.channels.fetch(town.channel('#support').id);
    const stories = await bot.client.channels.fetch(town.channel('#stories').id);
    if (support?.type !== ChannelType.GuildText || stories?.type !== ChannelType.GuildForum)
      throw new Error('wrong kinds');
    const said = await support.send('here');
    const thread = await said.startThread({ name: 'From here' });
    expect(thread.id).toBe(said.id);
    const again = await ask(town, 'POST', `/channels/${support.id}/messages/${said.id}/threads`, { name: 'Again' });
    expect(again).toMatchObject({ status: 400, body: { code: 160004 } });
    const post = await stories.threads.create({ name: 'A post', message: { content: 'words' } });
    expect(ana.sees({ id: post.id, channel_id: post.id })?.content).toBe('words');
    await thread.setArchived(true);
    expect(town.world.channels.get(thread.id)?.thread?.archived).toBe(true);
    await post.setArchived(true);
    await post.send('open again');
    expect(ana.reads(post.id).map(({ content }) => content)).toEqual(['words', 'open again']);
    const active = (await town.guild) && (await bot.client.guilds.cache.first()?.channels.fetchActiveThreads());
    expect(active?.threads.map(({ name }) => name)).toEqual(['A post']);
  });
});
