import { deleteChannel } from '@attune/town/world/places';
import { describe, expect, it } from 'vitest';
import { openScene, page } from './around-scene.ts';

/** Where and how often conversations are looked at, and what comes of it when they cannot be seen. */

describe('what cannot be fetched means silence', () => {
  it.each([
    ['a channel that is gone', { status: 404, code: 10003 }],
    ['a channel that may not be seen', { status: 403, code: 50001 }],
    ['a history that may not be read', { status: 403, code: 50013 }],
    ['any other refusal', { status: 403, code: 40333 }],
    ['a limit, however short', { status: 429, retryAfter: 0.1 }],
  ])('%s', async (_, trouble) => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    void scene.town.faults.next(page, trouble);
    expect(await scene.around(reply)).toBeUndefined();
    expect(scene.asked).toHaveLength(1);
  });

  it.each([
    ['fails', { status: 500, times: 3 } as const],
    ['never answers', { hang: true, times: 9 } as const],
    ['stops in the middle of an answer', { stallAnswer: true, times: 9 } as const],
    ['cuts the connection', { drop: true, times: 9 } as const],
  ])('when Discord %s: within five seconds', async (_, trouble) => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    void scene.town.faults.next(page, trouble);
    const begun = performance.now();
    await expect(scene.around(reply)).rejects.toThrow();
    expect(performance.now() - begun).toBeLessThan(5_500);
  });

  it('but a short failure does not', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    void scene.town.faults.next(page, { status: 502 });
    expect(await scene.around(reply)).toBeDefined();
  });

  it('nothing is asked about a place that is gone', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    await scene.hears(reply.id);
    deleteChannel(scene.town.world, scene.town.channel('#support'));
    await scene.hears(reply.channel_id);
    scene.asked.length = 0;
    expect(await scene.around(reply)).toBeUndefined();
    expect(scene.asked).toEqual([]);
  });
});

describe('how often is asked', () => {
  const forbidden = { status: 403, code: 50013, times: 99 };

  it('twenty times a minute in one channel, and in others all the same', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    const other = await scene.ben.says('#general', 'reply');
    for (let i = 0; i < 20; i++) expect(await scene.around(reply)).toBeDefined();
    expect(await scene.around(reply)).toBeUndefined();
    expect(scene.asked).toHaveLength(20);
    expect(await scene.around(other)).toBeDefined();
    scene.later(60_000);
    expect(await scene.around(reply)).toBeDefined();
  });

  it('once in ten minutes where it was refused, in a channel with all its threads', async () => {
    await using scene = await openScene();
    const post = await scene.ana.says('#support', 'post');
    const reply = await scene.ben.says('#support', 'reply');
    const inThread = await scene.ben.says(await scene.mo.startsThread(post, 'for ana'), 'reply');
    const privately = await scene.mo.startsPrivateThread('#support', 'us', ['Ben', scene.town.bot.username]);
    const inPrivate = await scene.ben.says(privately, 'reply');
    void scene.town.faults.next(page, forbidden);
    for (const one of [inThread, reply, inThread, inPrivate, reply]) expect(await scene.around(one)).toBeUndefined();
    expect(scene.asked).toHaveLength(1);
    scene.town.faults.clear();
    scene.later(9.9 * 60_000);
    expect(await scene.around(reply)).toBeUndefined();
    scene.later(0.1 * 60_000);
    expect(await scene.around(reply)).toBeDefined();
    expect(scene.asked).toHaveLength(2);
  });

  it('five refusals a minute in one server, however many channels it has', async () => {
    await using scene = await openScene();
    const { town } = scene;
    town.addGuild({ name: 'Elsewhere', channels: ['help'], people: ['Ben'] });
    const replies = [];
    for (let i = 0; i < 8; i++) {
      town.addChannel(town.guild, { name: `room-${i}` });
      replies.push(await scene.ben.says(`#room-${i}`, 'reply'));
    }
    const there = await scene.ben.says('Elsewhere#help', 'reply');
    void town.faults.next(page, forbidden);
    for (const one of replies) expect(await scene.around(one)).toBeUndefined();
    expect(scene.asked).toHaveLength(5);
    town.faults.clear();
    expect(await scene.around(there)).toBeDefined();
  });

  it('all at once in many rooms, where nothing is refused', async () => {
    await using scene = await openScene();
    const replies = [];
    for (let i = 0; i < 12; i++) {
      scene.town.addChannel(scene.town.guild, { name: `room-${i}` });
      replies.push(await scene.ben.says(`#room-${i}`, 'reply'), await scene.cleo.says(`#room-${i}`, 'reply'));
    }
    const seen = await Promise.all(replies.map((reply) => scene.around(reply)));
    expect(seen.filter((around) => around !== undefined)).toHaveLength(24);
  });

  it('all at once in many rooms, a handful of times where all is refused', async () => {
    await using scene = await openScene();
    const replies = [];
    for (let i = 0; i < 12; i++) {
      scene.town.addChannel(scene.town.guild, { name: `room-${i}` });
      replies.push(await scene.ben.says(`#room-${i}`, 'reply'), await scene.cleo.says(`#room-${i}`, 'reply'));
    }
    void scene.town.faults.next(page, forbidden);
    const seen = await Promise.all(replies.map((reply) => scene.around(reply)));
    expect(seen.filter((around) => around !== undefined)).toEqual([]);
    expect(scene.asked).toHaveLength(5);
  });

  it('not at all while the process has been refused too often', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    scene.mayAsk(false);
    expect(await scene.around(reply)).toBeUndefined();
    expect(scene.asked).toEqual([]);
    scene.mayAsk(true);
    expect(await scene.around(reply)).toBeDefined();
  });

  it('a clock that is set back opens what was closed', async () => {
    await using scene = await openScene();
    const reply = await scene.ben.says('#support', 'reply');
    void scene.town.faults.next(page, { ...forbidden, times: 1 });
    expect(await scene.around(reply)).toBeUndefined();
    scene.later(-365 * 24 * 3_600_000);
    expect(await scene.around(reply)).toBeDefined();
  });
});
