import { describe, expect, it } from 'vitest';
import type { StandingReason } from '#nudge/decide';
import { createNudge, type Decision, type NoTurn, type NudgePorts, type Sent } from '#nudge/nudge';
import type { LeftReason, Reply } from '#nudge/reply';
import { detector, openWorld, replyOf, type World } from './ports.ts';
import { minutes } from './scene.ts';

/** Decides on one reply; the one decision that it led to. */
async function decisionOn(reply: Reply, world: World): Promise<Decision> {
  await createNudge(world).reply(reply);
  expect(world.decisions).toHaveLength(1);
  const [decision] = world.decisions;
  if (!decision) throw new Error('no decision');
  return decision;
}

const fails = (): never => {
  throw new Error('a fault');
};
const never = fails as () => Promise<never>;

describe('a fix in a server that is on', () => {
  it('gets one note, claimed before it is sent, and is counted', async () => {
    const world = openWorld();
    const reply = replyOf();
    const decision = await decisionOn(reply, world);
    expect(decision).toEqual({
      guild: 'harbour',
      channel: 'support',
      messages: reply.messages,
      replier: 'ben',
      post: '1',
      outcome: 'nudged',
      kind: 'silver-lining',
      words: 'at least',
      reason: 'fix',
      reading: await detector.read('at least you had 14 years', 'my dog died'),
    });
    expect(world.notes).toEqual([
      {
        guild: 'harbour',
        channel: 'support',
        messages: reply.messages,
        replier: 'ben',
        post: { channel: 'support', id: '1' },
        kind: 'silver-lining',
        words: 'at least',
      },
    ]);
    expect(world.claims).toMatchObject([
      { guild: 'harbour', revision: 1, replier: 'ben', poster: 'ana', messages: reply.messages },
    ]);
    expect(world.counted).toEqual(['harbour silver-lining noted']);
    expect(world.fetched).toEqual(['1']);
  });

  it('answers the next candidate when the first does not exist', async () => {
    const world = openWorld();
    const { post } = world;
    world.post = async (ref) => (ref.id === 'gone' ? undefined : post(ref));
    const posts = [
      { channel: 'support', id: 'gone', ids: ['gone'] },
      { channel: 'thread', id: '7', ids: ['7'], author: 'ana' },
    ];
    expect(await decisionOn(replyOf(undefined, { posts }), world)).toMatchObject({ outcome: 'nudged', post: '7' });
    expect(world.notes).toMatchObject([{ post: { channel: 'thread', id: '7' } }]);
  });

  it('fetches one post only', async () => {
    const world = openWorld();
    const posts = ['1', '2'].map((id) => ({ channel: 'support', id, ids: [id] }));
    await decisionOn(replyOf(undefined, { posts }), world);
    expect(world.fetched).toEqual(['1']);
  });
});

describe('a fix in a server that only observes', () => {
  const observing = {
    settings: () => ({ mode: 'observe', revision: 3 }),
    standing: async () => ({ mode: 'observe', revision: 3, member: { notes: false, pace: 'day', dms: 'open' } }),
    inTurn: never,
    claim: never,
  } satisfies Partial<NudgePorts>;

  it('is counted, and nobody is contacted', async () => {
    const world = openWorld(observing);
    expect(await decisionOn(replyOf(), world)).toMatchObject({
      outcome: 'counted',
      kind: 'silver-lining',
      words: 'at least',
      reason: 'fix',
    });
    expect(world.counted).toEqual(['harbour silver-lining would']);
    expect(world.faults).toEqual([]);
  });

  it('is not counted when the settings changed meanwhile', async () => {
    const world = openWorld({ ...observing, settings: () => ({ mode: 'off', revision: 4 }) });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'left alone', reason: 'settings changed' });
    expect(world.counted).toEqual([]);
  });
});

describe('left alone', () => {
  it('what looks fine: nothing is asked or fetched', async () => {
    const world = openWorld({ standing: never, post: never, leavesPostsOut: never });
    const decision = await decisionOn(replyOf('i am so sorry'), world);
    expect(decision).toMatchObject({ outcome: 'left alone', reason: 'looks fine', post: '1' });
    expect(decision).not.toHaveProperty('reading');
  });

  it.each<[StandingReason, Awaited<ReturnType<NudgePorts['standing']>>]>([
    ['off', { mode: 'off', revision: 1, member: { notes: true, pace: 'every', dms: 'open' } }],
    ['not opted in', { mode: 'on', revision: 1, member: { notes: false, pace: 'every', dms: 'open' } }],
    ['DMs closed', { mode: 'on', revision: 1, member: { notes: true, pace: 'every', dms: 'closed' } }],
    [
      'snoozed',
      { mode: 'on', revision: 1, member: { notes: true, pace: 'every', dms: 'open', snoozedUntil: Date.now() + 1e9 } },
    ],
    [
      'noted lately',
      { mode: 'on', revision: 1, member: { notes: true, pace: 'day', dms: 'open', notedAt: Date.now() } },
    ],
  ])('when no note is possible (%s): no post is fetched', async (reason, standing) => {
    const world = openWorld({ standing: async () => standing, post: never });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'left alone', reason });
  });

  it.each<[string, Partial<NudgePorts>]>([
    ['no post', { post: async () => undefined }],
    ['own post', { post: async () => ({ author: 'ben', isPerson: true, text: 'my dog died' }) }],
    ['not a person', { post: async () => ({ author: 'rss', isPerson: false, text: 'news' }) }],
    ['post without words', { post: async () => ({ author: 'ana', isPerson: true, text: ' ' }) }],
    ['poster left out', { leavesPostsOut: async () => true }],
  ])('%s: nothing is read', async (reason, ports) => {
    const read: string[] = [];
    const world = openWorld({
      detector: {
        ...detector,
        read: (reply, post) => {
          read.push(reply);
          return detector.read(reply, post);
        },
      },
      ...ports,
    });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'left alone', reason });
    expect(read).toEqual([]);
    expect(world.claims).toEqual([]);
  });

  it('what was asked for, with its reading', async () => {
    const world = openWorld({
      post: async () => ({ author: 'ana', isPerson: true, text: 'my dog died. should i get a new one?' }),
    });
    const decision = await decisionOn(replyOf(), world);
    expect(decision).toMatchObject({ outcome: 'left alone', kind: 'silver-lining', reason: 'asked for' });
    expect(decision.reading?.post['asks-advice']).toBe(1);
    expect(decision).not.toHaveProperty('words');
    expect(world.counted).toEqual([]);
  });

  it.each<LeftReason>(['deleted', 'edited', 'poster answered', 'post deleted', 'not opted in'])(
    'what ended (%s) while its post was fetched',
    async (reason) => {
      let ended: LeftReason | undefined;
      const world = openWorld({
        async post() {
          ended = reason;
          return { author: 'ana', isPerson: true, text: 'my dog died' };
        },
      });
      const decision = await decisionOn(replyOf(undefined, { ended: () => ended }), world);
      expect(decision).toMatchObject({ outcome: 'left alone', reason });
      expect(decision).not.toHaveProperty('reading');
      expect(world.claims).toEqual([]);
    },
  );

  it('what ended because its post is gone', async () => {
    let ended: LeftReason | undefined;
    const world = openWorld({
      async post() {
        ended = 'post deleted';
        return undefined;
      },
    });
    const decision = await decisionOn(replyOf(undefined, { ended: () => ended }), world);
    expect(decision).toMatchObject({ outcome: 'left alone', reason: 'post deleted', post: '1' });
  });

  it('what the poster, known by now, has answered', async () => {
    const ended = (poster?: string): LeftReason | undefined => (poster === 'ana' ? 'poster answered' : undefined);
    const world = openWorld();
    expect(await decisionOn(replyOf(undefined, { ended }), world)).toMatchObject({ reason: 'poster answered' });
    expect(world.claims).toEqual([]);
  });

  it.each<LeftReason>(['deleted', 'edited', 'poster answered'])(
    'what ended (%s) while its note waited to be sent: nothing is claimed',
    async (reason) => {
      let ended: LeftReason | undefined;
      const world = openWorld({
        async inTurn(_, work) {
          ended = reason;
          return work(never);
        },
      });
      expect(await decisionOn(replyOf(undefined, { ended: () => ended }), world)).toMatchObject({
        outcome: 'left alone',
        kind: 'silver-lining',
        reason,
      });
      expect(world.claims).toEqual([]);
    },
  );

  it('what ended while it was claimed: the claim is not used', async () => {
    let ended: LeftReason | undefined;
    const world = openWorld({
      async claim() {
        ended = 'deleted';
        return { nonce: 'n' };
      },
    });
    expect(await decisionOn(replyOf(undefined, { ended: () => ended }), world)).toMatchObject({ reason: 'deleted' });
    expect(world.notes).toEqual([]);
  });

  it('what became older than two minutes while its note waited', async () => {
    const at = Date.now();
    let now = at;
    const world = openWorld({
      now: () => now,
      async inTurn(_, work) {
        now = at + minutes(2) + 1;
        return work(never);
      },
    });
    expect(await decisionOn(replyOf(undefined, { at }), world)).toMatchObject({ reason: 'too old' });
    expect(world.claims).toEqual([]);
  });

  it('what was decided under settings that changed', async () => {
    const world = openWorld({ settings: () => ({ mode: 'on', revision: 2 }) });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'left alone', reason: 'settings changed' });
  });

  it('what the database refuses to claim', async () => {
    const world = openWorld({ claim: async () => undefined });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'left alone', reason: 'not claimed' });
    expect(world.notes).toEqual([]);
  });
});

describe('sending', () => {
  it.each<[Sent, Partial<Decision>]>([
    ['unknown', { outcome: 'failed', reason: 'answer lost', stage: 'send' }],
    ['failed', { outcome: 'failed', reason: 'not sent', stage: 'send' }],
    ['closed', { outcome: 'left alone', reason: 'DMs closed' }],
    ['stopped', { outcome: 'left alone', reason: 'sending stopped' }],
  ])('that ends %s is not counted as noted', async (sent, expected) => {
    const world = openWorld({ inTurn: (_, work) => work(async () => sent) });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ kind: 'silver-lining', ...expected });
    expect(world.counted).toEqual([]);
  });

  it.each<[NoTurn, Partial<Decision>]>([
    ['failed', { outcome: 'failed', reason: 'not sent', stage: 'send' }],
    ['stopped', { outcome: 'left alone', reason: 'sending stopped' }],
  ])('that cannot begin (%s) claims nothing', async (none, expected) => {
    const world = openWorld({ inTurn: async () => none, claim: never });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ kind: 'silver-lining', ...expected });
  });

  it('asks whether the note is still wanted as often as it is tried, and says why it was not', async () => {
    let ended: LeftReason | undefined;
    const asked: boolean[] = [];
    const world = openWorld({
      inTurn: (_, work) =>
        work(async (_note, _claimed, isWanted) => {
          asked.push(isWanted());
          ended = 'poster answered';
          asked.push(isWanted());
          return 'not wanted';
        }),
    });
    expect(await decisionOn(replyOf(undefined, { ended: () => ended }), world)).toMatchObject({
      outcome: 'left alone',
      reason: 'poster answered',
    });
    expect(asked).toEqual([true, false]);
  });
});

describe('a fault contacts nobody and is placed', () => {
  it.each<[string, Partial<NudgePorts>]>([
    ['screen', { detector: { ...detector, screen: fails } }],
    ['standing', { standing: never }],
    ['standing', { standing: () => Promise.reject(new Error('a fault')) }],
    ['post', { post: never }],
    ['poster', { leavesPostsOut: never }],
    ['read', { detector: { ...detector, read: fails } }],
    ['judge', { judge: fails }],
    ['judge', { terms: fails }],
    ['claim', { claim: never }],
    ['claim', { claim: () => Promise.reject(new Error('a fault')) }],
    ['send', { inTurn: never }],
    ['send', { inTurn: (_, work) => work(never) }],
  ])('at %s', async (stage, ports) => {
    const world = openWorld(ports);
    expect(await decisionOn(replyOf(), world)).toMatchObject({
      outcome: 'failed',
      reason: 'something failed',
      stage,
      replier: 'ben',
    });
    expect(world.notes).toEqual([]);
    expect(world.counted).toEqual([]);
    expect(world.faults).toEqual([stage]);
  });

  it('at count, while observing', async () => {
    const world = openWorld({
      settings: () => ({ mode: 'observe', revision: 1 }),
      standing: async () => ({ mode: 'observe', revision: 1, member: { notes: false, pace: 'day', dms: 'open' } }),
      count: never,
    });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'failed', stage: 'count' });
  });

  it('but a note that went out is told as sent when only the counting failed', async () => {
    const world = openWorld({ count: never });
    expect(await decisionOn(replyOf(), world)).toMatchObject({ outcome: 'nudged', stage: 'count' });
    expect(world.notes).toHaveLength(1);
    expect(world.faults).toEqual(['count']);
  });

  it('of the observer changes nothing', async () => {
    const world = openWorld({ observe: fails });
    const nudge = createNudge(world);
    await nudge.reply(replyOf());
    nudge.left({ guild: 'harbour', channel: 'support', replier: 'ben', messages: ['1'], reason: 'no post' });
    expect(world.notes).toHaveLength(1);
    expect(world.faults).toEqual(['observe', 'observe']);
  });
});

describe('what nobody read', () => {
  const left = {
    guild: 'harbour',
    channel: 'support',
    replier: 'mo',
    messages: ['1'],
    reason: 'not opted in',
  } as const;

  it('is told as a decision', () => {
    const world = openWorld();
    createNudge(world).left(left);
    expect(world.decisions).toEqual([{ ...left, outcome: 'left alone' }]);
  });

  it('is told as off when the server is off', () => {
    const world = openWorld({ settings: () => ({ mode: 'off', revision: 1 }) });
    createNudge(world).left(left);
    createNudge(world).left({ ...left, reason: 'too old' });
    expect(world.decisions.map(({ reason }) => reason)).toEqual(['off', 'too old']);
  });
});

describe('under way', () => {
  const gate = () => Promise.withResolvers<void>();

  it('is idle at first, and again when the last reply is decided', async () => {
    const held = [gate(), gate()];
    const waiting = [...held];
    const world = openWorld({
      async post() {
        await waiting.shift()?.promise;
        return { author: 'ana', isPerson: true, text: 'my dog died' };
      },
    });
    const nudge = createNudge(world);
    await nudge.idle();
    void nudge.reply(replyOf());
    void nudge.reply(replyOf());
    const idle = nudge.idle().then(() => world.decisions.length);
    held[0]?.resolve();
    await Promise.resolve();
    held[1]?.resolve();
    expect(await idle).toBe(2);
  });

  it('ends before the claim when it is closed, and takes no more', async () => {
    const held = gate();
    const world = openWorld({
      async post() {
        await held.promise;
        return { author: 'ana', isPerson: true, text: 'my dog died' };
      },
    });
    const nudge = createNudge(world);
    void nudge.reply(replyOf());
    nudge.close();
    void nudge.reply(replyOf());
    held.resolve();
    await nudge.idle();
    expect(world.decisions.map(({ reason }) => reason)).toEqual(['shutting down', 'shutting down']);
    expect(world.claims).toEqual([]);
  });

  it('are at most five hundred', async () => {
    const held = gate();
    const world = openWorld({
      async post() {
        await held.promise;
        return undefined;
      },
    });
    const nudge = createNudge(world);
    for (let n = 0; n < 501; n++) void nudge.reply(replyOf());
    await Promise.resolve();
    held.resolve();
    await nudge.idle();
    expect(world.decisions.filter(({ reason }) => reason === 'too busy')).toHaveLength(1);
    expect(world.decisions).toHaveLength(501);
  });

  it('keeps no text for the regular expressions to remember', async () => {
    await decisionOn(replyOf(), openWorld());
    expect(Reflect.get(RegExp, '$_')).toBe('');
  });
});
