import type { Actor, Town } from '@attune/town';
import { writeMessage } from '@attune/town/world/messages';
import { tellChannel } from '@attune/town/world/places';
import { MessageType } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { oneMessage, openScene, page, type Scene } from './around-scene.ts';

/** What is fetched around a reply; what it means is for test/nudge. */

const texts = (around: Awaited<ReturnType<Scene['around']>>) => around?.said.map(({ text }) => text);
const robotSays = (town: Town, place: string, robot: Actor, draft: Partial<Parameters<typeof writeMessage>[2]>) =>
  writeMessage(town.world, town.channel(place), { author: robot.user, ...draft }).wire;

const speakerOf = ({ id, user }: Actor) => ({
  key: `user:${id}`,
  user: id,
  names: [user.global_name, user.username].filter(Boolean),
});

describe('in a channel', () => {
  it('one request brings what was said before and since, in order, with who said it when', async () => {
    await using scene = await openScene();
    const { town, ana, ben, cleo } = scene;
    const before = await ana.says('#support', 'before');
    const reply = await ben.repliesTo(before, 'reply');
    await cleo.says('#support', 'since');
    const around = await scene.around(reply, before);
    expect(around).toEqual({
      said: [
        { id: before.id, at: Date.parse(before.timestamp), text: 'before', speaker: speakerOf(ana) },
        {
          ...{ id: reply.id, at: Date.parse(reply.timestamp), text: 'reply', speaker: speakerOf(ben) },
          answers: before.id,
        },
        expect.objectContaining({ text: 'since', speaker: speakerOf(cleo) }),
      ],
    });
    expect(scene.asked).toEqual([`GET /channels/support/messages?around=${reply.id}&limit=50`]);
    expect(town.channel('#support').id).toBe(reply.channel_id);
  });

  it('a reference that lies far back costs a second request', async () => {
    await using scene = await openScene();
    const far = await scene.ana.says('#support', 'far');
    for (let i = 0; i < 60; i++) await scene.cleo.says('#support', `in between ${i}`);
    const reply = await scene.ben.repliesTo(far, 'reply');
    expect(texts(await scene.around(reply, far))?.[0]).toBe('far');
    expect(scene.asked).toEqual([
      `GET /channels/support/messages?around=${reply.id}&limit=50`,
      `GET /channels/support/messages/${far.id}`,
    ]);
    await scene.ana.deletes(far);
    const without = await scene.around(reply, far);
    expect(without?.said.map(({ id }) => id)).toContain(reply.id);
    expect(without?.said.map(({ id }) => id)).not.toContain(far.id);
  });

  it.each([
    { retryAfter: 0.2 },
    { retryAfter: 30 },
    { global: true, retryAfter: 0.2 },
    { global: true, retryAfter: 30 },
  ])('a limit that Discord tells of is not waited for: %j', async (limit) => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    void scene.town.faults.next(page, { status: 429, ...limit });
    expect(await scene.around(reply)).toBeUndefined();
    expect(scene.asked).toHaveLength(1);
  });

  it('the limit of requests a second, which discord.js keeps by itself, is waited for', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    await scene.hears(reply.id);
    // Each on a route of its own, so that none waits for another; nothing is there.
    const others = Promise.allSettled(
      Array.from({ length: 60 }, (_, at) => scene.client.rest.get(`/guilds/${10n ** 17n + BigInt(at)}`)),
    );
    expect(texts(await scene.around(reply))).toEqual(['reply']);
    await others;
    expect(scene.asked.filter((one) => one.includes('/messages'))).toHaveLength(1);
  });

  it('a reply that is gone is not in it', async () => {
    await using scene = await openScene();
    await scene.ana.says('#support', 'before');
    const reply = await scene.ben.says('#support', 'reply');
    await scene.ben.deletes(reply);
    expect(texts(await scene.around(reply))).toEqual(['before']);
  });
});

describe('who speaks', () => {
  it('each name that a proxy brings is a person of its own, who cannot be asked', async () => {
    await using scene = await openScene();
    const { town } = scene;
    const one = await town.webhookSays('#support', 'Wren', 'one');
    const two = await town.webhookSays('#support', 'Lark', 'two');
    const three = await town.webhookSays('#support', 'Wren', 'three');
    expect([two.author.id, three.author.id]).toEqual([one.author.id, one.author.id]);
    const around = await scene.around(three);
    const [a, b, c] = around?.said.map(({ speaker }) => speaker) ?? [];
    expect(a?.key).toBe(c?.key);
    expect(a?.key).not.toBe(b?.key);
    expect(a?.names).toContain('Wren');
    for (const speaker of [a, b, c]) expect(speaker).not.toHaveProperty('user');
  });

  it('so is a bot, by what it says, shows, or answers with', async () => {
    await using scene = await openScene();
    const { town } = scene;
    const robot = town.addPerson('Confessions', { bot: true });
    robotSays(town, '#support', robot, { content: 'said' });
    robotSays(town, '#support', robot, { embeds: [{ title: 'Confession 7', description: 'shown' }] as never });
    robotSays(town, '#support', robot, { content: 'both', embeds: [{ description: 'of them' }] as never });
    robotSays(town, '#support', robot, { content: 'answered', type: MessageType.ChatInputCommand });
    const reply = await scene.ben.says('#support', 'reply');
    const around = await scene.around(reply);
    expect(texts(around)).toEqual(['said', 'shown', 'both\nof them', 'answered', 'reply']);
    const keys = new Set(around?.said.map(({ speaker }) => speaker.key));
    expect(keys.size).toBe(2);
    expect(around?.said[0]?.speaker).not.toHaveProperty('user');
  });

  it("Attune's own messages and Discord's own lines are nobody's", async () => {
    await using scene = await openScene();
    const { town, ana, mo } = scene;
    const post = await ana.says('#support', 'post');
    writeMessage(town.world, town.channel('#support'), { author: town.bot, content: 'a prompt' });
    await mo.pins(post);
    await mo.startsThread('#support', 'a thread');
    const reply = await scene.ben.says('#support', 'reply');
    expect(town.world.messages.get(reply.channel_id)?.size).toBe(5);
    expect(texts(await scene.around(reply))).toEqual(['post', 'reply']);
  });

  it('a preview under what a person wrote is not what they said', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'look https://example.org/x');
    scene.town.previewsLink(reply, 'https://example.org/x');
    expect(texts(await scene.around(reply))).toEqual(['look https://example.org/x']);
  });
});

describe('in a thread', () => {
  it('the message that it began with is fetched from the channel above', async () => {
    await using scene = await openScene();
    const { ana, ben, mo } = scene;
    const post = await ana.says('#support', 'post');
    const thread = await mo.startsThread(post, 'for ana');
    const said = await mo.says(thread, 'some room');
    const reply = await ben.repliesTo(said, 'reply');
    const around = await scene.around(reply, said);
    expect(texts(around)).toEqual(['some room', 'reply']);
    expect(around?.opening).toEqual({
      starter: { id: post.id, at: Date.parse(post.timestamp), text: 'post', speaker: speakerOf(ana) },
      tags: [],
    });
    expect(scene.asked).toEqual([
      `GET /channels/${thread.id}/messages?around=${reply.id}&limit=50`,
      `GET /channels/support/messages/${post.id}`,
    ]);
  });

  it('there is none where it began without one; a far reference is not asked for there', async () => {
    await using scene = await openScene();
    const thread = await scene.mo.startsThread('#support', 'evening round');
    const far = await scene.ana.says(thread, 'far');
    for (let i = 0; i < 60; i++) await scene.cleo.says(thread, `in between ${i}`);
    const reply = await scene.ben.repliesTo(far, 'reply');
    expect(await scene.around(reply, far)).not.toHaveProperty('opening');
    expect(scene.asked).toHaveLength(2);
  });

  it.each([403, 429])('nothing is read when Discord does not show how it began (%d)', async (status) => {
    await using scene = await openScene();
    const thread = await scene.mo.startsThread(await scene.ana.says('#support', 'post'), 'for ana');
    const reply = await scene.ben.says(thread, 'reply');
    void scene.town.faults.next(oneMessage, { status, code: status === 403 ? 50001 : 0 });
    expect(await scene.around(reply)).toBeUndefined();
  });
});

describe('in a forum post', () => {
  it('it is read from its beginning, with its title and its tags', async () => {
    await using scene = await openScene();
    const story = await scene.ana.posts('#stories', 'the quiet house', 'post', { tags: ['Grief', 'Advice welcome'] });
    await scene.cleo.says(story, 'oh ana');
    const reply = await scene.ben.says(story, 'reply');
    const around = await scene.around(reply);
    expect(texts(around)).toEqual(['post', 'oh ana', 'reply']);
    expect(around?.opening).toMatchObject({
      starter: { id: story.id, text: 'post' },
      title: 'the quiet house',
      tags: [{ name: 'Grief' }, { name: 'Advice welcome' }],
    });
    expect(scene.asked).toEqual([
      `GET /channels/${story.id}/messages?after=${BigInt(story.id) - 1n}&limit=100`,
      `GET /channels/${story.id}`,
    ]);
  });

  it('tags that are made and given later are known', async () => {
    await using scene = await openScene();
    const story = await scene.ana.posts('#stories', 'the quiet house', 'post');
    const forum = scene.town.channel('#stories');
    const id = scene.town.world.ids.next();
    forum.tags.push({ id, name: 'No advice', moderated: false, emoji_id: null, emoji_name: null });
    tellChannel(scene.town.world, 'CHANNEL_UPDATE', forum);
    scene.town.world.channels.get(story.id)?.thread?.tags.push(id);
    await scene.hears(forum.id);
    expect((await scene.around(story.message))?.opening?.tags).toEqual([{ name: 'No advice' }]);
    scene.says.set(id, 'nothing');
    expect((await scene.around(story.message))?.opening?.tags).toEqual([{ name: 'No advice', says: 'nothing' }]);
  });

  it('silence where the reply is not among its first hundred messages, or its beginning is gone', async () => {
    await using scene = await openScene();
    const story = await scene.ana.posts('#stories', 'the quiet house', 'post');
    for (let i = 0; i < 98; i++) await scene.cleo.says(story, `${i}`);
    const last = await scene.ben.says(story, 'the hundredth');
    expect((await scene.around(last))?.said).toHaveLength(100);
    const reply = await scene.ben.says(story, 'one more');
    expect(await scene.around(reply)).toBeUndefined();
    await scene.ana.deletes(story.message);
    expect(await scene.around(last)).toBeUndefined();
  });
});
