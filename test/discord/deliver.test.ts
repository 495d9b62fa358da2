import type { Exchange } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown } from '../town.ts';

/** How a note is sent: silently, once, and never against Discord's will. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const [nudges, note] = [sentences('commands/nudges.yaml'), sentences('note.yaml')];
const toDm = 'POST /channels/:id/messages';
const opening = 'POST /users/@me/channels';

const ready = (nudged = ['ben']) => openTown({ support: '#support', nudged });

async function fixes(town: AttuneTown, who: 'ben' | 'cleo' = 'ben') {
  const reply = await town[who].repliesTo(await town.ana.says('#support', sorrow), fix);
  return town.decisionOn(reply);
}
/** What the bot posts to people from now on: opened conversations and messages. */
function posts(town: AttuneTown): Exchange[] {
  const seen: Exchange[] = [];
  town.town.onExchange((exchange) => {
    if (exchange.method === 'POST' && !exchange.path.includes('interactions')) seen.push(exchange);
  });
  return seen;
}
const anyPace = async (town: AttuneTown) => {
  for (const one of [town.ben, town.cleo])
    if (town.store.members.hasNotes(town.town.guild.id, one.id))
      await town.store.members.setPace(town.town.guild.id, one.id, 'every');
};

describe.concurrent('a note', () => {
  it('comes without a sound, pings nobody, and carries the name of its claim', async () => {
    await using town = await ready();
    const seen = posts(town);
    await fixes(town);
    const sent = seen.at(-1)?.request as Record<string, unknown>;
    expect(sent).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
    expect(Number(sent.flags) & 4096).toBe(4096);
    expect(Number(sent.flags) & 32768).toBe(32768);
    expect(String(sent.nonce)).toMatch(/^.{8,25}$/);
    const note = await town.ben.nextDm();
    expect(note.flags).toBe(4096 | 32768);
  });

  it('does not mention anybody whose name is in the quoted words', async () => {
    await using town = await ready();
    const post = await town.ana.says('#support', sorrow);
    const reply = await town.ben.repliesTo(
      post,
      `<@${town.ana.id}> @everyone **you should see a therapist** <@${town.ana.id}>`,
    );
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    const note = await town.ben.nextDm();
    expect([note.mentions, note.mention_everyone]).toEqual([[], false]);
  });
});

describe.concurrent('a note is sent at most once', () => {
  it.each([
    ['the answer is lost', { loseAnswer: true } as const, 1],
    ['Discord fails', { status: 500 } as const, 0],
    ['Discord fails for longer', { status: 503, times: 5 } as const, 0],
    ['the connection is cut', { drop: true } as const, 0],
  ])('when %s', async (_, trouble, arrived) => {
    await using town = await ready();
    await anyPace(town);
    const seen = posts(town);
    const struck = town.town.faults.next(toDm, trouble);
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'failed', reason: 'answer lost' });
    await struck;
    town.town.faults.clear();
    expect(town.contacted()).toHaveLength(arrived);
    expect(seen.filter(({ path }) => path.endsWith('/messages')).length).toBeLessThanOrEqual(1);
    town.repeats(reply);
    await town.restart();
    town.repeats(reply);
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toHaveLength(arrived + 1);
  });

  it('when the answer does not come in time', async () => {
    await using town = await ready();
    const seen = posts(town);
    void town.town.faults.next(toDm, { delayAnswer: 12_000 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply, 15_000)).toMatchObject({ outcome: 'failed', reason: 'answer lost' });
    expect(seen.filter(({ path }) => path.endsWith('/messages'))).toHaveLength(1);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('when the answer is late', async () => {
    await using town = await ready();
    void town.town.faults.next(toDm, { delayAnswer: 1_000 });
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toEqual(['ben']);
  });

  it.each([[{ loseAnswer: true } as const], [{ status: 500 } as const]])(
    'when the conversation cannot be opened: %j',
    async (trouble) => {
      await using town = await ready();
      const seen = posts(town);
      void town.town.faults.next(opening, trouble);
      expect(await fixes(town)).toMatchObject({ outcome: 'failed', reason: 'answer lost' });
      expect(seen.filter(({ path }) => path.endsWith('/messages'))).toEqual([]);
      expect(town.contacted()).toEqual([]);
    },
  );
});

describe.concurrent('while the way to a member is being opened', () => {
  it.each<[string, string, (town: AttuneTown, reply: { id: string; channel_id: string }) => Promise<unknown>]>([
    ['they turn notes off', 'not opted in', async ({ ben }) => ben.presses(await ben.runs('/nudges'), 'nudges:off')],
    ['they delete their reply', 'deleted', ({ ben }, reply) => ben.deletes(reply)],
    ['the poster answers', 'poster answered', ({ ana }) => ana.says('#support', 'thank you, i know')],
    [
      'a moderator turns notes off',
      'settings changed',
      async ({ mo }) => mo.presses(await mo.runs('/setup'), 'setup:mode:off'),
    ],
  ])('%s: the note does not go', async (_, reason, meanwhile) => {
    await using town = await ready();
    const seen = posts(town);
    const struck = town.town.faults.next(opening, { delayAnswer: 1_500 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await struck;
    await meanwhile(town, reply);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason });
    expect(seen.filter(({ path }) => path.endsWith('/messages'))).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('when Discord says slow down', () => {
  it('a short limit is waited for', async () => {
    await using town = await ready();
    void town.town.faults.next(toDm, { status: 429, retryAfter: 0.3 });
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toEqual(['ben']);
  });

  it.each([opening, toDm])(
    'a long limit on %s is not: this note is left out, and others are not held up',
    async (route) => {
      await using town = await ready(['ben', 'cleo']);
      void town.town.faults.next(route, { status: 429, retryAfter: 600 });
      expect(await fixes(town, 'ben')).toMatchObject({ outcome: 'failed', reason: 'not sent' });
      const seen = posts(town);
      expect(await fixes(town, 'cleo')).toMatchObject({ outcome: expect.stringMatching(/failed|nudged/) });
      expect(seen.length).toBeLessThanOrEqual(2);
      expect(town.contacted()).not.toContain('ben');
    },
  );

  it('40003: nothing is sent for a while', async () => {
    await using town = await ready(['ben', 'cleo']);
    const seen = posts(town);
    void town.town.faults.next(opening, { status: 400, code: 40003 });
    expect(await fixes(town, 'ben')).toMatchObject({ outcome: 'failed', reason: 'not sent' });
    expect(await fixes(town, 'cleo')).toMatchObject({ outcome: 'failed', reason: 'not sent' });
    expect(seen).toHaveLength(1);
  });

  it('20026: nothing is sent at all any more', async () => {
    await using town = await ready(['ben', 'cleo']);
    const seen = posts(town);
    void town.town.faults.next(opening, { status: 403, code: 20026 });
    expect(await fixes(town, 'ben')).toMatchObject({ outcome: 'left alone', reason: 'sending stopped' });
    expect(await fixes(town, 'cleo')).toMatchObject({ outcome: 'left alone', reason: 'sending stopped' });
    expect(seen).toHaveLength(1);
  });
});

describe.concurrent('closed direct messages', () => {
  it('are remembered, not tried again, told at the next /nudges, and opened again there', async () => {
    await using town = await ready();
    await anyPace(town);
    town.ben.closesDms();
    expect(await fixes(town)).toMatchObject({ outcome: 'left alone', reason: 'DMs closed' });
    const seen = posts(town);
    town.ben.opensDms();
    expect(await fixes(town)).toMatchObject({ outcome: 'left alone', reason: 'DMs closed' });
    await town.restart();
    expect(await fixes(town)).toMatchObject({ outcome: 'left alone', reason: 'DMs closed' });
    expect(seen).toEqual([]);
    const panel = await town.ben.runs('/nudges');
    expect(panel).toShow(nudges('closed', { again: nudges('again') }));
    await town.ben.presses(panel, 'nudges:on');
    expect(await town.ben.nextDm()).toShow(note('sample'));
    expect(await fixes(town)).toMatchObject({ nudge: 'advice' });
  });

  it('when the conversation is opened, too', async () => {
    await using town = await ready();
    void town.town.faults.next(opening, { status: 403, code: 50007 });
    expect(await fixes(town)).toMatchObject({ outcome: 'left alone', reason: 'DMs closed' });
    expect(await town.store.members.of(town.town.guild.id, town.ben.id)).toMatchObject({ dms: 'closed' });
  });
});

describe.concurrent('somebody who is not there any more', () => {
  it.each([
    ['shares no server with the bot', 403, 50278],
    ['has no account', 404, 10013],
  ])('who %s is forgotten there, and only they are', async (_, status, code) => {
    await using town = await ready(['ben', 'cleo']);
    void town.town.faults.next(opening, { status, code });
    expect(await fixes(town)).toMatchObject({ outcome: 'left alone', reason: 'not there any more' });
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
    expect(await fixes(town)).toMatchObject({ reason: 'not opted in' });
    expect(await town.store.members.of(town.town.guild.id, town.cleo.id)).toMatchObject({ notes: true });
  });

  it.each([
    ['a fault of Discord', 500, undefined],
    ['a channel that is not known', 404, 10003],
  ])('%s forgets nobody', async (_, status, code) => {
    await using town = await ready();
    void town.town.faults.next(opening, { status, ...(code && { code }) });
    expect(await fixes(town)).toMatchObject({ outcome: 'failed' });
    expect(await town.store.members.of(town.town.guild.id, town.ben.id)).toMatchObject({ notes: true });
  });
});
