import type { GatewayMessageCreateDispatchData } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { heard } from '#discord/hear';
import { type AttuneTown, openTown } from '../town.ts';

/** What is heard at all, seen in a server that only counts: there everybody's replies are read and nobody is contacted. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const counting = (support: string | string[]) => openTown({ support, mode: 'observe' });

/** Everything that was said before this has been decided on, or was not heard. */
async function settled(town: AttuneTown, place: string): Promise<void> {
  const last = await town.cleo.says(place, 'i am here with you');
  await town.decisionOn(last);
}
const decided = (town: AttuneTown, message: { id: string }) =>
  town.decisions.filter(({ messages }) => messages.includes(message.id));

describe('where replies are heard', () => {
  it('in a chosen channel and its threads, and in no other', async () => {
    await using town = await counting('#support');
    const elsewhere = await town.ben.repliesTo(await town.ana.says('#general', sorrow), fix);
    const post = await town.ana.says('#support', sorrow);
    const here = await town.ben.repliesTo(post, fix);
    const thread = await town.ana.startsThread(post, 'about mum');
    const below = await town.ben.says(thread, fix);
    const private_ = await town.ana.startsPrivateThread('#general', 'just us', ['Ben']);
    await town.ana.says(private_, sorrow);
    const privately = await town.ben.says(private_, fix);
    expect(await town.decisionOn(here)).toMatchObject({ outcome: 'counted', post: post.id });
    expect(await town.decisionOn(below)).toMatchObject({ outcome: 'counted', post: post.id });
    await settled(town, '#support');
    expect(decided(town, elsewhere)).toEqual([]);
    expect(decided(town, privately)).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });

  it('in all posts of a chosen forum', async () => {
    await using town = await counting('#stories');
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow);
    const there = await town.ben.says(story, fix);
    const elsewhere = await town.ben.repliesTo(await town.ana.says('#circle', sorrow), fix);
    expect(await town.decisionOn(there)).toMatchObject({ outcome: 'counted', post: story.message.id });
    await settled(town, story.id);
    expect(decided(town, elsewhere)).toEqual([]);
  });

  it('in the channels, forums and threads below a chosen category', async () => {
    await using town = await counting('#Circles');
    const post = await town.ana.says('#circle', sorrow);
    const inChannel = await town.ben.repliesTo(post, fix);
    const inThread = await town.ben.says(await town.ana.startsThread(post, 'mum'), fix);
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow);
    const inPost = await town.ben.says(story, fix);
    const outside = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    for (const one of [inChannel, inThread, inPost])
      expect(await town.decisionOn(one)).toMatchObject({ outcome: 'counted' });
    await settled(town, '#circle');
    expect(decided(town, outside)).toEqual([]);
  });

  it('in a channel that was made after the bot came, and in a thread that was asleep', async () => {
    await using town = await counting('#Circles');
    const circles = town.town.channel('#circle').parent;
    town.town.addChannel(town.town.guild, { name: 'evening', parent: circles ?? null });
    const post = await town.ana.says('#evening', sorrow);
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ outcome: 'counted' });
    const thread = await town.ana.startsThread(post, 'mum');
    await town.ana.archives(thread);
    await town.restart();
    expect(await town.decisionOn(await town.ben.says(thread, fix))).toMatchObject({ outcome: 'counted' });
  });

  it('nowhere while the mode is off', async () => {
    await using town = await openTown({ support: '#support', mode: 'off', nudged: ['ben'] });
    await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await town.setUp([], 'on');
    const second = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(second)).toMatchObject({ nudge: 'advice' });
    expect(town.decisions.flatMap(({ messages }) => messages)).toHaveLength(2);
  });
});

describe('who and what is no reply', () => {
  it('bots, webhooks, system messages and forwards', async () => {
    await using town = await counting('#support');
    const robot = town.town.addPerson('Robot', { bot: true });
    const post = await town.ana.says('#support', sorrow);
    const unheard = [
      await robot.says('#support', fix),
      await robot.repliesTo(post, fix),
      await town.town.webhookSays('#support', 'Mirror', fix),
      await town.ben.forwards(await town.ben.says('#general', fix), '#support'),
    ];
    await town.mo.pins(post);
    await town.ben.startsThread('#support', fix);
    await settled(town, '#support');
    for (const one of unheard) expect(decided(town, one)).toEqual([]);
    const people = [town.ana.id, town.cleo.id];
    expect(town.decisions.every(({ replier }) => people.includes(replier))).toBe(true);
  });

  it.each([
    ['what is quoted', `> ${fix}\nthat is what they told you? i am so sorry`],
    ['inline code', `they wrote \`${fix}\` to you`],
    ['a block of code', `\`\`\`\n${fix}\n\`\`\``],
    ['a link', 'https://example.org/you-should-see-a-therapist?at=least+you+had+14+good+years'],
  ])('%s', async (_, text) => {
    await using town = await counting('#support');
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), text);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
  });

  it('but what stands beside them is', async () => {
    await using town = await counting('#support');
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, `> the house is so quiet\n<@${town.ana.id}> ${fix}`);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', kind: 'advice' });
  });

  it('a message without text', async () => {
    await using town = await counting('#support');
    await town.ana.says('#support', sorrow);
    const picture = await town.ben.says('#support', '', { files: [{ name: 'hug.png', bytes: 'x' }] });
    expect(await town.decisionOn(picture)).toMatchObject({ outcome: 'left alone', reason: 'no words' });
  });

  it('a message that comes again, or too late', async () => {
    await using town = await counting('#support');
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    town.repeats(reply);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted' });
    town.repeats(reply);
    const old = await town.ben.repliesTo(post, fix, { at: Date.now() - 121_000 });
    expect(await town.decisionOn(old)).toMatchObject({ outcome: 'left alone', reason: 'too old' });
    await settled(town, '#support');
    expect(
      decided(town, reply)
        .map(({ outcome }) => outcome)
        .sort(),
    ).toEqual(['counted', 'left alone', 'left alone']);
  });
});

describe('while it is being written', () => {
  const slowly = () => openTown({ support: '#support', mode: 'observe', settleMs: 250 });

  it('a fix that is edited away is no fix', async () => {
    await using town = await slowly();
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await town.ben.edits(reply, 'that quiet sounds heavy. i am here');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'looks fine' });
  });

  it('an edit can make a fix', async () => {
    await using town = await slowly();
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), 'oh');
    await town.ben.edits(reply, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', kind: 'advice' });
  });

  it('the preview of a link changes nothing, also before an edit', async () => {
    await using town = await slowly();
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), `${fix} https://example.org/x`);
    town.town.previewsLink(reply, 'https://example.org/x');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', messages: [reply.id] });
  });

  it('messages in a row are one reply', async () => {
    await using town = await slowly();
    const post = await town.ana.says('#support', sorrow);
    const parts = [
      await town.ben.repliesTo(post, 'you should'),
      await town.ben.says('#support', 'see a therapist'),
      await town.ben.says('#support', 'soon'),
    ];
    const decision = await town.decisionOn(parts[0] ?? { id: '' });
    expect(decision).toMatchObject({ outcome: 'counted', kind: 'advice', post: post.id });
    expect(decision.messages).toEqual(parts.map(({ id }) => id));
  });

  it('a deleted reply is left alone, and so is what is left of one when only a part is deleted', async () => {
    await using town = await slowly();
    const post = await town.ana.says('#support', sorrow);
    const gone = await town.ben.repliesTo(post, fix);
    await town.ben.deletes(gone);
    expect(await town.decisionOn(gone)).toMatchObject({ outcome: 'left alone', reason: 'deleted' });
    const kind = await town.cleo.repliesTo(post, 'i am here with you');
    const hasty = await town.cleo.says('#support', fix);
    await town.cleo.deletes(hasty);
    expect(await town.decisionOn(hasty)).toMatchObject({ outcome: 'left alone', reason: 'deleted' });
    expect(await town.decisionOn(kind)).toMatchObject({ outcome: 'left alone', messages: [kind.id] });
  });

  it('a purge ends the replies in it and the replies to posts in it', async () => {
    await using town = await slowly();
    const post = await town.ana.says('#support', sorrow);
    const other = await town.mo.says('#support', 'i lost my job and i am scared');
    const one = await town.ben.repliesTo(post, fix);
    const two = await town.cleo.repliesTo(other, fix);
    await town.mo.bulkDeletes([one, other]);
    expect(await town.decisionOn(one)).toMatchObject({ reason: 'deleted' });
    expect(await town.decisionOn(two)).toMatchObject({ reason: 'post deleted' });
  });

  it('without the post there is no reply, and an answer by the poster ends it', async () => {
    await using town = await slowly();
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    await town.ana.deletes(post);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'post deleted' });
    const again = await town.ana.says('#support', sorrow);
    const answered = await town.ben.repliesTo(again, fix);
    await town.ana.repliesTo(answered, 'thank you, i will');
    expect(await town.decisionOn(answered)).toMatchObject({ reason: 'poster answered' });
  });
});

describe('what was said, as a value', () => {
  const message = (more: object) =>
    ({
      id: '1500000000000000001',
      channel_id: '20',
      guild_id: '10',
      author: { id: '30', username: 'ben' },
      type: 0,
      content: 'hm',
      ...more,
    }) as unknown as GatewayMessageCreateDispatchData;

  it('knows that the answered message is gone', () => {
    const reply = { type: 19, message_reference: { channel_id: '20', message_id: '40' }, referenced_message: null };
    expect(heard(message(reply))).toMatchObject({ answers: 'deleted' });
  });

  it('takes a reply whose answered message Discord did not look up', () => {
    const reply = { type: 19, message_reference: { channel_id: '20', message_id: '40' } };
    expect(heard(message(reply))?.answers).toEqual({ channel: '20', id: '40' });
  });

  it('takes the older of what the id and the message say of the time', () => {
    const told = '2020-01-01T00:00:00.000Z';
    expect(heard(message({ timestamp: told }))?.at).toBe(Date.parse(told));
    expect(heard(message({ timestamp: 'nonsense' }))?.at).toBeGreaterThan(Date.parse(told));
  });

  it('is not upset by a message without text or author', () => {
    expect(heard(message({ content: undefined }))?.text).toBe('');
    expect(heard(message({ author: undefined }))).toBeUndefined();
  });

  it('hears nothing outside of servers', () => {
    expect(heard(message({ guild_id: undefined }))).toBeUndefined();
  });
});
