import { describe, expect, it } from 'vitest';
import { buttonsOf, partsOf } from '../components.ts';
import { openTown } from '../town.ts';

/** Ben has just turned notes on and holds the sample. */
async function withSample() {
  const town = await openTown({ support: '#support' });
  await town.ben.presses(await town.ben.runs('/nudges'), 'Turn on');
  return { town, sample: await town.ben.nextDm() };
}

describe('the sample note', () => {
  it('has the five buttons of a note, and says that it is a sample', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    expect(buttonsOf(sample)).toEqual(['Another way', 'Why this?', 'They asked for it', 'Snooze a week', 'Turn off']);
    expect(sample).toShow('A sample note, only for you');
    expect(sample).not.toShow('your reply](');
  });

  it('all five work after a restart, and nothing is counted', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    const { id } = town.town.guild;
    const member = () => town.store.members.of(id, town.ben.id);
    const opener = (message: Parameters<typeof partsOf>[0]) => partsOf(message).find((part) => part.id === 7)?.content;
    await town.restart();
    const other = await town.ben.presses(sample, 'Another way');
    expect(other).toMatchObject({ id: sample.id });
    expect(opener(other)).not.toBe(opener(sample));
    expect(await town.ben.presses(sample, 'Why this?')).toShow('Bright side came early');
    expect(await town.ben.presses(sample, 'They asked for it')).toShow('This was only a sample');
    expect(await town.ben.presses(sample, 'They asked for it')).toShow('This was only a sample');
    expect(await town.store.counts.since(id, '2000-01-01')).toEqual([]);
    const snoozed = await town.ben.presses(sample, 'Snooze a week');
    expect((await member()).snoozedUntil).toBeDefined();
    await town.ben.presses(snoozed, 'End the snooze');
    expect((await member()).snoozedUntil).toBeUndefined();
    const off = await town.ben.presses(sample, 'Turn off');
    expect((await member()).notes).toBe(false);
    await town.ben.presses(off, 'Turn on again');
    expect((await member()).notes).toBe(true);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('is not sent again by "Turn on again"', async () => {
    const { town, sample } = await withSample();
    await using _ = town;
    await town.ben.presses(await town.ben.presses(sample, 'Turn off'), 'Turn on again');
    expect(town.contacted()).toEqual(['ben']);
  });

  it('goes once when "Turn on" is pressed twice, and not again on a panel from before', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    await Promise.all([town.ben.presses(panel, 'Turn on'), town.ben.presses(panel, 'Turn on')]);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('does not reach somebody who turned notes off before it went', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    const struck = town.town.faults.next('POST /users/@me/channels', { delayAnswer: 1_000 });
    const turnedOn = town.ben.presses(panel, 'Turn on');
    await struck;
    expect(await town.ben.presses(await town.ben.runs('/nudges'), 'Turn off')).toShow('You get no notes');
    expect(await turnedOn).not.toShow('I have sent you a sample');
    expect(town.contacted()).toEqual([]);
  });
});
