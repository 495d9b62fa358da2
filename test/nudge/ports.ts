import { contexts, type Detector, type Judgement, kinds, moves, type Reading } from '#detector/reading';
import type { Claim, Decision, Note, NudgePorts, Post } from '#nudge/nudge';
import type { Reply } from '#nudge/reply';
import { snowflake } from './scene.ts';

const all = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** A detector of one sign: "at least" is a silver lining; a post that asks is one with a question mark. */
export const detector: Detector = {
  version: 'of one sign',
  screen: async (reply) => /at least/.test(reply),
  async read(reply, post): Promise<Reading> {
    const start = reply.indexOf('at least');
    const finding = { kind: 'silver-lining' as const, p: 0.9, start, end: start + 8, words: 'at least' };
    return {
      fixit: start < 0 ? 0 : 0.9,
      kinds: { ...all(kinds), 'silver-lining': start < 0 ? 0 : 0.9 },
      findings: start < 0 ? [] : [finding],
      attuned: all(moves),
      post: { ...all(contexts), 'asks-advice': post.includes('?') ? 1 : 0 },
      shares: 1,
      pointsToHelp: false,
    };
  },
};

export const judge = (reading: Reading): Judgement => {
  const [finding] = reading.findings;
  if (!finding) return { flag: false, reason: 'no fix' };
  if (reading.post['asks-advice'] > 0.5) return { flag: false, kind: finding.kind, reason: 'asked for' };
  return { flag: true, kind: finding.kind, words: finding.words, reason: 'fix' };
};

export type World = NudgePorts & {
  decisions: Decision[];
  notes: Note[];
  claims: Claim[];
  counted: string[];
  fetched: string[];
  faults: string[];
};

/** Ports in memory: a server that is on, in which everybody opted in and every post is Ana's. */
export function openWorld(changed: Partial<NudgePorts> = {}): World {
  const world: World = {
    decisions: [],
    notes: [],
    claims: [],
    counted: [],
    fetched: [],
    faults: [],
    detector,
    judge,
    terms: () => ({ sensitivity: 'balanced', kinds }),
    now: Date.now,
    settings: () => ({ mode: 'on', revision: 1 }),
    standing: async () => ({ mode: 'on', revision: 1, member: { notes: true, pace: 'every', dms: 'open' } }),
    leavesPostsOut: async () => false,
    async post({ id }): Promise<Post> {
      world.fetched.push(id);
      return { author: 'ana', isPerson: true, text: 'my dog died' };
    },
    inTurn: (_, work) =>
      work(async (note) => {
        world.notes.push(note);
        return 'sent';
      }),
    async claim(claim) {
      const known = world.claims.some(({ messages }) => messages.some((id) => claim.messages.includes(id)));
      if (known) return undefined;
      world.claims.push(claim);
      return { nonce: claim.messages.join() };
    },
    count(guild, kind, what) {
      world.counted.push(`${guild} ${kind} ${what}`);
    },
    observe: (decision) => world.decisions.push(decision),
    onFault: (stage) => world.faults.push(stage),
    ...changed,
  };
  return world;
}

/** A reply of Ben's to Ana, as the conversation hands it on. */
export function replyOf(text = 'at least you had 14 years', changed: Partial<Reply> = {}): Reply {
  let left = text;
  return {
    guild: 'harbour',
    channel: 'support',
    replier: 'ben',
    messages: [snowflake(Date.now())],
    at: Date.now(),
    posts: [{ channel: 'support', id: '1', ids: ['1', '2'], author: 'ana' }],
    takeText() {
      const taken = left;
      left = '';
      return taken;
    },
    ended: () => undefined,
    ...changed,
  };
}
