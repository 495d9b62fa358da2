import { describe, expect, it } from 'vitest';
import { TooBusy } from '#detector/reading';
import type { Said } from '#nudge/conversation';
import type { StandingReason } from '#nudge/decide';
import type { Ref } from '#nudge/heard';
import { createNudge, type Decision, type NoTurn, type NudgePorts, type Sent } from '#nudge/nudge';
import type { LeftReason, Reply } from '#nudge/reply';
import { detector } from './detector.ts';
import { openSadWorld, openWorld, type World } from './ports.ts';
import { minutes, snowflake } from './scene.ts';

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

const refTo = (id: string, author?: string): Ref => ({ channel: 'support', id, ...(author && { author }) });

describe('a fix in a server that is on', () => {
  it('gets one note, claimed before it is sent, and is counted', async () => {
    const world = openSadWorld();
    const reply = world.replies();
    const decision = await decisionOn(reply, world);
    expect(decision).toEqual({
      guild: 'harbour',
      channel: 'support',
      messages: reply.messages,
      replier: 'ben',
      post: world.post.id,
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
        post: { id: world.post.id, by: 'ana' },
        shows: { kind: 'silver-lining' },
        words: 'at least',
      },
    ]);
    expect(world.claims).toMatchObject([
      { guild: 'harbour', revision: 1, replier: 'ben', poster: 'ana', messages: reply.messages },
    ]);
    expect(world.counted).toEqual(['harbour silver-lining noted']);
    expect(world.fetched).toEqual([reply.messages.join()]);
  });

  it('is about the newest who shares something hard, and not about who comforts them', async () => {
    const world = openSadWorld();
    world.says('mo', 'hugs');
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'nudged', post: world.post.id });
  });

  it('is about the message that it refers to, however old', async () => {
    const world = openWorld();
    const old = world.says('ana', 'my dog died', { ago: minutes(300) });
    world.says('cleo', 'my cat died');
    expect(await decisionOn(world.replies(undefined, { answers: refTo(old.id, 'ana') }), world)).toMatchObject({
      outcome: 'nudged',
      post: old.id,
    });
    expect(world.notes).toMatchObject([{ post: { id: old.id, by: 'ana' } }]);
  });

  it('may be about what a webhook brought: then nobody is claimed as its poster', async () => {
    const world = openWorld();
    const post = world.says('*River', 'my dog died');
    const decision = await decisionOn(world.replies(undefined, { answers: refTo(post.id) }), world);
    expect(decision).toMatchObject({ outcome: 'nudged', post: post.id });
    expect(world.notes).toMatchObject([{ post: { id: post.id, by: 'River' } }]);
    expect(world.claims[0]).not.toHaveProperty('poster');
  });

  it('may sound a little like danger itself, as orders do', async () => {
    const world = openSadWorld();
    const reply = world.replies('you need to stop crying, at least you had him');
    expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'nudged' });
  });

  it('of several messages is one fix', async () => {
    const world = openSadWorld();
    const reply = world.replies(undefined, { parts: ['oh no', '', 'at least you had him'] });
    expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'nudged', messages: reply.messages });
    expect(world.notes).toHaveLength(1);
  });

  it('is read together with all that the poster said of the matter, and with its title', async () => {
    const read: string[] = [];
    const reading = {
      ...detector,
      read: (reply: string, post: string) => {
        read.push(post);
        return detector.read(reply, post);
      },
    };
    const world = openSadWorld({ detector: reading });
    world.says('mo', 'hugs');
    world.says('ana', 'i miss him');
    world.says('ana', ' ');
    await decisionOn(world.replies(), world);
    expect(read.at(-1)).toBe('my dog died\ni miss him');
    world.decisions = [];
    world.opening = { starter: world.post, title: 'My dog', tags: [] };
    world.observe = (decision) => world.decisions.push(decision);
    await decisionOn(world.replies(), world);
    expect(read.at(-1)).toBe('My dog\nmy dog died\ni miss him');
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
    const world = openSadWorld(observing);
    expect(await decisionOn(world.replies(), world)).toMatchObject({
      outcome: 'counted',
      kind: 'silver-lining',
      words: 'at least',
      reason: 'fix',
    });
    expect(world.counted).toEqual(['harbour silver-lining would']);
    expect(world.faults).toEqual([]);
  });

  it('is not counted when the settings changed meanwhile', async () => {
    const world = openSadWorld({ ...observing, settings: () => ({ mode: 'off', revision: 4 }) });
    expect(await decisionOn(world.replies(), world)).toMatchObject({
      outcome: 'left alone',
      reason: 'settings changed',
    });
    expect(world.counted).toEqual([]);
  });
});

describe('left alone', () => {
  it('what looks fine: nothing is asked or fetched', async () => {
    const world = openSadWorld({ standing: never, around: never, leavesPostsOut: never });
    const answers = refTo(world.post.id, 'ana');
    const decision = await decisionOn(world.replies('i am so sorry', { answers }), world);
    expect(decision).toMatchObject({ outcome: 'left alone', reason: 'looks fine', post: world.post.id });
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
  ])('when no note is possible (%s): nothing is fetched', async (reason, standing) => {
    const world = openSadWorld({ standing: async () => standing, around: never });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'left alone', reason });
  });

  it.each<[string, (world: World) => Reply]>([
    ['no post', (world) => world.replies()],
    [
      'no post',
      (world) => {
        world.says('ana', 'my dog died', { ago: minutes(181) });
        return world.replies();
      },
    ],
    [
      'no post',
      (world) => {
        world.says('ana', 'my dog died');
        return world.replies(undefined, { answers: refTo('1') });
      },
    ],
    [
      'no post',
      (world) => {
        world.says('ana', 'my dog died');
        return world.replies('<@77> at least');
      },
    ],
    [
      'own post',
      (world) => {
        const own = world.says('ben', 'my dog died');
        world.says('ana', 'my cat died');
        return world.replies(undefined, { answers: refTo(own.id) });
      },
    ],
    [
      'own post',
      (world) => {
        world.says('ben', 'my dog died');
        world.says('ana', 'hugs');
        return world.replies();
      },
    ],
    [
      'no post',
      (world) => {
        const reply = world.replies();
        const [starter] = world.said;
        if (starter) world.opening = { starter, title: 'at least', tags: [] };
        return reply;
      },
    ],
    [
      'not about a difficulty',
      (world) => {
        world.says('ana', 'hello');
        return world.replies();
      },
    ],
    [
      'unclear who',
      (world) => {
        world.says('ana', 'my dog died', { ago: minutes(1) });
        world.says('cleo', 'my cat died');
        return world.replies();
      },
    ],
    [
      'post without words',
      (world) => {
        const post = world.says('ana', ' ');
        return world.replies(undefined, { answers: refTo(post.id) });
      },
    ],
    [
      'poster left out',
      (world) => {
        world.leavesPostsOut = async (_, poster) => poster === 'ana';
        world.says('ana', 'my dog died');
        world.says('mo', 'hugs');
        return world.replies();
      },
    ],
    [
      'it had ended',
      (world) => {
        world.says('ana', 'my dog died');
        const post = world.says('ana', 'all good now');
        return world.replies(undefined, { answers: refTo(post.id) });
      },
    ],
    [
      'danger',
      (world) => {
        world.says('ana', 'my dog died');
        world.says('mo', 'i want to end it');
        return world.replies();
      },
    ],
    [
      'danger',
      (world) => {
        world.says('ana', 'my dog died');
        return world.replies('at least you had him. i want to end it');
      },
    ],
    ['cannot be read', (world) => Object.assign(world, { around: async () => undefined }).replies()],
  ])('%s: it is not read as an answer, and nothing is claimed', async (reason, happens) => {
    const read: string[] = [];
    const world = openWorld({
      detector: {
        ...detector,
        read: (reply, post) => {
          if (reply !== post) read.push(reply);
          return detector.read(reply, post);
        },
      },
    });
    const decision = await decisionOn(happens(world), world);
    expect(decision).toMatchObject({ outcome: 'left alone', reason });
    expect(decision).not.toHaveProperty('words');
    expect(read).toEqual([]);
    expect(world.claims).toEqual([]);
  });

  it('what was asked for, with its reading', async () => {
    const world = openWorld();
    world.says('ana', 'my dog died');
    world.says('ana', 'what should i do');
    const decision = await decisionOn(world.replies(), world);
    expect(decision).toMatchObject({ outcome: 'left alone', kind: 'silver-lining', reason: 'asked for' });
    expect(decision.reading?.post['asks-advice']).toBe(1);
    expect(decision).not.toHaveProperty('words');
    expect(world.counted).toEqual([]);
  });

  it.each([
    ['after listening', 'you miss him so much. what was he like'],
    ['with permission', 'want ideas or company?'],
  ])('what came %s, with its reading', async (reason, earlier) => {
    const world = openSadWorld();
    world.says('ben', earlier);
    world.says('ana', 'hm, yes');
    const decision = await decisionOn(world.replies(), world);
    expect(decision).toMatchObject({ outcome: 'left alone', kind: 'silver-lining', reason, post: world.post.id });
    expect(decision.reading?.fixit).toBe(0.9);
    expect(decision).not.toHaveProperty('words');
    expect(world.claims).toEqual([]);
  });

  it('but not after a comfort alone', async () => {
    const world = openSadWorld();
    world.says('ben', 'hugs');
    world.says('ana', 'hm, yes');
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'nudged' });
  });

  it.each<LeftReason>(['deleted', 'edited', 'poster answered', 'post deleted', 'not opted in', 'connection lost'])(
    'what ended (%s) while the conversation was fetched',
    async (reason) => {
      let ended: LeftReason | undefined;
      const world = openSadWorld();
      const { around } = world;
      world.around = (asked) => {
        ended = reason;
        return around(asked);
      };
      const decision = await decisionOn(world.replies(undefined, { ended: () => ended }), world);
      expect(decision).toMatchObject({ outcome: 'left alone', reason });
      expect(decision).not.toHaveProperty('reading');
      expect(world.claims).toEqual([]);
    },
  );

  it('what ended because its post is gone', async () => {
    let ended: LeftReason | undefined;
    const world = openWorld({
      async around() {
        ended = 'post deleted';
        return undefined;
      },
    });
    const reply = world.replies(undefined, { ended: () => ended, answers: refTo('1') });
    expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'left alone', reason: 'post deleted', post: '1' });
  });

  it('what the poster, known by now, has answered', async () => {
    const asked: string[][] = [];
    const world = openSadWorld();
    const ended = (...known: [poster?: string, post?: string]): LeftReason | undefined => {
      asked.push(known as string[]);
      return known[0] === 'ana' ? 'poster answered' : undefined;
    };
    expect(await decisionOn(world.replies(undefined, { ended }), world)).toMatchObject({ reason: 'poster answered' });
    expect(asked.filter((args) => args.length > 0)).toEqual([['ana', world.post.id]]);
    expect(world.claims).toEqual([]);
  });

  it.each([
    ['ana', 'my dog died'],
    ['*River', 'my dog died'],
  ])('what the poster (%s) answered, as the conversation shows', async (who, text) => {
    const world = openWorld();
    world.says(who, text);
    const reply = world.replies();
    world.says('mo', 'hugs');
    world.says(who, 'thank you');
    expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'left alone', reason: 'poster answered' });
    expect(world.claims).toEqual([]);
  });

  it.each([
    ['after it: an answer', 1, 'poster answered'],
    ['before it: none', 0, 'fix'],
  ])('what the poster said with /need %s', async (_, later, reason) => {
    const world = openSadWorld();
    const reply = world.replies();
    world.needOf = async (guild, channel, poster) =>
      [guild, channel, poster].join() === 'harbour,support,ana'
        ? { want: 'heard', since: reply.at + later }
        : undefined;
    expect(await decisionOn(reply, world)).toMatchObject({ reason });
  });

  it('what answers somebody who said with /need that ideas are welcome', async () => {
    const world = openSadWorld();
    world.needOf = async (_, __, poster) => (poster === 'ana' ? { want: 'ideas', since: 0 } : undefined);
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'left alone', reason: 'asked for' });
  });

  it('but not when somebody else answered', async () => {
    const world = openSadWorld();
    const reply = world.replies();
    world.says('mo', 'hugs');
    world.says('*River', 'hello');
    expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'nudged' });
  });

  it('what was edited or deleted unheard: it is fetched as it stands', async () => {
    for (const [reason, happens] of [
      ['edited', (own: Said[]) => own.splice(1, 1, { ...own[1], text: 'i am so sorry' } as Said)],
      ['edited', (own: Said[]) => own.splice(0, 1, { ...own[0], text: '' } as Said)],
      ['deleted', (own: Said[]) => own.pop()],
      ['deleted', (own: Said[]) => own.splice(0)],
    ] as const) {
      const world = openSadWorld();
      const reply = world.replies('', { parts: ['oh no', 'at least you had him'] });
      const own = world.said.splice(1);
      happens(own);
      world.said.push(...own);
      expect(await decisionOn(reply, world)).toMatchObject({ outcome: 'left alone', reason });
      expect(world.claims).toEqual([]);
    }
  });

  it('what cannot be told apart: between its parts somebody else began to share or ask', async () => {
    for (const [text, outcome] of [
      ['my cat died', 'left alone'],
      ['what should i do', 'left alone'],
      ['hugs', 'nudged'],
    ]) {
      const world = openSadWorld();
      const parts = ['oh no', 'at least it is over'];
      const reply = world.replies('', { parts });
      const last = world.said.pop();
      world.says('*River', text ?? '');
      if (last) world.said.push({ ...last, id: snowflake(Date.now()) });
      const messages = world.said.filter(({ speaker }) => speaker.user === 'ben').map(({ id }) => id);
      expect(await decisionOn({ ...reply, messages }, world)).toMatchObject({ outcome });
    }
  });

  it.each<LeftReason>(['deleted', 'edited', 'poster answered'])(
    'what ended (%s) while its note waited to be sent: nothing is claimed',
    async (reason) => {
      let ended: LeftReason | undefined;
      const world = openSadWorld({
        async inTurn(_, work) {
          ended = reason;
          return work(never);
        },
      });
      expect(await decisionOn(world.replies(undefined, { ended: () => ended }), world)).toMatchObject({
        outcome: 'left alone',
        kind: 'silver-lining',
        reason,
      });
      expect(world.claims).toEqual([]);
    },
  );

  it('what ended while it was claimed: the claim is not used', async () => {
    let ended: LeftReason | undefined;
    const world = openSadWorld({
      async claim() {
        ended = 'deleted';
        return { nonce: 'n' };
      },
    });
    expect(await decisionOn(world.replies(undefined, { ended: () => ended }), world)).toMatchObject({
      reason: 'deleted',
    });
    expect(world.notes).toEqual([]);
  });

  it('what became older than two minutes while its note waited', async () => {
    const at = Date.now();
    let now = at;
    const world = openSadWorld({
      now: () => now,
      async inTurn(_, work) {
        now = at + minutes(2) + 1;
        return work(never);
      },
    });
    expect(await decisionOn(world.replies(undefined, { at }), world)).toMatchObject({ reason: 'too old' });
    expect(world.claims).toEqual([]);
  });

  it('what was decided under settings that changed', async () => {
    const world = openSadWorld({ settings: () => ({ mode: 'on', revision: 2 }) });
    expect(await decisionOn(world.replies(), world)).toMatchObject({
      outcome: 'left alone',
      reason: 'settings changed',
    });
  });

  it('what the database refuses to claim', async () => {
    const world = openSadWorld({ claim: async () => undefined });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'left alone', reason: 'not claimed' });
    expect(world.notes).toEqual([]);
  });
});

describe('sending', () => {
  it.each<[Sent, Partial<Decision>]>([
    ['unknown', { outcome: 'failed', reason: 'answer lost', stage: 'send' }],
    ['failed', { outcome: 'failed', reason: 'not sent', stage: 'send' }],
    ['closed', { outcome: 'left alone', reason: 'DMs closed' }],
    ['gone', { outcome: 'left alone', reason: 'not there any more' }],
    ['stopped', { outcome: 'left alone', reason: 'sending stopped' }],
  ])('that ends %s is not counted as noted', async (sent, expected) => {
    const world = openSadWorld({ inTurn: (_, work) => work(async () => sent) });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ kind: 'silver-lining', ...expected });
    expect(world.counted).toEqual([]);
  });

  it.each<[NoTurn, Partial<Decision>]>([
    ['failed', { outcome: 'failed', reason: 'not sent', stage: 'send' }],
    ['stopped', { outcome: 'left alone', reason: 'sending stopped' }],
  ])('that cannot begin (%s) claims nothing', async (none, expected) => {
    const world = openSadWorld({ inTurn: async () => none, claim: never });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ kind: 'silver-lining', ...expected });
  });

  it('asks whether the note is still wanted as often as it is tried, and says why it was not', async () => {
    let ended: LeftReason | undefined;
    const asked: boolean[] = [];
    const world = openSadWorld({
      inTurn: (_, work) =>
        work(async (_note, _claimed, isWanted) => {
          asked.push(isWanted());
          ended = 'poster answered';
          asked.push(isWanted());
          return 'not wanted';
        }),
    });
    expect(await decisionOn(world.replies(undefined, { ended: () => ended }), world)).toMatchObject({
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
    ['conversation', { around: never }],
    ['conversation', { around: () => Promise.reject(new Error('a fault')) }],
    ['poster', { leavesPostsOut: never }],
    ['read', { detector: { ...detector, read: fails } }],
    ['judge', { judge: fails }],
    ['judge', { terms: fails }],
    ['claim', { claim: never }],
    ['claim', { claim: () => Promise.reject(new Error('a fault')) }],
    ['send', { inTurn: never }],
    ['send', { inTurn: (_, work) => work(never) }],
  ])('at %s', async (stage, ports) => {
    const world = openSadWorld(ports);
    expect(await decisionOn(world.replies(), world)).toMatchObject({
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
    const world = openSadWorld({
      settings: () => ({ mode: 'observe', revision: 1 }),
      standing: async () => ({ mode: 'observe', revision: 1, member: { notes: false, pace: 'day', dms: 'open' } }),
      count: never,
    });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'failed', stage: 'count' });
  });

  it('but a note that went out is told as sent when only the counting failed', async () => {
    const world = openSadWorld({ count: never });
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'nudged', stage: 'count' });
    expect(world.notes).toHaveLength(1);
    expect(world.faults).toEqual(['count']);
  });

  it('of the observer changes nothing', async () => {
    const world = openSadWorld({ observe: fails });
    const nudge = createNudge(world);
    await nudge.reply(world.replies());
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
    const world = openSadWorld();
    createNudge(world).left(left);
    expect(world.decisions).toEqual([{ ...left, outcome: 'left alone' }]);
  });

  it('is told as off when the server is off', () => {
    const world = openSadWorld({ settings: () => ({ mode: 'off', revision: 1 }) });
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
    const world = openSadWorld({
      async around() {
        await waiting.shift()?.promise;
        return undefined;
      },
    });
    const nudge = createNudge(world);
    await nudge.idle();
    void nudge.reply(world.replies());
    void nudge.reply(world.replies());
    const idle = nudge.idle().then(() => world.decisions.length);
    held[0]?.resolve();
    await Promise.resolve();
    held[1]?.resolve();
    expect(await idle).toBe(2);
  });

  it('ends before the claim when it is closed, and takes no more', async () => {
    const held = gate();
    const world = openSadWorld();
    const { around } = world;
    world.around = async (asked) => {
      await held.promise;
      return around(asked);
    };
    const nudge = createNudge(world);
    void nudge.reply(world.replies());
    nudge.close();
    void nudge.reply(world.replies());
    held.resolve();
    await nudge.idle();
    expect(world.decisions.map(({ reason }) => reason)).toEqual(['shutting down', 'shutting down']);
    expect(world.claims).toEqual([]);
  });

  it('are at most five hundred', async () => {
    const held = gate();
    const world = openSadWorld({
      async around() {
        await held.promise;
        return undefined;
      },
    });
    const nudge = createNudge(world);
    for (let n = 0; n < 501; n++) void nudge.reply(world.replies());
    await Promise.resolve();
    held.resolve();
    await nudge.idle();
    expect(world.decisions.filter(({ reason }) => reason === 'too busy')).toHaveLength(1);
    expect(world.decisions).toHaveLength(501);
  });

  it('are read a few at a time, with what was said around them, and one message after the other', async () => {
    const open = { conversations: 0, messages: 0 };
    const most = { conversations: 0, messages: 0 };
    const counted = async <T>(what: keyof typeof open, work: () => Promise<T>): Promise<T> => {
      open[what] += 1;
      most[what] = Math.max(most[what], open[what]);
      await new Promise(setImmediate);
      open[what] -= 1;
      return work();
    };
    const world = openSadWorld();
    const { around, detector } = world;
    world.around = (asked) => counted('conversations', () => around(asked));
    world.detector = {
      ...detector,
      readAlone: (...asked) => counted('messages', () => detector.readAlone(...asked)),
    };
    const nudge = createNudge(world);
    for (let n = 0; n < 30; n++) void nudge.reply(world.replies());
    await nudge.idle();
    expect(world.decisions).toHaveLength(30);
    expect(world.decisions.map(({ outcome }) => outcome)).toContain('nudged');
    expect(most.conversations).toBeLessThanOrEqual(4);
    expect(most.messages).toBeLessThanOrEqual(4);
  });

  it('are left alone, and are no fault, where the detector is too busy in the middle', async () => {
    const world = openSadWorld();
    world.detector = { ...world.detector, readAlone: () => Promise.reject(new TooBusy()) };
    expect(await decisionOn(world.replies(), world)).toMatchObject({ outcome: 'left alone', reason: 'too busy' });
    expect(world.faults).toEqual([]);
  });

  it('keeps no text for the regular expressions to remember', async () => {
    const world = openSadWorld();
    await decisionOn(world.replies(), world);
    expect(Reflect.get(RegExp, '$_')).toBe('');
  });
});
