import { describe, expect, it } from 'vitest';
import { type AttuneTown, onPostgres, openTown } from '../town.ts';

/** Moments in which nothing is heard: what was deleted, edited or answered then gets no note. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const kindly = 'that quiet sounds so heavy. i am here with you';

const ready = (more: Parameters<typeof openTown>[0] = {}) =>
  openTown({ support: '#support', nudged: ['ben', 'cleo'], ...more });
const back = (town: AttuneTown, how: 'identified' | 'resumed' | 'gone') =>
  new Promise<void>((resolve) => {
    const stop = town.town.gateway.watch((what) => {
      if (what !== how) return;
      stop();
      resolve();
    });
  });
/** Cleo's fix to a post of Mo's gets its note: by then everything before it was decided on. */
async function works(town: AttuneTown) {
  const reply = await town.cleo.repliesTo(await town.mo.says('#support', sorrow), fix);
  expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
}

type Pointed = { id: string; channel_id: string };
const unheard: [string, (town: AttuneTown, post: Pointed, reply: Pointed) => Promise<unknown>][] = [
  ['the reply was deleted', ({ ben }, _, reply) => ben.deletes(reply)],
  ['the reply was edited', ({ ben }, _, reply) => ben.edits(reply, kindly)],
  ['the post was deleted', ({ ana }, post) => ana.deletes(post)],
  ['the poster answered', ({ ana }) => ana.says('#support', 'thank you, i know')],
];

describe.concurrent('what is not heard is seen in the conversation', () => {
  it.each(unheard)('%s', async (_, happens) => {
    await using town = await ready({ settleMs: 300 });
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    const release = town.town.gateway.hold();
    await happens(town, post, reply);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    release();
    expect(town.contacted()).toEqual([]);
    await works(town);
  });

  it.each(unheard.slice(0, 2))('%s, and its event comes before the reply itself', async (_, happens) => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const later = town.town.gateway.hold();
    const reply = await town.ben.repliesTo(post, fix);
    const first = town.town.gateway.hold();
    await happens(town, post, reply);
    first();
    later();
    await works(town);
    expect(town.contacted()).toEqual(['cleo']);
  });
});

// Of one process and its connection to Discord, wherever it keeps what it knows.
describe.concurrent('a connection that has died without telling', { skip: onPostgres }, () => {
  it.each(unheard)('%s meanwhile', async (_, happens) => {
    await using town = await ready({ heartbeatMs: 200, settleMs: 1_500 });
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    const [gone, resumed] = [back(town, 'gone'), back(town, 'resumed')];
    town.town.gateway.goSilent();
    const release = town.town.gateway.hold();
    await happens(town, post, reply);
    await gone;
    town.town.gateway.goSilent(false);
    release();
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'connection lost' });
    await resumed;
    await works(town);
    expect(town.contacted()).toEqual(['cleo']);
  });
});

describe.concurrent('what a session tells when it is back', () => {
  it('a reply that was written and deleted while it was away gets no note', async () => {
    await using town = await ready({ settleMs: 300 });
    const post = await town.ana.says('#support', sorrow);
    const resumed = back(town, 'resumed');
    town.town.gateway.drop();
    const reply = await town.ben.repliesTo(post, fix);
    await town.ben.deletes(reply);
    await resumed;
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'deleted' });
    await works(town);
    expect(town.contacted()).toEqual(['cleo']);
  });

  // A new session waits for its turn at the door, longer than a decision is waited for here.
  it.skipIf(onPostgres)('a reply that an old session told of comes again in the new one, deleted by then', async () => {
    await using town = await ready({ settleMs: 300 });
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(post, fix);
    const again = back(town, 'identified');
    town.town.gateway.drop({ resumable: false });
    await town.ben.deletes(reply);
    await again;
    town.repeats(reply);
    await town.town.online();
    await works(town);
    expect(town.contacted()).toEqual(['cleo']);
  });
});
