import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { partsOf, plant } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { openTown } from '../town.ts';

/** A custom id is no proof of anything: what only moderators may open, only the one who opened it may press. */

const say = sentences('common.yaml');
/** In one message. */
const mostButtons = 25;

describe('a press of /setup by a member whom Discord did not open it to', () => {
  it('changes nothing, whatever its custom id says', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    const ids = partsOf(panel).flatMap(({ custom_id }) => custom_id ?? []);
    expect(ids.length).toBeGreaterThan(2);
    expect(ids).toContain('setup:mode:on:0:manage');
    const forged = ids.flatMap((id) => [id, id.replace(/:manage\b/, ':admin')]);
    for (let from = 0; from < forged.length; from += mostButtons) {
      const some = forged.slice(from, from + mostButtons);
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

describe('a press that takes back what somebody else shared', () => {
  const takeBack = sentences('commands/take-back.yaml');

  it('takes nothing back, whatever message its custom id names', async () => {
    await using town = await openTown();
    const { ana, ben } = town;
    const shared = (await ben.presses(await ben.runs('/reflect'), 'reflect:share')) as Extract<Answer, { id: string }>;
    const line = (await ana.runs('/need', { want: 'heard' })) as Extract<Answer, { id: string }>;
    const own = await ana.runs('/reflect');
    for (const { id } of [shared, line]) {
      const data = { custom_id: `take-back:shared:${id}`, component_type: 2 };
      expect(await ana.forges(data, { on: own })).toShow(takeBack('notYours'));
    }
    for (const message of [shared, line]) expect(ben.sees(message)).toBeDefined();
  });
});

describe('a choice that no list offers', () => {
  it.each([
    ['crisis:choose:anybody:1', '/crisis'],
    ['crisis:what:oneself:', '/crisis'],
  ])('is none: %s', async (custom_id, command) => {
    const logged: string[] = [];
    await using town = await openTown({ onLog: ({ msg }) => logged.push(msg) });
    const panel = await town.ana.runs(command);
    const answer = await town.ana.forges(
      { custom_id, component_type: 3, values: ['just stay positive '.repeat(5)] },
      { on: panel },
    );
    expect(answer).toShow(sentences('commands/crisis.yaml')('heading'));
    expect(logged).toEqual([]);
  });

  it('is none: a language', async () => {
    const logged: string[] = [];
    await using town = await openTown({ onLog: ({ msg }) => logged.push(msg) });
    const panel = await town.mo.runs('/setup');
    const data = { custom_id: 'setup:language:0:manage', component_type: 3, values: ['just stay positive'] };
    expect((await town.mo.forges(data, { on: panel })).failed).toBeUndefined();
    expect(logged).toEqual([]);
    expect(town.store.guilds.settings(town.town.guild.id)).toMatchObject({ settings: { language: { locale: null } } });
  });
});

describe('a custom id that is none of ours', () => {
  const strange = encodeURIComponent('ఇ'.repeat(9));
  it.each([
    ['that is missing', undefined, '/practice', 'nudges'],
    ['that is a number', 5, '/practice', 'nudges'],
    ['with a name that does not fit', `practice:answer:${strange}:harder:work:any:1`, '/practice', 'practice'],
    ['with a prompt that does not fit', `prompts:fix:${strange}:first:manage`, '/prompts list', 'prompts'],
  ])('%s opens nothing, and is no fault', async (_, custom_id, command, again) => {
    const logged: string[] = [];
    await using town = await openTown({ onLog: ({ msg }) => logged.push(msg) });
    const panel = await town.mo.runs(command);
    const answer = await town.mo.forges({ custom_id, component_type: 2 }, { on: panel });
    expect(answer).toShow(say('old', { command: mention(town.town, again) }));
    expect(logged).toEqual([]);
  });
});
