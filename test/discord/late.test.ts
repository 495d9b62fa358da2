import { describe, expect, it } from 'vitest';
import { type AttuneTown, openTown } from '../town.ts';

/** A note goes within five seconds of its turn or not at all, whatever Discord does, and never keeps others waiting. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const toDm = 'POST /channels/:id/messages';
const opening = 'POST /users/@me/channels';
const fetching = 'GET /channels/:id/messages';
const seconds = (begun: number) => (performance.now() - begun) / 1000;

const ready = () => openTown({ support: '#support', nudged: ['ben', 'cleo'] });
async function fixes(town: AttuneTown, who: 'ben' | 'cleo') {
  return town[who].repliesTo(await town.ana.says('#support', sorrow), fix);
}
/** How often the bot posted to this route from now on. */
function tries(town: AttuneTown) {
  const count = { opening: 0, messages: 0 };
  town.town.onExchange(({ method, path }) => {
    if (method !== 'POST') return;
    if (path.endsWith('/users/@me/channels')) count.opening += 1;
    else if (/\/channels\/\d+\/messages$/.test(path)) count.messages += 1;
  });
  return count;
}

describe.concurrent('a limit', () => {
  it.each([
    ['of three minutes', { status: 429, retryAfter: 180 } as const, 1],
    ['of three minutes for everything', { status: 429, retryAfter: 180, global: true } as const, 1],
    ['that comes again and again', { status: 429, retryAfter: 1, times: 99 } as const, 5],
    ['that says to wait for no time at all, without end', { status: 429, retryAfter: 0, times: 99 } as const, 10],
  ])('%s: the note is left out in time', async (_, trouble, most) => {
    for (const route of [opening, toDm]) {
      await using town = await ready();
      const count = tries(town);
      void town.town.faults.next(route, trouble);
      const begun = performance.now();
      const reply = await fixes(town, 'ben');
      expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'failed', reason: 'not sent' });
      expect(seconds(begun)).toBeLessThan(6.5);
      expect(route === opening ? count.opening : count.messages).toBeLessThanOrEqual(most);
      expect(town.contacted()).toEqual([]);
    }
  });

  it('on both steps is waited for only within the time of one note', async () => {
    await using town = await ready();
    void town.town.faults.next(opening, { status: 429, retryAfter: 3 });
    void town.town.faults.next(toDm, { status: 429, retryAfter: 3 });
    const begun = performance.now();
    const reply = await fixes(town, 'ben');
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'failed', reason: 'not sent' });
    expect(seconds(begun)).toBeLessThan(6.5);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('an answer', () => {
  it.each([
    ['that stops in its middle', toDm, { stallAnswer: true } as const, 1],
    ['that stops in its middle while the conversation is opened', opening, { stallAnswer: true } as const, 0],
    ['that never comes', toDm, { hang: true } as const, 0],
    ['that never comes while the conversation is opened', opening, { hang: true } as const, 0],
  ])('%s holds up its own note only', async (_, route, trouble, arrived) => {
    await using town = await ready();
    const struck = town.town.faults.next(route, trouble);
    const begun = performance.now();
    const bens = await fixes(town, 'ben');
    await struck;
    const cleos = await fixes(town, 'cleo');
    expect(await town.decisionOn(cleos)).toMatchObject({ outcome: 'nudged' });
    expect(seconds(begun)).toBeLessThan(4);
    expect(await town.decisionOn(bens)).toMatchObject({ outcome: 'failed', reason: 'answer lost' });
    expect(seconds(begun)).toBeLessThan(6.5);
    expect(town.contacted().filter((who) => who === 'ben')).toHaveLength(arrived);
    expect(town.contacted().filter((who) => who === 'cleo')).toHaveLength(1);
  });

  it('about the conversation that stops in its middle leaves that reply alone, and no other', async () => {
    await using town = await ready();
    const struck = town.town.faults.next(fetching, { stallAnswer: true });
    const begun = performance.now();
    const bens = await fixes(town, 'ben');
    await struck;
    expect(await town.decisionOn(await fixes(town, 'cleo'))).toMatchObject({ outcome: 'nudged' });
    expect(seconds(begun)).toBeLessThan(4);
    expect(await town.decisionOn(bens)).toMatchObject({ outcome: 'failed', stage: 'conversation' });
    expect(town.contacted()).toEqual(['cleo']);
  });
});

describe.concurrent('a stop', () => {
  it.each([
    ['a note hangs', 4.8, toDm, { hang: true } as const],
    ['a note stops in the middle of its answer', 4.8, toDm, { stallAnswer: true } as const],
    ['a limit is waited for', 1.8, toDm, { status: 429, retryAfter: 3 } as const],
    ['a conversation is being opened', 4.8, opening, { delayAnswer: 3_500 } as const],
    ['a conversation is being fetched', 4.8, fetching, { hang: true } as const],
  ])(
    'while %s takes less than %d seconds, and nothing is asked or sent after it',
    async (_, within, route, trouble) => {
      await using town = await ready();
      const struck = town.town.faults.next(route, trouble);
      await fixes(town, 'ben');
      await struck;
      const begun = performance.now();
      await town.stopBot();
      expect(seconds(begun)).toBeLessThan(within);
      const count = tries(town);
      const gone = town.contacted().length;
      await town.startBot();
      // By the time of its turn, whatever the old bot had left would be there.
      expect(await town.decisionOn(await fixes(town, 'cleo'))).toMatchObject({ outcome: 'nudged' });
      expect(count).toEqual({ opening: 1, messages: 1 });
      expect(town.contacted()).toHaveLength(gone + 1);
    },
  );
});
