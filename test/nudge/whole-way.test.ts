import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Said } from '#nudge/conversation';
import { type Heard, isLater, type Ref } from '#nudge/heard';
import { createListening, type Listening } from '#nudge/listening';
import { createNudge, type Nudge, type Sent } from '#nudge/nudge';
import { dice } from '../dice.ts';
import { openWorld, type World } from './ports.ts';
import { minutes, seconds, snowflake } from './scene.ts';
import { speakerOf } from './talk.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 1) });
});
afterEach(() => {
  vi.useRealTimers();
});

const people = ['ana', 'ben', 'cleo', 'mo'];
const channels = ['support', 'stories'];
const optedIn = (author: string): boolean => author === 'ben' || author === 'cleo';
const fixes = ['at least it is over', 'at least you tried', 'at least she knew'];
const replies = [...fixes, ...fixes, 'i am so sorry', 'you miss him', 'hugs', ''];
const posts = ['my dog died', 'my cat died', 'hello', '', 'what should i do', 'hugs'];
const textsOf = (author: string): string[] => (optedIn(author) ? [...replies, ...replies, 'my dog died'] : posts);

const saidAs = ({ id, at, text, author, answers }: Heard): Said => {
  const answered = typeof answers === 'object' && { answers: answers.id };
  return { id, at, text, speaker: speakerOf(author), ...answered };
};

type Way = { world: World; listening: Listening; nudge: Nudge; said: Heard[]; hearings: number };

/** Two channels, four people, ports that are slow and fail now and then, and `steps` things that happen. */
async function anything(seed: number, steps: number): Promise<Way> {
  const roll = dice(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[roll(items.length)];
  const slowly = async <Value>(value: () => Value): Promise<Value> => {
    const ms = roll(4) === 0 ? roll(40_000) : roll(200);
    const fails = roll(25) === 0;
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (fails) throw new Error('a fault');
    return value();
  };
  const said: Heard[] = [];
  const world = openWorld();
  const { claim, standing } = world;
  world.standing = async (...asked) => await slowly(() => standing(...asked));
  world.claim = async (asked) => await slowly(() => claim(asked));
  world.leavesPostsOut = async () => slowly(() => roll(10) === 0);
  // What stands there, as those who fetch it would see it: edited, without what was deleted, and now and then not at all.
  const stands = new Map<string, Heard>();
  world.around = async ({ channel }) =>
    slowly(() => {
      const there = [...stands.values()].filter((message) => message.channel === channel);
      const [starter, ...others] = there.sort((a, b) => (isLater(a.id, b.id) ? 1 : -1)).map(saidAs);
      if (roll(20) === 0 || !starter) return undefined;
      return channel === 'stories'
        ? { said: [starter, ...others], opening: { starter, title: 'a story', tags: [] } }
        : { said: [starter, ...others] };
    });
  const ends: Sent[] = ['sent', 'sent', 'unknown', 'closed', 'failed'];
  world.inTurn = async (_, work) => {
    await slowly(() => undefined);
    return work(async (note, _claimed, isWanted) => {
      await slowly(() => undefined);
      if (!isWanted()) return 'not wanted';
      world.notes.push(note);
      return slowly(() => pick(ends) ?? 'sent');
    });
  };

  const nudge = createNudge(world);
  const listening = createListening({
    settleMs: seconds(15),
    now: Date.now,
    listensTo: ({ author }) => optedIn(author),
    onReply: nudge.reply,
    onLeft: nudge.left,
  });
  let hearings = 0;
  const hear = (heard: Heard): void => {
    hearings += 1;
    listening.heard(heard);
  };
  const happenings = [
    () => {
      const at = Date.now() - (roll(8) === 0 ? roll(minutes(4)) : 0);
      const channel = pick(channels) ?? '';
      const author = pick(people) ?? '';
      const answered = roll(3) === 0 ? pick(said) : undefined;
      const answers: Ref | undefined = answered && { channel, id: answered.id };
      const heard: Heard = {
        id: snowflake(at),
        guild: 'harbour',
        channel,
        author,
        at,
        text: pick(textsOf(author)) ?? '',
        ...(answers && { answers }),
      };
      said.push(heard);
      stands.set(heard.id, heard);
      hear(heard);
    },
    (message: Heard) => hear(message),
    ({ id, channel, author }: Heard) => {
      const text = pick(textsOf(author)) ?? '';
      const message = stands.get(id);
      if (message) stands.set(id, { ...message, text });
      if (roll(10) > 0) listening.edited({ id, channel, text, at: Date.now() });
    },
    ({ id, channel }: Heard) => {
      stands.delete(id);
      if (roll(10) > 0) listening.deleted('harbour', channel, [id]);
    },
    () => listening.stopListening('harbour', pick(people) ?? ''),
    () => roll(4) === 0 && listening.missed((guild) => guild === 'harbour'),
  ];
  for (let step = 0; step < steps; step++) {
    const happening = roll(2) === 0 ? happenings[0] : pick(happenings);
    const message = said.slice(-8)[roll(8)] ?? said.at(-1);
    if (happening && (message || happening === happenings[0])) happening(message as Heard);
    await vi.advanceTimersByTimeAsync(roll(5) === 0 ? roll(40_000) : roll(3_000));
  }
  await vi.advanceTimersByTimeAsync(minutes(15));
  await nudge.idle();
  return { world, listening, nudge, said, hearings };
}

describe('whatever happens, in whatever order', () => {
  const ways = Array.from({ length: 40 }, (_, seed) => seed);

  it.each(ways)('way %i: at most one note for a reply, and one decision for each hearing', async (seed) => {
    const { world, listening, said, hearings } = await anything(seed, 250);

    const noted = world.notes.flatMap(({ messages }) => messages);
    expect(new Set(noted).size).toBe(noted.length);
    expect(world.notes.length).toBeLessThanOrEqual(world.claims.length);
    expect(world.notes.every(({ replier }) => optedIn(replier))).toBe(true);

    for (const { post, replier } of world.notes)
      expect(said.find(({ id }) => id === post.id)?.author).not.toBe(replier);

    const decided = world.decisions.flatMap(({ messages }) => messages);
    expect(decided).toHaveLength(hearings);
    expect(new Set(decided)).toEqual(new Set(said.map(({ id }) => id)));
    const repeats = world.decisions.filter(({ reason }) => reason === 'already heard');
    const forgotten = world.decisions.filter(({ reason }) => reason === 'too old' || reason === 'not opted in');
    expect(decided.length - new Set(decided).size).toBeLessThanOrEqual(repeats.length + forgotten.length);

    for (const { outcome, messages } of world.decisions) {
      if (outcome === 'nudged') expect(noted).toEqual(expect.arrayContaining([...messages]));
    }
    expect([listening.pending, listening.deciding, listening.remembered]).toEqual([0, 0, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('these ways reach every kind of end', async () => {
    const reached = new Set<string>();
    for (let seed = 100; seed < 150; seed++) {
      const { world } = await anything(seed, 250);
      for (const { outcome, reason } of world.decisions) reached.add(`${outcome}: ${reason}`);
      vi.clearAllTimers();
    }
    for (const end of [
      'nudged: fix',
      'failed: something failed',
      'failed: answer lost',
      'left alone: looks fine',
      'left alone: asked for',
      'left alone: already heard',
      'left alone: not opted in',
      'left alone: no post',
      'left alone: own post',
      'left alone: no words',
      'left alone: too old',
      'left alone: deleted',
      'left alone: edited',
      'left alone: post deleted',
      'left alone: poster answered',
      'left alone: poster left out',
      'left alone: cannot be read',
      'left alone: unclear who',
      'left alone: after listening',
      'left alone: not about a difficulty',
      'left alone: connection lost',
    ]) {
      expect(reached).toContain(end);
    }
  });
});
