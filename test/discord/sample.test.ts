import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { actionsOf, partsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { openTown, shippedData } from '../town.ts';

const [nudges, note] = [sentences('commands/nudges.yaml'), sentences('note.yaml')];
const kind = wordsOf(loadContent(shippedData).kinds(), 'silver-lining');

/** Ben has just turned notes on and holds the sample. */
async function withSample() {
  const town = await openTown({ support: '#support' });
  await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
  return { town, sample: await town.ben.nextDm() };
}

describe('the sample note', () => {
  it('has the four buttons of a note, and says that it is a sample', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    expect(actionsOf(sample)).toEqual(['note:another', 'note:why', 'note:wrong', 'note:settings']);
    expect(sample).toShow(note('sample'));
    expect(sample).not.toShow('](https://discord.com/');
  });

  it('all of them work after a restart, and nothing is counted', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    const { id } = town.town.guild;
    const member = () => town.store.members.of(id, town.ben.id);
    const opener = (message: Parameters<typeof partsOf>[0]) => partsOf(message).find((part) => part.id === 62)?.content;
    await town.restart();
    const other = await town.ben.presses(sample, 'note:another');
    expect(other).toMatchObject({ id: sample.id });
    expect(opener(other)).not.toBe(opener(sample));
    expect(await town.ben.presses(sample, 'note:why')).toShow(kind.name);
    expect(await town.ben.presses(sample, 'note:wrong')).toShow(note('thanksSample'));
    expect(await town.ben.presses(sample, 'note:wrong')).toShow(note('thanksSample'));
    expect(await town.store.counts.since(id, '2000-01-01')).toEqual([]);
    const settings = await town.ben.presses(sample, 'note:settings');
    const snoozed = await town.ben.presses(settings, 'note:snooze');
    expect((await member()).snoozedUntil).toBeDefined();
    await town.ben.presses(snoozed, 'note:wake');
    expect((await member()).snoozedUntil).toBeUndefined();
    const off = await town.ben.presses(settings, 'note:off');
    expect((await member()).notes).toBe(false);
    await town.ben.presses(off, 'note:on');
    expect((await member()).notes).toBe(true);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('is not sent again by "Turn on again"', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    const settings = await town.ben.presses(sample, 'note:settings');
    await town.ben.presses(await town.ben.presses(settings, 'note:off'), 'note:on');
    expect(town.contacted()).toEqual(['ben']);
  });

  it('goes once when "Turn on" is pressed twice, and not again on a panel from before', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    await Promise.all([town.ben.presses(panel, 'nudges:on'), town.ben.presses(panel, 'nudges:on')]);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('does not reach somebody who turned notes off before it went', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    const struck = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 1_000 });
    const turnedOn = town.ben.presses(panel, 'nudges:on');
    await struck;
    expect(await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:off')).toShow(nudges('off'));
    expect(await turnedOn).not.toShow(nudges('sampleSent'));
    expect(town.contacted()).toEqual([]);
  });
});
