import { describe, expect, it } from 'vitest';
import { partsOf, plant } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { openTown } from '../town.ts';

/** A custom id is no proof of anything: what only moderators may open, only the one who opened it may press. */

const say = sentences('common.yaml');

describe('a press of /setup by a member whom Discord did not open it to', () => {
  it('changes nothing, whatever its custom id says', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    const ids = partsOf(panel).flatMap(({ custom_id }) => custom_id ?? []);
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toContain('setup:mode:on:0:manage');
    const forged = ids.flatMap((id) => [id, id.replace(/:manage\b/, ':admin')]);
    // A message holds 25 buttons.
    for (let at = 0; at < forged.length; at += 25) {
      const some = forged.slice(at, at + 25);
      const planted = await plant(town.town, town.town.channel('#general'), some);
      for (const id of some) {
        const answer = await town.ana.presses(planted, id);
        expect(answer, id).toMatchObject({ ephemeral: true });
        expect(answer, id).toShow(say('old', { command: mention(town.town, 'setup') }));
      }
    }
    expect(town.store.guilds.settings(town.town.guild.id)).toMatchObject({
      revision: 0,
      settings: { support: { mode: 'off' } },
    });
    // A moderator's own panel is good.
    await town.mo.presses(panel, 'setup:mode:observe');
    expect(town.store.guilds.settings(town.town.guild.id)).toMatchObject({ revision: 1 });
  });
});
