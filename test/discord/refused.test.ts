import { PermissionFlagsBits as Bits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type AttuneTown, openTown } from '../town.ts';

/** Discord bans a host that is refused too often: what may not be done is not tried again and again. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

const refusals = (town: AttuneTown): string[] => {
  const seen: string[] = [];
  town.town.onExchange(({ method, path, status }) => {
    if ([401, 403, 429].includes(status)) seen.push(`${method} ${path} ${status}`);
  });
  return seen;
};

describe.concurrent('without Read Message History', () => {
  it.each(['on', 'observe'] as const)('one poster causes a handful of refusals in a minute, mode %s', async (mode) => {
    const rooms = Array.from({ length: 12 }, (_, i) => `room-${i}`);
    await using town = await openTown({
      support: ['#support', ...rooms.map((name) => `#${name}`)],
      mode,
      nudged: mode === 'on' ? ['ben'] : [],
      before: (bare) => {
        for (const name of rooms) bare.addChannel(bare.guild, { name });
        for (const [, { name, permissions }] of bare.guild.roles)
          if (name !== 'Moderator')
            bare.setRolePermissions(bare.guild, name, BigInt(permissions) & ~Bits.ReadMessageHistory);
      },
    });
    const seen = refusals(town);
    const post = await town.ana.says('#support', sorrow);
    const thread = await town.mo.startsThread(post, 'for ana');
    const replies = [];
    for (let i = 0; i < 40; i++) replies.push(await town.ben.repliesTo(post, `${fix} ${i}`));
    for (const place of [thread, ...rooms.map((name) => `#${name}`)]) replies.push(await town.ben.says(place, fix));
    for (const reply of replies)
      expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'cannot be read' });
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.length).toBeLessThanOrEqual(5);
    expect(town.contacted()).toEqual([]);
  });
});

describe('the budget of the process', () => {
  it('when it is used up nothing is fetched or sent, and people are still answered', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    for (const route of ['GET /guilds/:id/:what', 'GET /guilds/:id/members/:user'])
      void town.town.faults.next(route, { status: 403, code: 50013, times: 500 });
    for (let i = 0; i < 170; i += 10) await Promise.all(Array.from({ length: 10 }, () => town.mo.runs('/setup')));
    const asked: string[] = [];
    town.town.onExchange(({ method, path }) => asked.push(`${method} ${path}`));
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'cannot be read' });
    expect(asked).toEqual([]);
    expect(await town.ben.runs('/reflect', { feeling: 'grief' })).toHaveProperty('ephemeral', true);
    await town.cleo.presses(await town.cleo.runs('/nudges'), 'nudges:on');
    expect(asked.filter((line) => !/interactions|webhooks/.test(line))).toEqual([]);
    expect(town.contacted()).toEqual([]);
  });
});

describe.concurrent('a token that Discord no longer accepts', () => {
  const unauthorized = { status: 401 } as const;
  const on = async (town: AttuneTown) => town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);

  it.each<[string, (town: AttuneTown) => Promise<unknown>]>([
    ['GET /channels/:id/messages', on],
    ['POST /users/@me/channels', on],
    ['POST /channels/:id/messages', on],
    ['GET /guilds/:id/channels', ({ mo }) => mo.runs('/setup')],
  ])('ends the process, told once: %s', async (route, act) => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    void town.town.faults.next(route, { ...unauthorized, times: 3 });
    await act(town);
    await expect.poll(() => town.ends.length).toBe(1);
    expect(town.ends[0]).toMatch(/DISCORD_TOKEN/);
    await act(town).catch(() => undefined);
    expect(town.ends).toHaveLength(1);
    expect(town.contacted()).toEqual([]);
  });

  it.each(['POST /interactions/:id/:token/callback', 'PATCH /webhooks/:id/:token/messages/@original'])(
    'is not what an interaction that went stale tells: %s',
    async (route) => {
      await using town = await openTown({ support: '#support', nudged: ['ben'] });
      const struck = town.town.faults.next(route, { ...unauthorized, code: 50027 });
      await Promise.all(
        [struck, town.cleo.runs('/nudges').then((panel) => town.cleo.presses(panel, 'nudges:on'))].map((one) =>
          one.catch(() => undefined),
        ),
      );
      town.town.faults.clear();
      expect(town.ends).toEqual([]);
      expect(await town.decisionOn(await on(town))).toMatchObject({ nudge: 'advice' });
    },
  );
});
