import { deleteChannel } from '@attune/town/world/places';
import { describe, expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { type AttuneTown, openTown } from '../town.ts';

/** From a message to a gentle nudge, or to none: the whole way, in the town. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const DAY = 24 * 60 * 60_000;

const ready = (more: Parameters<typeof openTown>[0] = {}) =>
  openTown({ support: '#support', nudged: ['ben'], ...more });

/** Ana shares, Ben jumps to fixing: what became of it. */
async function benFixes(town: AttuneTown, text = fix) {
  const post = await town.ana.says('#support', sorrow);
  const reply = await town.ben.repliesTo(post, text);
  return { reply, decision: await town.decisionOn(reply) };
}
async function setPace(town: AttuneTown, pace: string) {
  await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', [pace]);
}
/** As if a note had been sent `ago` ms before now. */
async function notedBefore({ store, town, ben, ana }: AttuneTown, ago: number) {
  const guild = town.guild.id;
  const { revision } = store.guilds.settings(guild);
  const asked = {
    guild,
    revision,
    replier: ben.id,
    poster: ana.id,
    messages: ['1'],
    about: 'advice',
    now: Date.now() - ago,
  };
  expect(await store.claim(asked)).toBeDefined();
}

describe('from a message to a gentle nudge', () => {
  it('an opted-in replier gets one private note', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, 'at least you had 14 good years');
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'silver-lining' });
    const note = await town.ben.nextDm();
    expect(note).toShow('at least you had 14 good years');
    expect(note).toShow(reply.id);
    expect(actionsOf(note)).toEqual(['note:another', 'note:why', 'note:wrong', 'note:settings']);
    expect(town.contacted()).toEqual(['ben']);
    expect(town.ends).toEqual([]);
  });

  it('nothing is ever said where others see it', async () => {
    await using town = await ready();
    const places: string[] = [];
    town.town.onExchange(({ method, path }) => {
      if (method !== 'GET') places.push(path.replace(/\d{5,}/g, ':id'));
    });
    await benFixes(town);
    expect(places).toEqual(['/api/v10/users/@me/channels', '/api/v10/channels/:id/messages']);
    expect(town.contacted()).toEqual(['ben']);
  });
});

describe('nobody is contacted', () => {
  it('who did not opt in', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.cleo.repliesTo(post, fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it('who opted in on another server only', async () => {
    await using town = await ready({
      before: (bare) =>
        void bare.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['support'], people: ['Ana', 'Ben'] }),
    });
    const there = 'Elsewhere#support';
    let panel = await town.mo.runs('/setup', {}, { in: there });
    panel = await town.mo.selects(panel, 'setup:channels', [there], { in: there });
    await town.mo.presses(panel, 'setup:mode:on', { in: there });
    const reply = await town.ben.repliesTo(await town.ana.says(there, sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it('who opted out again, also while the reply waits', async () => {
    await using town = await ready({ settleMs: 400 });
    const panel = await town.ben.runs('/nudges');
    const waiting = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await town.ben.presses(panel, 'nudges:off');
    expect(await town.decisionOn(waiting)).toMatchObject({ reason: 'not opted in' });
    const later = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(later)).toMatchObject({ reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it('who opted out while the conversation is being fetched', async () => {
    await using town = await ready();
    const panel = await town.ben.runs('/nudges');
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 300 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await fetched;
    await town.ben.presses(panel, 'nudges:off');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it.each([
    ['the reply waits', undefined],
    ['the conversation is being fetched', 'GET /channels/:id/messages'],
    ['their conversation is being opened', 'POST /users/@me/channels'],
  ])('who opted out by the buttons of an earlier note while %s', async (_, route) => {
    await using town = await ready({ settleMs: 400 });
    await setPace(town, 'every');
    await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    const settings = await town.ben.presses(await town.ben.nextDm(), 'note:settings');
    const struck = route && town.town.faults.next(route, { delayAnswer: 1_500 });
    const reply = await town.ben.repliesTo(await town.mo.says('#support', sorrow), fix);
    await struck;
    await town.ben.presses(settings, 'note:off');
    // Another process may hear of it from the database only when it claims the reply.
    const reason = expect.stringMatching(/^not (opted in|claimed)$/);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason });
    expect(town.contacted()).toEqual(['ben']);
  });

  it('when the post is deleted, or answered by its poster, while it is being fetched', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 200 });
    const reply = await town.ben.repliesTo(post, fix);
    await fetched;
    await town.ana.says('#support', 'you are right, i will');
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'poster answered' });
    const again = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 200 });
    const second = await town.ana.says('#support', sorrow);
    const to = await town.ben.repliesTo(second, fix);
    await again;
    await town.ana.deletes(second);
    expect(await town.decisionOn(to)).toMatchObject({ reason: 'post deleted' });
    expect(town.contacted()).toEqual([]);
  });

  it('when the moderators turn notes off meanwhile', async () => {
    await using town = await ready();
    const panel = await town.mo.runs('/setup');
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 300 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await fetched;
    await town.mo.presses(panel, 'setup:mode:off');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'settings changed' });
    expect(town.contacted()).toEqual([]);
  });

  it('when the moderators take the channel off the list while the reply waits', async () => {
    await using town = await ready({ settleMs: 600 });
    const panel = await town.mo.runs('/setup');
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await town.mo.selects(panel, 'setup:channels', ['#general']);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'off' });
    expect(town.contacted()).toEqual([]);
  });

  it('when the channel is deleted while the reply waits', async () => {
    await using town = await ready({ settleMs: 600 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    deleteChannel(town.town.world, town.town.channel('#support'));
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'deleted' });
    expect(town.contacted()).toEqual([]);
  });

  it('about a reply to somebody who leaves their posts out', async () => {
    await using town = await ready();
    await town.ana.presses(await town.ana.runs('/nudges'), 'nudges:posts:out');
    expect((await benFixes(town)).decision).toMatchObject({ reason: 'poster left out' });
    expect(town.contacted()).toEqual([]);
  });

  it('who snoozed, until the snooze is over', async () => {
    await using town = await ready();
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:snooze');
    expect((await benFixes(town)).decision).toMatchObject({ reason: 'snoozed' });
    await town.store.members.snooze(town.town.guild.id, town.ben.id, Date.now() - DAY);
    expect((await benFixes(town)).decision).toMatchObject({ nudge: 'advice' });
  });

  it.each([
    ['a reply that stays', 'that quiet sounds so heavy. i am here with you', 'looks fine'],
    ['a reply without words', '❤️', 'looks fine'],
  ])('about %s', async (_, text, reason) => {
    await using town = await ready();
    expect((await benFixes(town, text)).decision).toMatchObject({ outcome: 'left alone', reason });
    expect(town.contacted()).toEqual([]);
  });

  it('about advice that was asked for, or where somebody may be in danger', async () => {
    await using town = await ready();
    const asking = await town.ana.says('#support', `${sorrow}. what should i do? any advice?`);
    const one = await town.ben.repliesTo(asking, fix);
    expect(await town.decisionOn(one)).toMatchObject({ outcome: 'left alone', reason: 'asked for' });
    const danger = await town.ana.says('#support', 'i want to kill myself tonight');
    const two = await town.ben.repliesTo(danger, fix);
    expect(await town.decisionOn(two)).toMatchObject({ outcome: 'left alone', reason: 'danger' });
    expect(town.contacted()).toEqual([]);
  });
});

describe('how often', () => {
  it('once a day unless chosen otherwise', async () => {
    await using town = await ready();
    expect((await benFixes(town)).decision).toMatchObject({ nudge: 'advice' });
    expect((await benFixes(town)).decision).toMatchObject({ reason: 'noted lately' });
    expect(town.contacted()).toEqual(['ben']);
  });

  it.each([
    // Of the last one the day is kept; a whole day or week lies between it and the next.
    ['day', DAY, 'noted lately'],
    ['day', 2 * DAY, 'fix'],
    ['week', 7 * DAY, 'noted lately'],
    ['week', 8 * DAY, 'fix'],
    ['every', 1_000, 'fix'],
  ])('%s, %d ms after the last one: %s', async (pace, ago, reason) => {
    await using town = await ready();
    await setPace(town, pace);
    await notedBefore(town, ago);
    expect((await benFixes(town)).decision).toMatchObject({ reason });
    expect(town.contacted()).toEqual(reason === 'fix' ? ['ben'] : []);
  });
});

describe('observe only', () => {
  it("counts all members' replies and contacts nobody", async () => {
    await using town = await ready({ mode: 'observe' });
    const post = await town.ana.says('#support', sorrow);
    for (const one of [town.ben, town.cleo])
      expect(await town.decisionOn(await one.repliesTo(post, fix))).toMatchObject({ outcome: 'counted' });
    expect(town.contacted()).toEqual([]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await town.store.counts.since(town.town.guild.id, today)).toMatchObject([{ what: 'would', n: 2 }]);
  });
});

describe('one reply, at most one note', () => {
  it('when the event comes twice, also after the note and after a restart', async () => {
    await using town = await ready();
    await setPace(town, 'every');
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    town.repeats(reply);
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    town.repeats(reply);
    await town.restart();
    const made = town.decisions.length;
    town.repeats(reply);
    await town.decisionOn(await town.cleo.repliesTo(post, 'i am here with you'));
    expect(town.decisions.slice(made).map(({ outcome }) => outcome)).not.toContain('nudged');
    expect(town.contacted()).toEqual(['ben']);
  });

  it('and an edited reply is not a new one', async () => {
    await using town = await ready();
    await setPace(town, 'every');
    const { reply, decision } = await benFixes(town);
    expect(decision).toMatchObject({ nudge: 'advice' });
    await town.ben.edits(reply, `${fix}, really`);
    await town.decisionOn(await town.cleo.says('#support', 'i am here with you'));
    expect(town.contacted()).toEqual(['ben']);
  });
});
