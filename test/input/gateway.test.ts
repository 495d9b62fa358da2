import type { WorldEvent } from '@attune/town';
import { GatewayOpcodes } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsInTurn, within } from './runs.ts';
import { bent, junk } from './texts.ts';
import { openWatched, type Watched } from './watched.ts';

/**
 * Whatever comes from the gateway, with fields missing or of another type: the bot lives on, contacts nobody who did not
 * ask for it, and hears what comes next.
 */

const sorrow = 'my mother died last week and i cant stop crying';
const fix = 'you should see a therapist, they will tell you what to do';

/** Every kind of event that there is in an afternoon, as Discord tells it. */
async function eventsOf({ town, ana, ben, mo }: Watched): Promise<WorldEvent[]> {
  const events: WorldEvent[] = [];
  const stop = town.on((event) => events.push(event));
  const post = await ana.says('#support', sorrow);
  const reply = await ben.repliesTo(post, 'hm');
  await ben.edits(reply, 'i am here');
  await ben.deletes(reply);
  const thread = await ana.startsThread(post, 'quiet');
  await ben.says(thread, 'i am here');
  await ana.posts('#stories', 'quiet house', sorrow);
  await ana.archives(thread);
  await ana.says('#general', `<@${town.bot.id}> thank you`);
  await ana.says('dm', 'hello');
  const panel = await ana.runs('/reflect');
  await ana.presses(panel, 'reflect:another');
  await ana.submits(await ana.runs('/draft'), { reply: fix });
  await ana.completes('/reflect', { feeling: 'gri' });
  await ana.usesMenu(post, 'How might this land?');
  await mo.bulkDeletes([await mo.says('#general', 'one'), await mo.says('#general', 'two')]);
  stop();
  const { guild, world } = town;
  const channel = [...world.channels.values()].find(({ guild: of }) => of === guild.id);
  const more = [
    ...['CHANNEL_CREATE', 'CHANNEL_UPDATE', 'CHANNEL_DELETE', 'THREAD_DELETE', 'THREAD_UPDATE'].map((t) => ({
      t,
      d: { id: channel?.id ?? '', guild_id: guild.id, type: 0, parent_id: null },
    })),
    { t: 'THREAD_LIST_SYNC', d: { guild_id: guild.id, threads: [{ id: '1', type: 11, parent_id: '2' }] } },
    { t: 'GUILD_UPDATE', d: { id: guild.id, name: 'Harbour', preferred_locale: 'en-US' } },
    { t: 'GUILD_DELETE', d: { id: '99', unavailable: true } },
    { t: 'GUILD_CREATE', d: { id: '98', name: 'Elsewhere', channels: [], threads: [] } },
    { t: 'RESUMED', d: { _trace: [] } },
  ];
  return [...events, ...more];
}

/** Whose every field is tried more often than those of any one event. */
const read = ['MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE', 'MESSAGE_DELETE_BULK', 'INTERACTION_CREATE'];

const openHome = () => openWatched({ support: ['#support', '#stories'], nudged: ['ben'], settleMs: 0 });
const dispatch = ({ town }: Watched, t: string, d: unknown) => {
  for (const session of town.gateway.sessions) session.dispatch(t, d as object);
};

/** Nobody was harmed, and what is said now is heard as ever. */
async function expectAlive(town: Watched): Promise<void> {
  const { ana, ben } = town;
  expect(await ana.runs('/help')).toMatchObject({ ephemeral: true });
  await ana.says('#support', sorrow);
  const decision = await town.decisionOn(await ben.repliesTo(await ana.says('#support', sorrow), fix));
  expect(decision).toMatchObject({ replier: ben.user.id });
  town.expectHarmless();
  const log = JSON.stringify(town.logged());
  for (const text of [sorrow, fix]) expect(log).not.toContain(text);
  expect(town.ends).toEqual([]);
  // Whoever wrote to the bot, as an event with a field less may say, gets an answer; the others wrote nothing at all.
  for (const name of town.contacted()) expect(['cleo', 'ida']).not.toContain(name);
}

describe('an event', () => {
  it(
    'with fields missing or of another type ends nothing',
    async () => {
      await using town = await openHome();
      const events = await eventsOf(town);
      const kinds = [...new Set(events.map(({ t }) => t))];
      expect(kinds).toEqual(expect.arrayContaining([...read, 'THREAD_CREATE', 'CHANNEL_DELETE', 'GUILD_CREATE']));
      const any = fc.oneof(
        ...kinds.map((t) => ({
          weight: read.includes(t) ? 4 : 1,
          arbitrary: fc
            .constantFrom(...events.filter((event) => event.t === t))
            .chain(({ d }) =>
              fc.oneof({ weight: 8, arbitrary: bent(d) }, { weight: 1, arbitrary: junk }).map((d) => ({ t, d })),
            ),
        })),
      );
      await holdsInTurn(15, fc.array(any, { minLength: 20, maxLength: 40 }), async (some) => {
        for (const { t, d } of some) dispatch(town, t, d);
        await expectAlive(town);
      });
    },
    within(60_000),
  );
});

describe('a payload', () => {
  it(
    'of any shape ends nothing: the connection is opened again at worst',
    async () => {
      await using town = await openHome();
      const op = fc.oneof(
        fc.constantFrom(...Object.values(GatewayOpcodes).filter((one) => typeof one === 'number')),
        junk,
      );
      const ready = {
        v: 10,
        user: { id: town.town.bot.id },
        guilds: [{ id: town.town.guild.id }],
        session_id: 'x',
        resume_gateway_url: town.town.origin.replace('http', 'ws'),
        shard: [0, 1],
        application: { id: town.town.bot.id, flags: 0 },
      };
      const payload = fc.oneof(
        bent({ op: 0, t: 'READY', s: 3, d: ready }),
        bent({ op: 10, d: { heartbeat_interval: 41_250 } }),
        fc.record({ op, d: junk, t: fc.oneof(fc.constantFrom('READY', 'RESUMED', 'GUILD_CREATE'), junk), s: junk }),
        junk,
      );
      const isHeard = () =>
        town.ana.runs('/help', {}, { within: 1_000 }).then(
          (answer) => 'ephemeral' in answer,
          () => false,
        );
      await holdsInTurn(25, payload, async (some) => {
        for (const { socket } of town.town.gateway.sessions) socket?.send(JSON.stringify(some) ?? '');
        if (!(await isHeard())) {
          // Discord would end such a connection; the next one is a good one.
          town.town.gateway.drop({ resumable: false });
          await expect.poll(isHeard, { timeout: 20_000 }).toBe(true);
        }
        town.expectHarmless();
      });
      await expectAlive(town);
    },
    within(60_000),
  );
});
