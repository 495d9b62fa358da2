import { kinds } from '#detector/reading';
import { replyReader } from '#feedback/read';
import type { Around, Said } from '#nudge/conversation';
import type { Claim, Decision, Note, NudgePorts } from '#nudge/nudge';
import { joined, type Reply } from '#nudge/reply';
import { detector, judge } from './detector.ts';
import { minutes, snowflake } from './scene.ts';
import { speakerOf } from './talk.ts';

export type Saying = Partial<Said> & { ago?: number };

export type World = NudgePorts & {
  /** What there is to be fetched, in the order in which it was said. */
  said: Said[];
  opening?: Around['opening'];
  decisions: Decision[];
  notes: Note[];
  claims: Claim[];
  counted: string[];
  /** The replies around which a conversation was fetched, by their messages. */
  fetched: string[];
  faults: string[];
  /** Somebody says something now, or `ago` ms ago. */
  says(who: string, text: string, more?: Saying): Said;
  /** Ben says something that is a reply, as it is handed on when it has settled. */
  replies(text?: string, changed?: Partial<Reply> & { parts?: string[] }): Reply;
};

/** Ports in memory: a server that is on, in which everybody opted in and nothing was said. */
export function openWorld(changed: Partial<NudgePorts> = {}): World {
  const world: World = {
    said: [],
    decisions: [],
    notes: [],
    claims: [],
    counted: [],
    fetched: [],
    faults: [],
    detector,
    judge,
    readOwn: replyReader(detector),
    terms: () => ({ sensitivity: 'balanced', kinds }),
    now: Date.now,
    settings: () => ({ mode: 'on', revision: 1 }),
    standing: async () => ({ mode: 'on', revision: 1, member: { notes: true, pace: 'every', dms: 'open' } }),
    leavesPostsOut: async () => false,
    needOf: async () => undefined,
    async around({ messages }): Promise<Around> {
      world.fetched.push(messages.join());
      return { said: [...world.said], ...(world.opening && { opening: world.opening }) };
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
    says(who, text, { ago = 0, ...more } = {}) {
      const at = Date.now() - ago;
      const said: Said = { id: snowflake(at), at, text, speaker: speakerOf(who), ...more };
      world.said.push(said);
      return said;
    },
    replies(text = 'at least you had 14 years', { parts = [text], ...changed } = {}) {
      const said = parts.map((part) => world.says('ben', part, changed.answers && { answers: changed.answers.id }));
      let left = joined(said);
      return {
        guild: 'harbour',
        channel: 'support',
        replier: 'ben',
        messages: said.map(({ id }) => id),
        at: said[0]?.at ?? 0,
        takeText() {
          const taken = left;
          left = '';
          return taken;
        },
        ended: () => undefined,
        ...changed,
      };
    },
    ...changed,
  };
  return world;
}

/** A world in which Ana wrote a minute ago that her dog died. */
export function openSadWorld(changed: Partial<NudgePorts> = {}): World & { post: Said } {
  const world = openWorld(changed);
  return Object.assign(world, { post: world.says('ana', 'my dog died', { ago: minutes(1) }) });
}
