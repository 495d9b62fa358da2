import { describe, expect, it } from 'vitest';
import { defaultTerms } from '#detector/terms';
import { buttonsOf, labelsOf, partsOf, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const say = sentences('commands/nudges.yaml');
const note = sentences('note.yaml');
const closed = say('closed', { again: say('again') });
const labels = (...names: string[]) => names.map((name) => say(name));
const member = (town: AttuneTown, id: string) => town.store.members.of(town.town.guild.id, id);
const nobody = {
  ...{ notes: false, pace: 'day', kindsOff: [], landed: false },
  ...{ thanks: false, dms: 'open', postsLeftOut: false },
};
const kindsShown = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel)
    .flatMap(({ options }) => (options ?? []) as { value: string; default?: boolean }[])
    .flatMap((option) => (option.default ? [option.value] : []));
const paceShown = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel)
    .flatMap(({ options }) => (options ?? []) as { value: string; default?: boolean }[])
    .find((option) => option.default)?.value;

describe('/nudges', () => {
  it('says in two sentences what is read and what is kept before anybody says yes', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(`${say('heading', { guild: 'Harbour' })}\n${say('off')}`);
    expect(panel).toShow(say('read'));
    expect(panel).toShow(say('kept'));
    expect(buttonsOf(panel)).toEqual(['nudges:on', 'nudges:posts:out', 'nudges:more']);
    expect(labelsOf(panel)).toEqual(labels('turnOn', 'leaveOut', 'more'));
    expect(town.contacted()).toEqual([]);
    expect((await member(town, town.ben.id)).notes).toBe(false);
  });

  it('Turn on sends a sample, silently, that is called one', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    expect(panel).toShow(say('on'));
    expect(panel).toShow(say('sampleSent'));
    expect(buttonsOf(panel)).toEqual(['nudges:snooze', 'nudges:off', 'nudges:posts:out', 'nudges:more']);
    expect(labelsOf(panel)).toEqual(labels('snooze', 'turnOff', 'leaveOut', 'more'));
    expect(paceShown(panel)).toBe('day');
    for (const name of ['pace', 'every', 'day', 'week']) expect(panel).toShow(say(name));
    const sample = await town.ben.nextDm();
    expect(sample).toShow(note('sample'));
    expect(sample).toShow(note('aboutSample', { guild: 'Harbour' }));
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
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    expect(panel).toShow(closed);
    expect(panel).not.toShow(say('sampleSent'));
    expect(buttonsOf(panel)).toContain('nudges:on');
    expect(labelsOf(panel)).toContain(say('again'));

    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(attempts).toBe(1);

    await town.restart();
    const again = await town.ben.runs('/nudges');
    expect(again).toShow(closed);
    const still = await town.ben.presses(again, 'nudges:on');
    expect(still).toShow(closed);
    town.ben.opensDms();
    const mended = await town.ben.presses(still, 'nudges:on');
    expect(mended).toShow(say('sampleSent'));
    expect(mended).not.toShow(closed);
    expect(await town.ben.nextDm()).toShow(note('sample'));
    expect(await town.ben.runs('/nudges')).not.toShow(closed);
    expect(attempts).toBe(2);
  });

  it('is on although the sample failed, and says so', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.ben.runs('/nudges');
    void town.town.faults.next('POST /channels/:id/messages', { status: 500 });
    const after = await town.ben.presses(panel, 'nudges:on');
    expect(after).toShow(say('on'));
    expect(after).toShow(say('sampleFailed'));
    expect(town.contacted()).toEqual([]);
  });

  it('Turn off works at once, also for a reply that is being written, and keeps nothing', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'], settleMs: 400 });
    const panel = await town.ben.runs('/nudges');
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    const off = await town.ben.presses(panel, 'nudges:off');
    expect(off).toShow(say('off'));
    expect(buttonsOf(off)).toEqual(['nudges:on', 'nudges:posts:out', 'nudges:more']);
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(town.contacted()).toEqual([]);
    expect(await member(town, town.ben.id)).toEqual(nobody);
  });

  it('snoozes, wakes, keeps the pace and the choice about posts, over a restart', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    let panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:snooze');
    const until = (await member(town, town.ben.id)).snoozedUntil ?? 0;
    expect(panel).toShow(say('snoozed', { when: `<t:${Math.floor(until / 1000)}:D>` }));
    expect(buttonsOf(panel)).toEqual(['nudges:wake', 'nudges:off', 'nudges:posts:out', 'nudges:more']);
    expect(labelsOf(panel)).toEqual(labels('wake', 'turnOff', 'leaveOut', 'more'));
    panel = await town.ben.selects(panel, 'nudges:pace', ['every']);
    expect(paceShown(panel)).toBe('every');
    panel = await town.ben.presses(panel, 'nudges:posts:out');
    expect(panel).toShow(say('postsOut'));
    expect(labelsOf(panel).at(-2)).toBe(say('letIn'));

    await town.restart();
    const again = await town.ben.runs('/nudges');
    expect(shown(again)).toBe(shown(panel));
    expect(paceShown(again)).toBe('every');
    // The panel from before the restart works, too.
    panel = await town.ben.presses(panel, 'nudges:wake');
    expect(panel).toShow(say('on'));
    panel = await town.ben.presses(panel, 'nudges:posts:in');
    expect(panel).toShow(say('posts'));
    panel = await town.ben.selects(panel, 'nudges:pace', ['week']);
    expect(await member(town, town.ben.id)).toMatchObject({ notes: true, pace: 'week', postsLeftOut: false });
  });

  it('shows the fastest pace of the community where a member chose a faster one before, and keeps theirs', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', ['every']);
    const notes = (fastest: string) =>
      town.mo
        .runs('/setup')
        .then((panel) => town.mo.presses(panel, 'setup:page:notes'))
        .then((panel) => town.mo.selects(panel, 'setup:fastest', [fastest]));
    await notes('week');
    expect(paceShown(await town.ben.runs('/nudges'))).toBe('week');
    await notes('every');
    expect(paceShown(await town.ben.runs('/nudges'))).toBe('every');
  });

  it('leaves the posts of somebody out who gets no notes themself', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await town.ana.presses(await town.ana.runs('/nudges'), 'nudges:posts:out');
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const fix = await town.ben.repliesTo(post, 'you should see a therapist');
    expect((await town.decisionOn(fix)).outcome).not.toBe('nudged');
    expect(town.contacted()).toEqual([]);
  });

  it('shows each member their own choices only', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    expect(await town.cleo.runs('/nudges')).toShow(say('off'));
    const panel = await town.ben.runs('/nudges');
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('says why nobody gets a note at the moment', async () => {
    await using town = await openTown();
    expect(await town.ben.runs('/nudges')).toShow(say('modeOff'));
    await town.setUp(['#support'], 'observe');
    const panel = await town.ben.runs('/nudges');
    expect(panel).toShow(say('modeObserve'));
    expect(panel).not.toShow(say('modeOff'));
    // A choice that is made meanwhile is kept.
    await town.ben.presses(panel, 'nudges:on');
    await town.setUp([], 'on');
    const on = await town.ben.runs('/nudges');
    expect(on).toShow(say('on'));
    expect(on).not.toShow(say('modeObserve'));
  });

  it('says when the bot may not read messages, and works all the same', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    const panel = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    expect(panel).toShow(say('cannotRead'));
    expect(await town.ben.nextDm()).toShow(note('sample'));
  });

  it('has what some like to choose behind More, and one press leads back', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const first = await town.ben.runs('/nudges');
    const more = await town.ben.presses(first, 'nudges:more');
    expect(more).toMatchObject({ ephemeral: true });
    expect(more).toShow(say('moreHeading', { guild: 'Harbour' }));
    for (const name of ['kinds.what', 'landed.what', 'thanks.what']) expect(more).toShow(say(name));
    expect(buttonsOf(more)).toEqual(['nudges:landed:on', 'nudges:thanks:on', 'nudges:back']);
    expect(labelsOf(more)).toEqual([say('landed.start'), say('thanks.start'), say('back')]);
    const back = await town.ben.presses(more, 'nudges:back');
    expect(shown(back)).toBe(shown(first));
    for (const page of [first, more]) {
      expect(sizeOf(page).parts).toBeLessThanOrEqual(20);
      expect(sizeOf(page).text).toBeLessThanOrEqual(1_300);
    }
  });

  it('keeps which kinds, also over a restart; what is chosen is marked', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    let more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    expect(kindsShown(more)).toEqual([...defaultTerms.kinds]);
    more = await town.ben.selects(more, 'nudges:kinds', ['advice', 'interpreting']);
    expect(kindsShown(more)).toEqual(['advice', 'interpreting']);
    await town.restart();
    // The panel from before the restart works, too.
    more = await town.ben.selects(more, 'nudges:kinds', ['advice']);
    expect(kindsShown(await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more'))).toEqual(['advice']);
    const off = defaultTerms.kinds.filter((kind) => kind !== 'advice');
    expect(await member(town, town.ben.id)).toMatchObject({ notes: true, kindsOff: off });
  });

  it('says so on its first page when no kind is chosen', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    let more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    more = await town.ben.selects(more, 'nudges:kinds', []);
    const none = say('noKinds', { more: say('more') });
    expect(await town.ben.presses(more, 'nudges:back')).toShow(none);
    more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    more = await town.ben.selects(more, 'nudges:kinds', ['advice']);
    expect(await town.ben.presses(more, 'nudges:back')).not.toShow(none);
  });

  it('keeps what was chosen for kinds that are not in use here', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await town.store.members.turnKindsOff(town.town.guild.id, town.ben.id, ['detached', 'advice']);
    const more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    await town.ben.selects(more, 'nudges:kinds', [...defaultTerms.kinds]);
    expect(await member(town, town.ben.id)).toMatchObject({ kindsOff: ['detached'] });
  });

  it('turns on and off what is told besides, each by itself', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    let more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    more = await town.ben.presses(more, 'nudges:landed:on');
    expect(more).toShow(say('landed.on'));
    more = await town.ben.presses(more, 'nudges:thanks:on');
    expect(more).toShow(say('thanks.on'));
    expect(buttonsOf(more)).toEqual(['nudges:landed:off', 'nudges:thanks:off', 'nudges:back']);
    expect(await member(town, town.ben.id)).toMatchObject({ landed: true, thanks: true });
    more = await town.ben.presses(more, 'nudges:landed:off');
    expect(await member(town, town.ben.id)).toMatchObject({ landed: false, thanks: true });
    await town.ben.presses(await town.ben.presses(more, 'nudges:back'), 'nudges:off');
    expect(await member(town, town.ben.id)).toEqual({ ...nobody, thanks: true });
    expect(town.contacted()).toEqual([]);
  });

  it('offers thanks to whoever has no notes, and says where the rest is', async () => {
    await using town = await openTown();
    let more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    expect(more).toShow(say('moreOff'));
    expect(buttonsOf(more)).toEqual(['nudges:thanks:on', 'nudges:back']);
    expect(kindsShown(more)).toEqual([]);
    more = await town.ben.presses(more, 'nudges:thanks:on');
    expect(await member(town, town.ben.id)).toEqual({ ...nobody, thanks: true });
    await town.ben.presses(more, 'nudges:thanks:off');
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
  });

  it('a press on what belongs to notes keeps nothing once they are off', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const first = await town.ben.runs('/nudges');
    const more = await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:more');
    await town.ben.presses(first, 'nudges:off');
    expect(await town.ben.presses(more, 'nudges:landed:on')).toShow(say('moreOff'));
    expect(await town.store.person.kept(town.ben.id)).toEqual([]);
  });

  it('is not there in direct messages', async () => {
    await using town = await openTown();
    expect(town.ben.commands('dm')).not.toContain('/nudges');
    expect(town.ben.commands('#general')).toContain('/nudges');
  });
});
