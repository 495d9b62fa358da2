import { describe, expect, it } from 'vitest';
import { type AttuneTown, openTown } from '../town.ts';

/** Which post a reply answers, and how often anything is fetched for it. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const fine = 'that quiet sounds so heavy. i am here with you';
const counting = () => openTown({ support: ['#support', '#stories'], mode: 'observe' });

/** The messages that the bot has fetched, in order. */
function fetches(town: AttuneTown): string[] {
  const seen: string[] = [];
  town.town.onExchange(({ method, path }) => {
    const id = method === 'GET' && /\/messages\/(\d+)$/.exec(path)?.[1];
    if (id) seen.push(id);
  });
  return seen;
}

describe('the post that is answered', () => {
  it('is the one that a reply points at, however old, and not the newest', async () => {
    await using town = await counting();
    const post = await town.ana.says('#support', sorrow, { at: Date.now() - 3_600_000 });
    await town.mo.says('#support', 'good morning everybody');
    const reply = await town.ben.repliesTo(post, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', post: post.id });
  });

  it('is the message that a thread was started from', async () => {
    await using town = await counting();
    const post = await town.ana.says('#support', sorrow);
    const thread = await town.mo.startsThread(post, 'for ana');
    await town.mo.says(thread, 'i made us some room here');
    const reply = await town.ben.says(thread, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', post: post.id });
  });

  it('is a forum post, of which the title is a part', async () => {
    await using town = await counting();
    const plain = await town.ana.posts('#stories', 'the quiet house', sorrow);
    const asking = await town.cleo.posts('#stories', 'any advice? what should i do', sorrow);
    expect(await town.decisionOn(await town.ben.says(plain, fix))).toMatchObject({ outcome: 'counted' });
    expect(await town.decisionOn(await town.ben.says(asking, fix))).toMatchObject({ reason: 'asked for' });
  });

  it('is the newest message of somebody else within ten minutes', async () => {
    await using town = await counting();
    await town.mo.says('#support', 'hello there');
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.says('#support', fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', post: post.id });
  });

  it('is nothing when the last message is older than that, or was deleted', async () => {
    await using town = await counting();
    await town.ana.says('#support', sorrow, { at: Date.now() - 11 * 60_000 });
    expect(await town.decisionOn(await town.ben.says('#support', fix))).toMatchObject({ reason: 'no post' });
    const post = await town.ana.says('#support', sorrow);
    await town.ana.deletes(post);
    expect(await town.decisionOn(await town.cleo.says('#support', fix))).toMatchObject({
      post: expect.not.stringMatching(post.id),
    });
  });

  it('is the newest message in a thread that began without one', async () => {
    await using town = await counting();
    const thread = await town.mo.startsThread('#support', 'evening round');
    const post = await town.ana.says(thread, sorrow);
    const reply = await town.ben.says(thread, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'counted', post: post.id });
  });

  it("is not one's own", async () => {
    await using town = await counting();
    const post = await town.ben.says('#support', sorrow);
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ reason: 'own post' });
    const story = await town.ben.posts('#stories', 'the quiet house', sorrow);
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject({ reason: 'own post' });
  });

  it("is not a bot's or a webhook's", async () => {
    await using town = await counting();
    const robot = town.town.addPerson('Robot', { bot: true });
    for (const post of [await robot.says('#support', sorrow), await town.town.webhookSays('#support', 'M', sorrow)])
      expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ reason: 'not a person' });
  });

  it('is what the poster wrote in a row', async () => {
    await using town = await counting();
    const first = await town.ana.says('#support', sorrow);
    await town.ana.says('#support', 'any advice? what should i do');
    const reply = await town.ben.repliesTo(first, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'asked for', post: first.id });
  });
});

describe('the post is fetched', () => {
  it('once, and only for a reply that looks like a fix', async () => {
    await using town = await counting();
    const seen = fetches(town);
    const post = await town.ana.says('#support', sorrow);
    await town.decisionOn(await town.ben.repliesTo(post, fine));
    expect(seen).toEqual([]);
    await town.decisionOn(await town.cleo.repliesTo(post, fix));
    expect(seen).toEqual([post.id]);
  });

  it('not when no note is possible', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:snooze');
    const seen = fetches(town);
    const post = await town.ana.says('#support', sorrow);
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ reason: 'snoozed' });
    expect(await town.decisionOn(await town.cleo.repliesTo(post, fix))).toMatchObject({ reason: 'not opted in' });
    expect(seen).toEqual([]);
  });

  it('in vain when it is gone, hidden, or Discord fails: then nobody is contacted', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const post = await town.ana.says('#support', sorrow);
    const route = 'GET /channels/:id/messages/:message';
    void town.town.faults.next(route, { status: 404, code: 10008 });
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ reason: 'no post' });
    void town.town.faults.next(route, { status: 403, code: 50001 });
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ reason: 'no post' });
    void town.town.faults.next(route, { status: 500, times: 3 });
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({
      outcome: 'failed',
      stage: 'post',
    });
    expect(town.contacted()).toEqual([]);
  });

  it('with its title, once, in a forum; and when that fails nobody is contacted', async () => {
    await using town = await openTown({ support: '#stories', nudged: ['ben'] });
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow);
    const route = 'GET /channels/:id';
    void town.town.faults.next(route, { status: 500, times: 3 });
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject({ outcome: 'failed', stage: 'post' });
    const asked: string[] = [];
    town.town.onExchange(({ method, path }) => asked.push(`${method} ${path.replace('/api/v10', '')}`));
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject({ nudge: 'advice' });
    const gets = [`GET /channels/${story.id}`, `GET /channels/${story.id}/messages/${story.id}`];
    expect(asked.filter((line) => line.startsWith('GET')).sort()).toEqual(gets);
  });

  it('again after a short failure', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const post = await town.ana.says('#support', sorrow);
    void town.town.faults.next('GET /channels/:id/messages/:message', { status: 502 });
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ nudge: 'advice' });
  });
});
