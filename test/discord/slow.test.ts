import { describe, expect, it } from 'vitest';
import { actionsOf } from '../components.ts';
import { openTown } from '../town.ts';

/** An answer that Discord does not take in time, or loses: what was chosen is done or not, and never half. */

const callback = 'POST /interactions/:interaction/:token/callback';

describe.concurrent('a choice whose answer', () => {
  it.each([
    ['hangs', { hang: true } as const],
    ['is lost on its way', { drop: true } as const],
    ['is refused', { status: 500, times: 9 } as const],
    ['comes after more than three seconds', { delayAnswer: 3_500 } as const],
    ['stops in its middle', { stallAnswer: true } as const],
  ])('%s is done, or not, and the next look says which', async (_, trouble) => {
    await using town = await openTown({ support: '#support' });
    const { ben, mo, town: discord, store } = town;
    const [own, setup] = [await ben.runs('/nudges'), await mo.runs('/setup')];
    for (const [who, panel, button] of [
      [ben, own, 'nudges:on'],
      [mo, setup, 'setup:mode:observe'],
    ] as const) {
      const struck = discord.faults.next(callback, trouble);
      const seen = who.presses(panel, button, { within: 8_000 });
      await struck;
      await seen;
      discord.faults.clear();
    }
    const isOn = store.members.hasNotes(discord.guild.id, ben.user.id);
    expect((await store.members.of(discord.guild.id, ben.user.id)).notes).toBe(isOn);
    expect(actionsOf(await ben.runs('/nudges'))).toContain(isOn ? 'nudges:off' : 'nudges:on');
    // Whatever became of it, the next choice is taken.
    await mo.presses(await mo.runs('/setup'), 'setup:mode:on');
    expect(store.guilds.settings(discord.guild.id).settings.support).toMatchObject({ mode: 'on' });
    expect(store.guilds.settings(discord.guild.id).settings.support.channels).toHaveLength(1);
    expect(town.ends).toEqual([]);
  });
});
