import { describe, expect, it } from 'vitest';
import { buttonsOf, partsOf } from '../components.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const member = (town: AttuneTown, id: string) => town.store.members.of(town.town.guild.id, id);
const paceShown = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel)
    .flatMap(({ options }) => (options ?? []) as { label: string; default?: boolean }[])
    .find((option) => option.default)?.label;

describe('/nudges', () => {
  it('says in two sentences what is read and what is kept before anybody says yes', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow('Your notes in Harbour\nYou get no notes.');
    expect(panel).toShow(
      /I read what you reply in the support channels[^.]*\. I keep no message and no history[^.]*\./,
    );
    expect(buttonsOf(panel)).toEqual(['Turn on', 'Leave my posts out']);
    expect(town.contacted()).toEqual([]);
    expect((await member(town, town.ben.id)).notes).toBe(false);
  });

  it('Turn on sends a sample, silently, that is called one', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'Turn on');
    expect(panel).toShow('Notes are **on**.');
    expect(panel).toShow('I have sent you a sample');
    expect(buttonsOf(panel)).toEqual(['Snooze a week', 'Turn off', 'Leave my posts out']);
    expect(paceShown(panel)).toBe('At most one note a day');
    const sample = await town.ben.nextDm();
    expect(sample).toShow('A sample note, only for you');
    expect(sample).toShow('A note about a reply in Harbour looks like this');
    expect(Number(sample.flags) & (1 << 12)).not.toBe(0);
    expect(sample).toMatchObject({ mentions: [], mention_everyone: false });
    expect(town.contacted()).toEqual(['ben']);
    expect(await member(town, town.ben.id)).toMatchObject({ notes: true, dms: 'open' });
  });

  it('finds closed DMs at once, does not keep trying, tells at the next /nudges, and Try again mends it', async () => {
    await using town = await openTown({ support: '#support' });
    let attempts = 0;
    town.town.onExchange(({ method, path, status }) => {
      if (method === 'POST' && path.endsWith('/messages') && status === 403) attempts++;
    });
    town.ben.closesDms();
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'Turn on');
    expect(panel).toShow('your direct messages are closed to me');
    expect(panel).not.toShow('I have sent you a sample');
    expect(buttonsOf(panel)).toContain('Try again');

    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(attempts).toBe(1);

    await town.restart();
    const again = await town.ben.runs('/nudges');
    expect(again).toShow('your direct messages are closed to me');
    const still = await town.ben.presses(again, 'Try again');
    expect(still).toShow('your direct messages are closed to me');
    town.ben.opensDms();
    const mended = await town.ben.presses(still, 'Try again');
    expect(mended).toShow('I have sent you a sample');
    expect(mended).not.toShow('closed');
    expect(await town.ben.nextDm()).toShow('A sample note');
    expect(await town.ben.runs('/nudges')).not.toShow('closed');
    expect(attempts).toBe(2);
  });

  it('is on although the sample failed, and says so', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    void town.town.faults.next('POST /channels/:id/messages', { status: 500 });
    const after = await town.ben.presses(panel, 'Turn on');
    expect(after).toShow('Notes are **on**.');
    expect(after).toShow('my sample did not get through');
    expect(town.contacted()).toEqual([]);
  });

  it('Turn off works at once, also for a reply that is being written, and keeps nothing', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'], settleMs: 400 });
    const panel = await town.ben.runs('/nudges');
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    const off = await town.ben.presses(panel, 'Turn off');
    expect(off).toShow('You get no notes.');
    expect(buttonsOf(off)).toEqual(['Turn on', 'Leave my posts out']);
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(town.contacted()).toEqual([]);
    expect(await member(town, town.ben.id)).toEqual({ notes: false, pace: 'day', dms: 'open', postsLeftOut: false });
  });

  it('snoozes, wakes, keeps the pace and the choice about posts, over a restart', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    let panel = await town.ben.presses(await town.ben.runs('/nudges'), 'Snooze a week');
    expect(panel).toShow(/Notes are \*\*snoozed\*\* until <t:\d+:D>/);
    expect(buttonsOf(panel)).toEqual(['End the snooze', 'Turn off', 'Leave my posts out']);
    panel = await town.ben.selects(panel, 'How often at most', ['A note every time it fits']);
    expect(paceShown(panel)).toBe('A note every time it fits');
    panel = await town.ben.presses(panel, 'Leave my posts out');
    expect(panel).toShow('Your own posts are **left out**');

    await town.restart();
    const again = await town.ben.runs('/nudges');
    expect(shown(again)).toBe(shown(panel));
    expect(paceShown(again)).toBe('A note every time it fits');
    // The panel from before the restart works, too.
    panel = await town.ben.presses(panel, 'End the snooze');
    expect(panel).toShow('Notes are **on**.');
    panel = await town.ben.presses(panel, 'Let my posts count again');
    expect(panel).toShow('others who turned notes on may get one about their reply to you');
    panel = await town.ben.selects(panel, 'How often at most', ['At most one note a week']);
    expect(await member(town, town.ben.id)).toMatchObject({ notes: true, pace: 'week', postsLeftOut: false });
  });

  it('leaves the posts of somebody out who gets no notes themself', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await town.ana.presses(await town.ana.runs('/nudges'), 'Leave my posts out');
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(town.contacted()).toEqual([]);
  });

  it('shows each member their own choices only', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    expect(await town.cleo.runs('/nudges')).toShow('You get no notes.');
    const panel = await town.ben.runs('/nudges');
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('says why nobody gets a note at the moment', async () => {
    await using town = await openTown();
    expect(await town.ben.runs('/nudges')).toShow('The moderators have notes turned off');
    await town.setUp(['#support'], 'Observe only');
    const panel = await town.ben.runs('/nudges');
    expect(panel).toShow('The moderators only count for now');
    expect(panel).not.toShow('notes turned off');
    // A choice that is made meanwhile is kept.
    await town.ben.presses(panel, 'Turn on');
    await town.setUp([], 'On');
    const on = await town.ben.runs('/nudges');
    expect(on).toShow('Notes are **on**.');
    expect(on).not.toShow('only count');
  });

  it('says when the bot may not read messages, and works all the same', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'Turn on');
    expect(panel).toShow('I may not read messages at the moment');
    expect(await town.ben.nextDm()).toShow('A sample note');
  });

  it('is not there in direct messages', async () => {
    await using town = await openTown();
    expect(town.ben.commands('dm').sort()).toEqual(['/explain', '/reflect']);
    expect(town.ben.commands('#general').sort()).toEqual(['/explain', '/nudges', '/reflect']);
  });
});
