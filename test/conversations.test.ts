import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notYet } from './conversations/not-yet.ts';
import { nameOf, type Played, play } from './conversations/play.ts';
import { lastOf, readTranscripts, type Spoken, type Transcript } from './conversations/transcript.ts';
import { type AttuneTown, openTown } from './town.ts';

/** Every transcript in test/conversations/, played through the real bot in the town: what becomes of its last turn? */

const talks = [...readTranscripts(), ...readTranscripts('second/')];
const played = new Map<string, Played>();
let town: AttuneTown;

beforeAll(async () => {
  town = await openTown({ sharesClock: true, settleMs: 20 });
  for (const talk of talks) played.set(talk.id, await play(town, talk));
}, 240_000);

afterAll(() => town[Symbol.asyncDispose]());

/** What the bot must have decided, and whom it must have written to. */
function wanted(talk: Transcript) {
  const { expect: end, because, observes } = talk;
  if (end === 'silence') return { outcome: 'left alone', ...(because && { reason: because }), noted: [] };
  return {
    outcome: observes ? 'counted' : 'nudged',
    reason: 'fix',
    noted: observes ? [] : [lastOf(talk).who],
    about: nameOf(talk.turns.find((turn) => 'as' in turn && turn.as === talk.about) as Spoken),
  };
}

describe.each([...new Set(talks.map(({ file }) => file))])('%s', (file) => {
  for (const talk of talks.filter((one) => one.file === file)) {
    const test = notYet.has(talk.id) ? it.fails : it;
    test(`${talk.id}: ${talk.expect}. ${talk.why}`, () => {
      const { decision, noted, about } = played.get(talk.id) as Played;
      const { outcome, reason } = decision;
      expect({ outcome, reason, noted, about }).toMatchObject(wanted(talk));
    });
  }
});

describe('what is not played as expected yet', () => {
  it('names transcripts that there are', () => {
    const ids = new Set(talks.map(({ id }) => id));
    expect([...notYet].filter((id) => !ids.has(id))).toEqual([]);
    expect(played.size).toBe(ids.size);
  });
});
