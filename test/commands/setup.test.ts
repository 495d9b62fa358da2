import { deleteChannel } from '@attune/town/world/places';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '#store/times';
import { deny, partsOf } from '../components.ts';
import { type AttuneTown, openTown } from '../town.ts';

const saved = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id);
const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
const chosen = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel).flatMap(({ default_values }) => ((default_values ?? []) as { id: string }[]).map(({ id }) => id));
const modeShown = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel).find(({ type, disabled }) => type === 2 && disabled)?.label;
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

describe('/setup', () => {
  it('is shown to those who manage the server, and to nobody else', async () => {
    await using town = await openTown();
    expect(town.mo.commands('#general')).toContain('/setup');
    expect(town.ben.commands('#general')).not.toContain('/setup');
    const panel = await town.mo.runs('/setup');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow('Attune in Harbour');
    expect(panel).toShow('Notes are **off**. I read nothing.');
    expect(panel).toShow('Nothing was counted.');
    expect(modeShown(panel)).toBe('Off');
  });

  it.each([
    ['a text channel', ['#support']],
    ['a forum', ['#stories']],
    ['a category', ['#Circles']],
    ['several', ['#support', '#general', '#stories']],
  ])('takes %s, and clears it again', async (_, names) => {
    await using town = await openTown();
    let panel = await town.mo.selects(await town.mo.runs('/setup'), 'Support channels', names);
    const ids = names.map((name) => idOf(town, name));
    expect(chosen(panel)).toEqual(ids);
    expect(saved(town).settings.support.channels).toEqual(ids);
    panel = await town.mo.presses(panel, 'Observe only');
    expect(panel).toShow('**Observe only.**');
    expect(panel).not.toShow('Choose at least one support channel');
    panel = await town.mo.selects(panel, 'Support channels', []);
    expect(panel).toShow('Choose at least one support channel; until then nothing is read.');
    expect(saved(town).settings.support).toEqual({ mode: 'observe', channels: [] });
  });

  it('goes through the modes, and stays where it was left over a restart', async () => {
    await using town = await openTown();
    let panel = await town.mo.selects(await town.mo.runs('/setup'), 'Support channels', ['#support']);
    for (const [button, said] of [
      ['On', 'Notes are **on** for members who asked for them.'],
      ['Observe only', 'Nobody is contacted.'],
      ['Off', 'I read nothing.'],
      ['On', 'Notes are **on**'],
    ] as const) {
      panel = await town.mo.presses(panel, button);
      expect(panel).toShow(said);
      expect(modeShown(panel)).toBe(button);
    }
    await town.restart();
    panel = await town.mo.presses(panel, 'Observe only');
    expect(modeShown(panel)).toBe('Observe only');
    await town.restart();
    panel = await town.mo.selects(panel, 'Support channels', ['#general']);
    expect(chosen(await town.mo.runs('/setup'))).toEqual([idOf(town, '#general')]);
    expect(modeShown(await town.mo.runs('/setup'))).toBe('Observe only');
  });

  it('loses nothing when two moderators are at it at once, and says so', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    await ida.selects(hers, 'Support channels', ['#support']);
    const told = await town.mo.presses(his, 'On');
    expect(told).toShow('your last press was not saved');
    expect(chosen(told)).toEqual([idOf(town, '#support')]);
    expect(modeShown(told)).toBe('Off');
    expect(saved(town).settings.support).toEqual({ mode: 'off', channels: [idOf(town, '#support')] });
    const now = await town.mo.presses(told, 'On');
    expect(now).not.toShow('was not saved');
    expect(saved(town).settings.support).toEqual({ mode: 'on', channels: [idOf(town, '#support')] });
  });

  it('saves one of two presses in the same moment, and tells the other', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    const [a, b] = await Promise.all([ida.presses(hers, 'On'), town.mo.presses(his, 'Observe only')]);
    const told = [a, b].filter((panel) => partsOf(panel).some(({ content }) => content?.includes('was not saved')));
    expect(told).toHaveLength(1);
    expect(modeShown(a)).toBe(modeShown(b));
  });

  it('a panel older than 15 minutes says so, changes nothing and opens a new one', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    town.town.clock.advance(14 * MINUTE);
    const still = await town.mo.presses(panel, 'Observe only');
    expect(modeShown(still)).toBe('Observe only');
    town.town.clock.advance(2 * MINUTE);
    const answer = await town.mo.presses(panel, 'On');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow('That panel was more than 15 minutes old, so nothing was changed. Here is a new one.');
    expect(saved(town).settings.support.mode).toBe('observe');
    if ('id' in answer && 'id' in panel) expect(answer.id).not.toBe(panel.id);
    const fresh = await town.mo.presses(answer, 'On');
    expect(fresh).not.toShow('15 minutes old');
    expect(saved(town).settings.support.mode).toBe('on');
  });

  it('serves a member whom an admin allowed, with every press', async () => {
    await using town = await openTown();
    expect(town.ana.commands('#general')).not.toContain('/setup');
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    let panel = await town.ana.runs('/setup');
    panel = await town.ana.selects(panel, 'Support channels', ['#support']);
    await town.restart();
    panel = await town.ana.presses(panel, 'Observe only');
    expect(panel).toShow('**Observe only.**');
    expect(saved(town).settings.support).toEqual({ mode: 'observe', channels: [idOf(town, '#support')] });
  });

  it('opens no new panel for a member whom an admin allowed: Discord may not open it for them any more', async () => {
    await using town = await openTown();
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const panel = await town.ana.runs('/setup');
    town.town.clock.advance(16 * MINUTE);
    const answer = await town.ana.presses(panel, 'Observe only');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(/15 minutes old, so nothing was changed. <\/setup:\d+> opens a new one/);
    expect(partsOf(answer).some(({ type }) => type === 2)).toBe(false);
    expect(saved(town).revision).toBe(0);
  });

  it('refuses somebody who has lost Manage Server since the panel was opened', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    town.town.setRoles(town.town.guild, 'mo', []);
    for (const act of [
      () => town.mo.presses(panel, 'On'),
      () => town.mo.selects(panel, 'Support channels', ['#support']),
    ]) {
      const answer = await act();
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).toShow('You need the permission **Manage Server**');
      expect(partsOf(answer).some(({ type }) => type === 2)).toBe(false);
    }
    expect(saved(town)).toMatchObject({ revision: 0, settings: { support: { mode: 'off', channels: [] } } });
  });

  it.each([
    ['View Channel', Bits.ViewChannel, 'I cannot see <#ID>. I need **View Channel** there.', 'Read Message History'],
    ['Read Message History', Bits.ReadMessageHistory, 'I cannot look back in <#ID>', 'View Channel'],
  ])('names a missing %s, and no other', async (name, permission, said, other) => {
    await using town = await openTown({ support: ['#support', '#general'] });
    deny(town.town, town.town.channel('#support'), permission);
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(said.replace('ID', idOf(town, '#support')));
    expect(panel).toShow(`**${name}**`);
    expect(panel).not.toShow(`**${other}**`);
    expect(panel).not.toShow(`<#${idOf(town, '#general')}>`);
  });

  it('looks into a chosen category: its channels count, not the category', async () => {
    await using town = await openTown({ support: '#Circles' });
    deny(town.town, town.town.channel('#Circles'), Bits.ViewChannel);
    expect(await town.mo.runs('/setup')).not.toShow('I cannot see');
    deny(town.town, town.town.channel('#stories'), Bits.ViewChannel);
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(`I cannot see <#${idOf(town, '#stories')}>`);
    expect(panel).not.toShow(`<#${idOf(town, '#circle')}>`);
  });

  it('is quiet where nothing is missing', async () => {
    await using town = await openTown({ support: ['#support', '#Circles'] });
    expect(await town.mo.runs('/setup')).not.toShow(/I cannot|no longer exists|may not read/);
  });

  it('names a chosen channel that was deleted, and the next press takes it off the list', async () => {
    await using town = await openTown({ support: ['#support', '#general'], mode: 'Observe only' });
    const gone = idOf(town, '#general');
    deleteChannel(town.town.world, town.town.channel('#general'));
    const panel = await town.mo.runs('/setup', {}, { in: '#support' });
    expect(panel).toShow(`A chosen channel no longer exists: <#${gone}>`);
    expect(chosen(panel)).toEqual([idOf(town, '#support')]);
    const after = await town.mo.presses(panel, 'On');
    expect(after).not.toShow('no longer exists');
    expect(saved(town).settings.support).toEqual({ mode: 'on', channels: [idOf(town, '#support')] });
  });

  it('shows what was counted in the last seven days, and contacts nobody meanwhile', async () => {
    await using town = await openTown({ support: '#support', mode: 'Observe only' });
    const post = await town.ana.says('#support', sorrow);
    await town.decisionOn(await town.ben.repliesTo(post, fix));
    await town.decisionOn(await town.cleo.repliesTo(post, 'you should try yoga'));
    const day = (ago: number) => new Date(Date.now() - ago * 24 * 60 * MINUTE).toISOString().slice(0, 10);
    const { id } = town.town.guild;
    await town.store.counts.add(id, day(6), 'silver-lining', 'noted', 5);
    await town.store.counts.add(id, day(6), 'silver-lining', 'asked for', 2);
    await town.store.counts.add(id, day(8), 'cheerleading', 'would', 9);
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow('**Last seven days**');
    expect(panel).toShow('- **Bright side came early**: 5 got a note, 2 marked “They asked for it”');
    expect(panel).toShow('- **Ideas came early**: 2 would have got a note');
    expect(panel).not.toShow('Encouragement came early');
    expect(town.contacted()).toEqual([]);
  });

  it('says what is missing without the Message Content intent, and works', async () => {
    await using town = await openTown({
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    const panel = await town.mo.presses(await town.mo.runs('/setup'), 'On');
    expect(panel).toShow('**Message Content Intent**');
    expect(modeShown(panel)).toBe('On');
  });
});
