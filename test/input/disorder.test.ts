import type { WorldEvent } from '@attune/town';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsInTurn, within } from './runs.ts';
import { openWatched, type Watched } from './watched.ts';

/** Events that come in any order, and more than once: no reply is noted twice, and nobody but who asked for notes. */

const sorrow = 'my mother died last week and i cant stop crying';
const fix = 'you should see a therapist, they will tell you what to do';

/** A conversation, of which the bot hears nothing yet. Gives its events, and the replies that Ben wrote. */
async function talk({ town, ana, ben, cleo }: Watched): Promise<{ events: WorldEvent[]; replies: string[] }> {
  const events: WorldEvent[] = [];
  const stop = town.on((event) => event.guild !== undefined && events.push(event));
  const post = await ana.says('#support', sorrow);
  const kept = await ben.repliesTo(post, fix);
  const edited = await ben.repliesTo(post, 'hm');
  await ben.edits(edited, fix);
  const deleted = await ben.repliesTo(post, fix);
  await ben.deletes(deleted);
  await cleo.repliesTo(post, fix);
  const thread = await ana.startsThread(post, 'quiet');
  const below = await ben.says(thread, fix);
  const other = await ana.says('#support', sorrow);
  const late = await ben.repliesTo(other, fix);
  await ana.deletes(other);
  stop();
  return { events, replies: [kept, edited, deleted, below, late].map(({ id }) => id) };
}

describe('a conversation of which everything comes in any order and twice', () => {
  it(
    'makes at most one note for a reply, and what is said next is heard',
    async () => {
      await using town = await openWatched({ support: '#support', nudged: ['ben'], settleMs: 0 });
      const { ben, ana } = town;
      await ben.selects(await ben.runs('/nudges'), 'nudges:pace', ['every']);
      const isNoted = (id: string) => ben.dms.filter((dm) => JSON.stringify(dm).includes(`/${id}`)).length;
      let noted = 0;
      await holdsInTurn(4, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), async (order) => {
        const letGo = town.town.gateway.hold();
        const { events, replies } = await talk(town);
        const twice = [...events, ...events].map((event, at) => ({ event, at: order[at % order.length] ?? at }));
        for (const { event } of twice.toSorted((a, b) => a.at - b.at))
          for (const session of town.town.gateway.sessions) session.dispatch(event.t, event.d);
        // And once more, as they were.
        letGo();
        const next = await ben.repliesTo(await ana.says('#support', sorrow), fix);
        expect(await town.decisionOn(next)).toMatchObject({ replier: ben.user.id });
        for (const id of [...replies, next.id]) expect(isNoted(id)).toBeLessThanOrEqual(1);
        expect(isNoted(replies[2] ?? '')).toBe(0);
        noted += [...replies, next.id].filter((id) => isNoted(id) > 0).length;
        town.expectHarmless();
        expect(town.logged()).toEqual([]);
      });
      expect(noted).toBeGreaterThan(0);
      expect(new Set(town.contacted())).toEqual(new Set(['ben']));
    },
    within(30_000),
  );
});
