import { describe, expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown } from '../town.ts';

/** A reply that plainly listens, told to the one who wrote it: the whole way, in the town. */

const sorrow = 'my mother died and the house is so quiet';
const listening = 'it makes sense that you miss her so much. do you want to tell me about her?';
const quoted = 'do you want to tell me about her?';
const fix = 'you should see a therapist';
const DAY = 24 * 60 * 60_000;
const say = sentences('letters.yaml');
const stays = sentences('feedback.yaml');

const ready = async (more: Parameters<typeof openTown>[0] = {}) => {
  const town = await openTown({ support: '#support', nudged: ['ben'], ...more });
  await tell(town);
  return town;
};
async function tell(town: AttuneTown, to: 'on' | 'off' = 'on') {
  const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
  return town.ben.presses(panel, `nudges:landed:${to}`);
}
async function benListens(town: AttuneTown, post = sorrow, text = listening) {
  const shared = await town.ana.says('#support', post);
  const reply = await town.ben.repliesTo(shared, text);
  return { reply, decision: await town.decisionOn(reply) };
}
const counted = async ({ store, town }: AttuneTown) =>
  (await store.counts.since(town.guild.id, '2000-01-01')).map(({ what, kind, n }) => `${kind} ${what} ${n}`);

describe('a reply that plainly listens', () => {
  it('is told to the one who wrote it, in private: what stays, why, and nothing to do', async () => {
    await using town = await ready();
    const { reply, decision } = await benListens(town);
    expect(decision).toMatchObject({ outcome: 'nudged', reason: 'landed' });
    expect(decision).not.toHaveProperty('kind');
    const letter = await town.ben.nextDm();
    const link = `https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}`;
    expect(letter).toShow(say('landed.heading'));
    expect(letter).toShow(`${say('landed.about', { guild: 'Harbour', link })}\n> ${quoted}`);
    expect(letter).toShow(stays('stays.asks-openly'));
    expect(letter).toShow(say('landed.honest'));
    expect(actionsOf(letter)).toEqual(['letter:off']);
    expect(letter).toMatchObject({ mentions: [], mention_everyone: false });
    expect(Number(letter.flags) & (1 << 12)).not.toBe(0);
    expect(await counted(town)).toEqual(['reply landed 1']);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('once a week at most, whatever the pace of notes, also after a restart', async () => {
    await using town = await ready({ sharesClock: true });
    expect((await benListens(town)).decision).toMatchObject({ reason: 'landed' });
    expect((await benListens(town)).decision).toMatchObject({ outcome: 'left alone', reason: 'looks fine' });
    await town.restart();
    town.town.clock.advance(6 * DAY);
    expect((await benListens(town)).decision).toMatchObject({ reason: 'looks fine' });
    town.town.clock.advance(2 * DAY);
    expect((await benListens(town)).decision).toMatchObject({ reason: 'landed' });
    expect(town.contacted()).toEqual(['ben', 'ben']);
  });

  it('once for one reply, also when its event comes again', async () => {
    await using town = await ready();
    const { reply } = await benListens(town);
    town.repeats(reply);
    await town.restart();
    town.repeats(reply);
    await town.decisionOn(await town.cleo.says('#support', 'i am here with you'));
    expect(town.contacted()).toEqual(['ben']);
  });

  it('of two at once one is told', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const thread = await town.ana.startsThread(post, 'quiet');
    const [one, other] = await Promise.all([town.ben.repliesTo(post, listening), town.ben.says(thread, listening)]);
    const decisions = await Promise.all([one, other].map((reply) => town.decisionOn(reply)));
    expect(decisions.filter(({ reason }) => reason === 'landed')).toHaveLength(1);
    expect(town.contacted()).toEqual(['ben']);
  });
});

describe('nobody is told', () => {
  it.each([
    ['a fix', 'at least you had 14 good years'],
    ['a fix after a kind word', 'it makes sense that you miss her. you should see a therapist'],
    ['ideas that are offered', 'that sounds so hard. do you want ideas, or just company?'],
    ['a hug', 'hugs'],
    ['a word of comfort', 'that quiet sounds so heavy. i am here with you'],
    ['a question about a detail', 'which house is it, the one by the sea?'],
    ['a bright side with a question', 'she would want you to be happy. how are you feeling?'],
  ])('of %s', async (_, text) => {
    await using town = await ready();
    expect((await benListens(town, sorrow, text)).decision.reason).not.toBe('landed');
    expect(town.ben.dms.flatMap(actionsOf)).not.toContain('letter:off');
  });

  it.each([
    ['the post shares no difficulty', 'anyone up for a game tonight?'],
    ['ideas are wanted', `${sorrow}. what should i do? any advice?`],
    ['somebody may be in danger', `${sorrow}. i want to die`],
    ['it is over', 'all good now, my mother is home again. thanks everyone'],
  ])('where %s', async (_, post) => {
    await using town = await ready();
    expect((await benListens(town, post)).decision.outcome).toBe('left alone');
    expect(town.contacted()).toEqual([]);
  });

  it('where somebody else there may be in danger', async () => {
    await using town = await ready();
    await town.cleo.says('#support', 'i cant do this any more, i want to end my life');
    expect((await benListens(town)).decision).toMatchObject({ outcome: 'left alone', reason: 'danger' });
    expect(town.contacted()).toEqual([]);
  });

  it('where the poster wants nothing any more', async () => {
    await using town = await ready();
    await town.ana.runs('/need', { want: 'heard' }, { in: '#support' });
    const post = await town.ana.says('#support', sorrow);
    await town.ana.runs('/need', { want: 'nothing' }, { in: '#support' });
    const reply = await town.ben.repliesTo(post, listening);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'it had ended' });
    // What somebody shares after that stands for itself.
    expect((await benListens(town)).decision).toMatchObject({ reason: 'landed' });
  });

  it('where the poster left their posts out, or has answered', async () => {
    await using town = await ready();
    await town.ana.presses(await town.ana.runs('/nudges'), 'nudges:posts:out');
    expect((await benListens(town)).decision).toMatchObject({ reason: 'poster left out' });
    await town.ana.presses(await town.ana.runs('/nudges'), 'nudges:posts:in');
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 200 });
    const reply = await town.ben.repliesTo(await town.cleo.says('#support', sorrow), listening);
    await fetched;
    await town.cleo.says('#support', 'thank you for asking');
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'poster answered' });
    expect(town.contacted()).toEqual([]);
  });

  it('who did not ask for it, snoozed, turned it off again, or turned notes off', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben', 'cleo'] });
    expect((await benListens(town)).decision).toMatchObject({ reason: 'looks fine' });
    await tell(town);
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:snooze');
    expect((await benListens(town)).decision).toMatchObject({ reason: 'looks fine' });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:wake');
    await tell(town, 'off');
    expect((await benListens(town)).decision).toMatchObject({ reason: 'looks fine' });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:off');
    expect((await benListens(town)).decision).toMatchObject({ reason: 'not opted in' });
    expect(town.contacted()).toEqual([]);
  });

  it('outside support channels, and while moderators only count', async () => {
    await using town = await ready();
    await town.ben.repliesTo(await town.ana.says('#general', sorrow), listening);
    await town.setUp([], 'observe');
    expect((await benListens(town)).decision).toMatchObject({ outcome: 'left alone', reason: 'looks fine' });
    expect(await counted(town)).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });

  it('who turned it off, left out their posts or took notes off while it was on its way', async () => {
    await using town = await ready();
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    const opening = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 300 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), listening);
    await opening;
    await town.ben.presses(panel, 'nudges:landed:off');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(town.contacted()).toEqual([]);
  });

  it('twice, when the first could not reach them: closed direct messages are not tried again', async () => {
    await using town = await ready();
    town.ben.closesDms();
    expect((await benListens(town)).decision).toMatchObject({ outcome: 'left alone', reason: 'DMs closed' });
    town.ben.opensDms();
    expect((await benListens(town)).decision).toMatchObject({ reason: 'looks fine' });
    expect(await counted(town)).toEqual([]);
  });
});

describe('a kind that a member turned off', () => {
  const choose = async (town: AttuneTown, kinds: readonly string[]) =>
    town.ben.selects(await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more'), 'nudges:kinds', kinds);
  const benFixes = async (town: AttuneTown, text = fix) =>
    town.decisionOn(await town.ben.repliesTo(await town.ana.says('#support', sorrow), text));

  it('is never told of; others are, also after a restart', async () => {
    await using town = await ready();
    await choose(town, ['silver-lining', 'cheerleading']);
    expect(await benFixes(town)).toMatchObject({ outcome: 'left alone', reason: 'kind turned off', kind: 'advice' });
    await town.restart();
    expect(await benFixes(town)).toMatchObject({ reason: 'kind turned off' });
    expect(await benFixes(town, 'at least you had 14 good years')).toMatchObject({ nudge: 'silver-lining' });
    expect(town.contacted()).toEqual(['ben']);
  });

  it('while its note is on the way: it goes no further', async () => {
    await using town = await ready();
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    const opening = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 300 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await opening;
    await town.ben.selects(panel, 'nudges:kinds', []);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(town.contacted()).toEqual([]);
  });

  it('is counted all the same where moderators only count: nobody is contacted there', async () => {
    await using town = await ready();
    await choose(town, []);
    await town.setUp([], 'observe');
    expect(await benFixes(town)).toMatchObject({ outcome: 'counted', kind: 'advice' });
    expect(town.contacted()).toEqual([]);
  });
});

describe('its button', () => {
  it('ends it and brings it back, after a restart, and leaves notes as they are', async () => {
    await using town = await ready();
    await benListens(town);
    const letter = await town.ben.nextDm();
    await town.restart();
    const off = await town.ben.presses(letter, 'letter:off');
    expect(off).toMatchObject({ ephemeral: true });
    expect(off).toShow(say('landed.turnedOff', { guild: 'Harbour' }));
    const member = () => town.store.members.of(town.town.guild.id, town.ben.id);
    expect(await member()).toMatchObject({ notes: true, landed: false });
    expect(await town.ben.presses(off, 'letter:on')).toShow(say('landed.turnedOn', { guild: 'Harbour' }));
    expect(await member()).toMatchObject({ notes: true, landed: true });
  });

  it('says so where notes are off, or the bot has left', async () => {
    await using town = await ready();
    await benListens(town);
    const off = await town.ben.presses(await town.ben.nextDm(), 'letter:off');
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:off');
    const values = { guild: 'Harbour', nudges: mention(town.town, 'nudges') };
    expect(await town.ben.presses(off, 'letter:on')).toShow(say('landed.cannot', values));
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
    town.town.botLeaves(town.town.guild);
    expect(await town.ben.presses(off, 'letter:on')).toShow(say('gone'));
  });
});
