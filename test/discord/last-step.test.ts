import { deleteChannel, tellChannel } from '@attune/town/world/places';
import { describe, expect, it } from 'vitest';
import { type AttuneTown, openTown } from '../town.ts';

/** The last step: a note is never late, and never about what is gone. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const kindly = 'that quiet sounds so heavy. i am here with you';
const toDm = 'POST /channels/:id/messages';
const fetching = 'GET /channels/:id/messages';

type Scene = { town: AttuneTown; post: Pointed; reply: Pointed };
type Pointed = { id: string; channel_id: string };

const ready = (more: Parameters<typeof openTown>[0] = {}) =>
  openTown({ support: '#support', nudged: ['ben', 'cleo'], ...more });

async function fixes(town: AttuneTown, who: 'ben' | 'cleo' = 'ben'): Promise<Scene> {
  const post = await town.ana.says('#support', sorrow);
  return { town, post, reply: await town[who].repliesTo(post, fix) };
}
/** What the bot asks of Discord from now on to reach people: conversations that it opens, and messages. */
function letters(town: AttuneTown): string[] {
  const seen: string[] = [];
  town.town.onExchange(({ method, path, status }) => {
    if (method === 'POST' && /\/channels(\/\d+\/messages)?$/.test(path))
      seen.push(`${path.split('/').at(-1)} ${status}`);
  });
  return seen;
}

/** Choices that are made only while a limit is waited for: before, the claim asks for them. */
const choices: [string, (town: AttuneTown) => Promise<unknown>][] = [
  ['they snooze', async ({ ben }) => ben.presses(await ben.runs('/nudges'), 'nudges:snooze')],
  ['the poster leaves their posts out', async ({ ana }) => ana.presses(await ana.runs('/nudges'), 'nudges:posts:out')],
];

/** What may happen to a note's cause while the note is on its way; and what the decision says then. */
const meanwhile: [string, RegExp, (scene: Scene) => unknown][] = [
  [
    'they turn notes off',
    /not opted in/,
    async ({ town: { ben } }) => ben.presses(await ben.runs('/nudges'), 'nudges:off'),
  ],
  ['they delete their reply', /deleted/, ({ town: { ben }, reply }) => ben.deletes(reply)],
  ['they edit it', /edited/, ({ town: { ben }, reply }) => ben.edits(reply, kindly)],
  ['the post is deleted', /post deleted/, ({ town: { ana }, post }) => ana.deletes(post)],
  ['both are purged', /deleted/, ({ town: { mo }, post, reply }) => mo.bulkDeletes([post, reply])],
  ['the poster answers', /poster answered/, ({ town: { ana } }) => ana.says('#support', 'thank you, i know')],
  [
    'notes are turned off',
    /settings changed/,
    async ({ town: { mo } }) => mo.presses(await mo.runs('/setup'), 'setup:mode:off'),
  ],
  ['the channel is deleted', /deleted/, ({ town: { town } }) => deleteChannel(town.world, town.channel('#support'))],
  ['the bot is removed', /server left/, ({ town: { town } }) => town.botLeaves(town.guild)],
  ['the server has an outage', /connection lost/, ({ town: { town } }) => town.outage(town.guild, true)],
  ['the connection is lost', /connection lost/, ({ town: { town } }) => town.gateway.drop()],
  ['Discord asks for a reconnect', /connection lost/, ({ town: { town } }) => town.gateway.reconnect()],
  ['the session is lost', /connection lost/, ({ town: { town } }) => town.gateway.invalidateSession()],
];

describe.concurrent.each(meanwhile)('when %s', (_, reason, happens) => {
  it('while a limit is waited for, it is not sent again', async () => {
    await using town = await ready();
    const seen = letters(town);
    const struck = town.town.faults.next(toDm, { status: 429, retryAfter: 1 });
    const scene = await fixes(town);
    await struck;
    await happens(scene);
    const decision = await town.decisionOn(scene.reply);
    expect(decision).toMatchObject({ outcome: 'left alone', reason: expect.stringMatching(reason) });
    expect(seen).toEqual(['channels 200', 'messages 429']);
    expect(town.contacted()).toEqual([]);
  });

  it('while the conversation is fetched, nothing is sent', async () => {
    await using town = await ready();
    const seen = letters(town);
    const struck = town.town.faults.next(fetching, { delayAnswer: 700 });
    const scene = await fixes(town);
    await struck;
    await happens(scene);
    const decision = await town.decisionOn(scene.reply);
    expect(decision).toMatchObject({ outcome: 'left alone', reason: expect.stringMatching(reason) });
    expect(seen).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });

  it('while it settles, nothing is sent', async () => {
    await using town = await ready({ settleMs: 500 });
    const seen = letters(town);
    const scene = await fixes(town);
    await happens(scene);
    expect(await town.decisionOn(scene.reply)).toMatchObject({ outcome: 'left alone' });
    expect(seen).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('while a limit is waited for', () => {
  it.each(choices)('%s: it is not sent again', async (_, chooses) => {
    await using town = await ready();
    const seen = letters(town);
    const struck = town.town.faults.next(toDm, { status: 429, retryAfter: 1 });
    const { reply } = await fixes(town);
    await struck;
    await chooses(town);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(seen).toEqual(['channels 200', 'messages 429']);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('the claim', () => {
  it.each(choices)('is slow to answer, and %s right after it: nothing is sent', async (_, chooses) => {
    await using town = await ready();
    const seen = letters(town);
    const { store } = town;
    const { claim } = store;
    store.claim = async (asked) => {
      const claimed = await claim(asked);
      await chooses(town);
      return claimed;
    };
    const { reply } = await fixes(town);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(seen).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });

  it('was answered, and then the database goes away: nobody knows what is chosen elsewhere, and nothing is sent', async () => {
    await using town = await ready();
    const seen = letters(town);
    const struck = town.town.faults.next(toDm, { status: 429, retryAfter: 1 });
    const { reply } = await fixes(town);
    await struck;
    town.store.members.hasNotes = () => false;
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(seen).toEqual(['channels 200', 'messages 429']);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('a thread', () => {
  it('whose channel goes takes the note about it along', async () => {
    await using town = await ready();
    const thread = await town.mo.startsThread(await town.ana.says('#support', sorrow), 'for ana');
    const seen = letters(town);
    const struck = town.town.faults.next(toDm, { status: 429, retryAfter: 1 });
    const reply = await town.ben.says(thread, fix);
    await struck;
    // Without a word about the thread itself.
    tellChannel(town.town.world, 'CHANNEL_DELETE', town.town.channel('#support'));
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(seen).toEqual(['channels 200', 'messages 429']);
    expect(town.contacted()).toEqual([]);
  });
});
