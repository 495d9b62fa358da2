import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#settings/settings';
import { MINUTE } from '#store/times';
import { partsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const say = sentences(['commands/setup.yaml', 'commands/setup/support.yaml', 'commands/setup/counted.yaml']);
const saved = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id);
const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
const chosen = (panel: Parameters<typeof partsOf>[0]) =>
  partsOf(panel).flatMap(({ default_values }) => ((default_values ?? []) as { id: string }[]).map(({ id }) => id));
/** The mode that looks chosen; all three can be pressed. */
const modeShown = (panel: Parameters<typeof partsOf>[0]) => {
  const buttons = partsOf(panel).filter(({ custom_id }) => custom_id?.startsWith('setup:mode:'));
  expect(buttons.map(({ disabled }) => disabled === true)).toEqual([false, false, false]);
  const chosen = buttons.filter(({ style }) => style === 3);
  expect(chosen).toHaveLength(1);
  const mode = chosen[0]?.custom_id?.split(':')[2];
  expect(chosen[0]?.label).toBe(say('chosen', { mode: say(`modes.${mode}`) }));
  return mode;
};
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

describe('/setup', () => {
  it('is shown to those who manage the server, and to nobody else', async () => {
    await using town = await openTown();
    expect(town.mo.commands('#general')).toContain('/setup');
    expect(town.ben.commands('#general')).not.toContain('/setup');
    const panel = await town.mo.runs('/setup');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(say('heading', { guild: 'Harbour' }));
    expect(modeShown(panel)).toBe('off');
    for (const mode of ['off', 'observe', 'on']) expect(panel).toShow(say(`does.${mode}`));
    expect(sizeOf(panel).parts).toBeLessThanOrEqual(40);
  });

  it.each([
    ['a text channel', ['#support']],
    ['a forum', ['#stories']],
    ['a category', ['#Circles']],
    ['several', ['#support', '#general', '#stories']],
  ])('takes %s, and clears it again', async (_, names) => {
    await using town = await openTown();
    let panel = await town.mo.selects(await town.mo.runs('/setup'), 'setup:channels', names);
    const ids = names.map((name) => idOf(town, name));
    expect(chosen(panel)).toEqual(ids);
    expect(saved(town).settings.support.channels).toEqual(ids);
    panel = await town.mo.presses(panel, 'setup:mode:observe');
    expect(modeShown(panel)).toBe('observe');
    expect(panel).not.toShow(say('noChannels'));
    panel = await town.mo.selects(panel, 'setup:channels', []);
    expect(panel).toShow(say('noChannels'));
    expect(saved(town).settings.support).toEqual({ mode: 'observe', channels: [] });
  });

  it('goes through the modes, and stays where it was left over a restart', async () => {
    await using town = await openTown();
    let panel = await town.mo.selects(await town.mo.runs('/setup'), 'setup:channels', ['#support']);
    let before = 'off';
    for (const mode of ['on', 'observe', 'off', 'on'] as const) {
      panel = await town.mo.presses(panel, `setup:mode:${mode}`);
      expect(panel).toShow(
        say('fromTo', { name: say('mode'), from: say(`modes.${before}`), to: say(`modes.${mode}`) }),
      );
      expect(modeShown(panel)).toBe(mode);
      before = mode;
    }
    expect(await town.mo.presses(panel, 'setup:mode:on')).toShow(say('asItWas'));
    await town.restart();
    panel = await town.mo.presses(panel, 'setup:mode:observe');
    expect(modeShown(panel)).toBe('observe');
    await town.restart();
    panel = await town.mo.selects(panel, 'setup:channels', ['#general']);
    expect(chosen(await town.mo.runs('/setup'))).toEqual([idOf(town, '#general')]);
    expect(modeShown(await town.mo.runs('/setup'))).toBe('observe');
  });

  it('asks first how to begin, and staying off is an answer', async () => {
    await using town = await openTown();
    let panel = await town.mo.runs('/setup');
    expect(panel).toShow(say('first'));
    panel = await town.mo.presses(panel, 'setup:mode:off');
    expect(panel).not.toShow(say('first'));
    expect(modeShown(panel)).toBe('off');
    expect(await town.mo.runs('/setup')).not.toShow(say('first'));
    expect(saved(town).settings).toEqual(defaultSettings);
  });

  it('keeps what two moderators change at once, each a setting of their own', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    await ida.selects(hers, 'setup:channels', ['#support']);
    const told = await town.mo.presses(his, 'setup:mode:on');
    expect(told).toShow(say('fromTo', { name: say('mode'), from: say('modes.off'), to: say('modes.on') }));
    expect(told).not.toShow(say('changed'));
    expect(chosen(told)).toEqual([idOf(town, '#support')]);
    expect(saved(town).settings.support).toEqual({ mode: 'on', channels: [idOf(town, '#support')] });
  });

  it('keeps them apart also over a restart', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    await ida.selects(hers, 'setup:channels', ['#support']);
    await town.restart();
    // What was changed before the restart is no longer known, so the press is not taken: it could be the same setting.
    const told = await town.mo.presses(his, 'setup:mode:on');
    expect(told).toShow(say('changed'));
    expect(modeShown(await town.mo.presses(told, 'setup:mode:on'))).toBe('on');
  });

  it('refuses who changes what another has changed since, says how it is now, and takes the next press', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    await ida.selects(hers, 'setup:channels', ['#support', '#general']);
    const told = await town.mo.selects(his, 'setup:channels', ['#stories']);
    const ids = ['#support', '#general'].map((name) => idOf(town, name));
    const value = ids.map((id) => `<#${id}>`).join(', ');
    expect(told).toShow(say('changed'));
    expect(told).toShow(say('isNow', { name: say('channels'), value }));
    expect(saved(town).settings.support.channels).toEqual(ids);
    const now = await town.mo.selects(told, 'setup:channels', ['#stories']);
    expect(now).not.toShow(say('changed'));
    expect(saved(town).settings.support.channels).toEqual([idOf(town, '#stories')]);
  });

  it('saves one of two presses in the same moment, and tells the other', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const [hers, his] = await Promise.all([ida.runs('/setup'), town.mo.runs('/setup')]);
    const [a, b] = await Promise.all([ida.presses(hers, 'setup:mode:on'), town.mo.presses(his, 'setup:mode:observe')]);
    const told = [a, b].filter((panel) => partsOf(panel).some(({ content }) => content?.includes(say('changed'))));
    expect(told).toHaveLength(1);
    expect(modeShown(a)).toBe(modeShown(b));
  });

  it('a panel older than 15 minutes says so, changes nothing and opens a new one', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    town.town.clock.advance(14 * MINUTE);
    const still = await town.mo.presses(panel, 'setup:mode:observe');
    expect(modeShown(still)).toBe('observe');
    town.town.clock.advance(2 * MINUTE);
    const answer = await town.mo.presses(panel, 'setup:mode:on');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('tooOld'));
    expect(saved(town).settings.support.mode).toBe('observe');
    if ('id' in answer && 'id' in panel) expect(answer.id).not.toBe(panel.id);
    const fresh = await town.mo.presses(answer, 'setup:mode:on');
    expect(fresh).not.toShow(say('tooOld'));
    expect(saved(town).settings.support.mode).toBe('on');
  });

  it('serves a member whom an admin allowed, with every press', async () => {
    await using town = await openTown();
    expect(town.ana.commands('#general')).not.toContain('/setup');
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    let panel = await town.ana.runs('/setup');
    panel = await town.ana.selects(panel, 'setup:channels', ['#support']);
    await town.restart();
    panel = await town.ana.presses(panel, 'setup:mode:observe');
    expect(modeShown(panel)).toBe('observe');
    expect(saved(town).settings.support).toEqual({ mode: 'observe', channels: [idOf(town, '#support')] });
  });

  it('opens no new panel for a member whom an admin allowed: Discord may not open it for them any more', async () => {
    await using town = await openTown();
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const panel = await town.ana.runs('/setup');
    town.town.clock.advance(16 * MINUTE);
    const answer = await town.ana.presses(panel, 'setup:mode:observe');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('openAgain', { setup: mention(town.town, 'setup') }));
    expect(partsOf(answer).some(({ type }) => type === 2)).toBe(false);
    expect(saved(town).revision).toBe(0);
  });

  it('refuses somebody who has lost Manage Server since the panel was opened', async () => {
    await using town = await openTown();
    const panel = await town.mo.runs('/setup');
    town.town.setRoles(town.town.guild, 'mo', []);
    for (const act of [
      () => town.mo.presses(panel, 'setup:mode:on'),
      () => town.mo.selects(panel, 'setup:channels', ['#support']),
    ]) {
      const answer = await act();
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).toShow(say('notAllowed'));
      expect(partsOf(answer).some(({ type }) => type === 2)).toBe(false);
    }
    expect(saved(town)).toMatchObject({ revision: 0, settings: { support: { mode: 'off', channels: [] } } });
  });

  it('says where to see what was counted, and shows no number that moves after a reply', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const before = shown(await town.mo.runs('/setup'));
    const post = await town.ana.says('#support', sorrow);
    await town.decisionOn(await town.ben.repliesTo(post, fix));
    const after = await town.mo.runs('/setup');
    expect(after).toShow(say('where', { insights: mention(town.town, 'insights') }));
    expect(shown(after)).toBe(before);
    expect(town.contacted()).toEqual([]);
  });
});
