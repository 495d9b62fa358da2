import { deleteRole } from '@attune/town/world/guilds';
import { deleteChannel } from '@attune/town/world/places';
import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import { MINUTE } from '#store/times';
import { buttonsOf, deny, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, partsWith, processes, shippedData, shown } from '../town.ts';

/** /setup checks itself: what is missing, what does not work because of it, and how to mend it. */

const say = sentences('commands/setup/checks.yaml');
const setup = sentences('commands/setup.yaml');
const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
const mentioned = (town: AttuneTown, name: string) => `<#${idOf(town, name)}>`;
const settings = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id).settings;
const open = async (town: AttuneTown, page: string) =>
  town.mo.presses(await town.mo.runs('/setup', {}, { in: '#support' }), `setup:page:${page}`);
/** The whole of what is said of one thing: its title, what, the effect and the way out. */
const found = (what: string, values: Record<string, string>) =>
  ['title', 'what', 'effect', 'mend'].map((part) => say(`found.${what}.${part}`, values));

/** An older bot of the same application registered these in a server. */
async function leave({ town }: AttuneTown, guild: string, names: readonly string[]) {
  for (const name of names) {
    const response = await fetch(`${town.api}/v10/applications/${town.bot.id}/guilds/${guild}/commands`, {
      method: 'POST',
      headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, description: 'Of an older bot' }),
    });
    expect(response.status).toBe(201);
  }
}

// What a bot is made of is read once; on a busy machine that takes longer than a test may.
beforeAll(() => partsWith(shippedData), 60_000);

describe('the checks of /setup', () => {
  it('say that all is well where it is, on the first page and on their own', async () => {
    await using town = await openTown({ support: ['#support', '#Circles'] });
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(`**${say('heading')}**: ${say('allWell')}`);
    expect(panel).not.toShow('<#');
    const page = await town.mo.presses(panel, 'setup:page:checks');
    expect(page).toShow(say('allWell'));
    expect(await town.mo.presses(page, 'setup:page:start')).toShow(say('allWell'));
  });

  it.each([
    ['View Channel', Bits.ViewChannel, 'noView', 'noHistory'],
    ['Read Message History', Bits.ReadMessageHistory, 'noHistory', 'noView'],
  ])('name a missing %s in its channel, and no other', async (_, permission, what, other) => {
    await using town = await openTown({ support: ['#support', '#general'] });
    deny(town.town, town.town.channel('#support'), permission);
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(`${say('toMend.one', { n: '1' })}\n- ${say(`found.${what}.title`)}`);
    const page = await town.mo.presses(panel, 'setup:page:checks');
    for (const part of found(what, { channels: mentioned(town, '#support') })) expect(page).toShow(part);
    expect(page).not.toShow(say(`found.${other}.title`));
    expect(page).not.toShow(say('allWell'));
  });

  it.each([ChannelType.GuildVoice, ChannelType.GuildStageVoice])(
    'name a missing Connect where people talk (%i), and nowhere else',
    async (type) => {
      await using town = await openTown({
        support: ['#support', '#voices'],
        before: ({ addChannel, guild }) => void addChannel(guild, { name: 'voices', type }),
      });
      for (const name of ['#support', '#voices']) deny(town.town, town.town.channel(name), Bits.Connect);
      const page = await open(town, 'checks');
      for (const part of found('noConnect', { channels: mentioned(town, '#voices') })) expect(page).toShow(part);
    },
  );

  it('look into a chosen category: its channels count, not the category, and not what is left out', async () => {
    await using town = await openTown({ support: '#Circles' });
    deny(town.town, town.town.channel('#Circles'), Bits.ViewChannel);
    expect(await open(town, 'checks')).toShow(say('allWell'));
    deny(town.town, town.town.channel('#stories'), Bits.ViewChannel);
    const page = await open(town, 'checks');
    expect(page).toShow(say('found.noView.what', { channels: mentioned(town, '#stories') }));
    expect(page).not.toShow(mentioned(town, '#Circles'));
    await town.mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#stories']);
    expect(await open(town, 'checks')).toShow(say('allWell'));
  });

  it('name a deleted channel, chosen or left out, and one press takes them off', async () => {
    await using town = await openTown({ support: ['#support', '#general'], mode: 'observe' });
    await town.mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#circle']);
    const gone = ['#general', '#circle'].map((name) => mentioned(town, name));
    for (const name of ['#general', '#circle']) deleteChannel(town.town.world, town.town.channel(name));
    const page = await open(town, 'checks');
    for (const part of found('gone', { channels: gone.join(' ') })) expect(page).toShow(part);
    const after = await town.mo.presses(page, 'setup:tidy');
    expect(after).toShow(say('allWell'));
    expect(after).toShow(setup('takenOff', { items: gone[0] ?? '' }));
    expect(settings(town)).toMatchObject({
      support: { mode: 'observe', channels: [idOf(town, '#support')] },
      exempt: { channels: [] },
    });
  });

  it('name a deleted channel, and any other change takes it off as well', async () => {
    await using town = await openTown({ support: ['#support', '#general'], mode: 'observe' });
    const gone = mentioned(town, '#general');
    deleteChannel(town.town.world, town.town.channel('#general'));
    const panel = await town.mo.runs('/setup', {}, { in: '#support' });
    expect(panel).toShow(say('found.gone.title'));
    const after = await town.mo.presses(panel, 'setup:mode:on');
    expect(after).not.toShow(say('found.gone.title'));
    const changes = setup('takenOff', { items: gone });
    expect(after).toShow(setup('list', { name: sentences('commands/setup/support.yaml')('channels'), changes }));
    expect(settings(town).support).toEqual({ mode: 'on', channels: [idOf(town, '#support')] });
  });

  it('a change is saved and told also when a deleted channel cannot be taken off with it', async () => {
    await using town = await openTown({ support: ['#support', '#general'], mode: 'observe' });
    deleteChannel(town.town.world, town.town.channel('#general'));
    const panel = await town.mo.runs('/setup', {}, { in: '#support' });
    const { guilds } = town.store;
    const { save } = guilds;
    let saves = 0;
    guilds.save = (...asked) => (saves++ === 0 ? save(...asked) : Promise.reject(new Error('away')));
    expect(await town.mo.presses(panel, 'setup:mode:on')).toShow(setup('saved'));
    expect(settings(town).support.mode).toBe('on');
  });

  it('say how many roles that are left out are gone, and one press takes them off', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ addRole, guild }) => {
        for (const name of ['Staff', 'Clinician']) addRole(guild, name, 0n);
      },
    });
    const role = (name: string) => [...town.town.guild.roles.values()].find((one) => one.name === name)?.id ?? '';
    const staff = role('Staff');
    await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Staff', 'Clinician']);
    expect(await open(town, 'checks')).toShow(say('allWell'));
    deleteRole(town.town.world, town.town.guild, role('Clinician'));
    const page = await open(town, 'checks');
    expect(page).toShow(say('found.rolesGone.what.one', { n: '1' }));
    expect(await town.mo.presses(page, 'setup:tidy')).toShow(say('allWell'));
    expect(settings(town).exempt.roles).toEqual([staff]);
  });

  it('offer to take nothing off where nothing is gone', async () => {
    await using town = await openTown({ support: '#general' });
    deny(town.town, town.town.channel('#general'), Bits.ViewChannel);
    expect(buttonsOf(await open(town, 'checks')).some((id) => id.startsWith('setup:tidy'))).toBe(false);
  });

  it('tell of private threads that are not seen, which is no fault, until it may see them', async () => {
    await using town = await openTown({ support: ['#support', '#stories'] });
    const unseen = say('unseenThreads', { channels: mentioned(town, '#support') });
    const page = await open(town, 'checks');
    expect(page).toShow(unseen);
    expect(page).toShow(say('allWell'));
    const may = Bits.ViewChannel | Bits.ReadMessageHistory | Bits.ManageThreads;
    town.town.setRolePermissions(town.town.guild, town.town.bot.username, may);
    expect(await open(town, 'checks')).not.toShow(unseen);
  });

  it('say nothing is well when Discord does not say', async () => {
    await using town = await openTown({ support: '#support' });
    void town.town.faults.next('GET /guilds/:id/roles', { status: 500, times: 9 });
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(say('unsure'));
    expect(panel).not.toShow(say('allWell'));
    town.town.faults.clear();
    expect(await town.mo.presses(panel, 'setup:page:checks')).toShow(say('allWell'));
  });

  it('say what is missing without the Message Content intent, and the panel works', async () => {
    await using town = await openTown({
      before: ({ grants }) => {
        grants.messageContent = false;
      },
    });
    const panel = await town.mo.presses(await town.mo.runs('/setup'), 'setup:mode:on');
    expect(panel).toShow(say('found.cannotRead.title'));
    const page = await town.mo.presses(panel, 'setup:page:checks');
    for (const part of found('cannotRead', {})) expect(page).toShow(part);
    expect(settings(town).support.mode).toBe('on');
  });

  it('find the commands that an older bot left, and remove them after asking', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'log' }),
    });
    await town.mo.selects(await open(town, 'log'), 'setup:log', ['#log']);
    const other = town.town.addGuild({ name: 'Elsewhere' });
    for (const guild of [town.town.guild, other]) await leave(town, guild.id, ['reflect', 'old-mood']);
    const { commands } = town.town.world;
    const own = [...commands.values()].filter(({ guild_id }) => guild_id === undefined);
    const names = '`/reflect` `/old-mood`';

    const page = await open(town, 'checks');
    for (const part of found('leftOver', { commands: names })) expect(page).toShow(part);
    expect(page).not.toShow(say('allWell'));
    expect(commands.size).toBe(own.length + 4);
    const told = town.town.until('the log', ({ t, d }) => t === 'MESSAGE_CREATE' && shown(d as object).includes(names));
    const after = await town.mo.presses(page, 'setup:removeLeftOver');
    expect(after).toShow(say('removed', { commands: names }));
    expect(after).toShow(say('allWell'));
    expect(shown((await told).d as object)).toContain(`<@${town.mo.id}>`);
    // Nothing else goes: neither its own commands, nor those in another server.
    const left = [...commands.values()].filter(({ guild_id }) => guild_id !== undefined);
    expect(left.map(({ guild_id }) => guild_id)).toEqual([other.id, other.id]);
    expect([...commands.values()].filter(({ guild_id }) => guild_id === undefined)).toEqual(own);
  });

  it('say so when Discord does not remove them, and do nothing for who may no longer press', async () => {
    await using town = await openTown({ support: '#support' });
    await leave(town, town.town.guild.id, ['old-mood']);
    const page = await open(town, 'checks');
    void town.town.faults.next('PUT /applications/:id/guilds/:id/commands', { status: 403, code: 50001 });
    const again = await town.mo.presses(page, 'setup:removeLeftOver');
    expect(again).toShow(say('notRemoved'));
    expect(again).toShow(say('found.leftOver.title'));
    town.town.setRoles(town.town.guild, 'mo', []);
    expect(await town.mo.presses(again, 'setup:removeLeftOver')).toShow(setup('notAllowed'));
    expect([...town.town.world.commands.values()].some(({ name }) => name === 'old-mood')).toBe(true);
  });

  it('say that the clock of the host is ahead, in the panel and once in the log', async () => {
    const lines: string[] = [];
    const onLog = ({ msg }: { msg: string }) => void lines.push(msg);
    await using town = await openTown({ support: '#support', botAhead: 3 * MINUTE, onLog });
    const panel = await town.mo.runs('/setup');
    expect(panel).toShow(say('found.clock.title'));
    expect(await town.mo.presses(panel, 'setup:page:checks')).toShow(say('found.clock.what.other', { n: '3' }));
    expect(lines.filter((line) => line.includes('clock'))).toHaveLength(processes);
    // It was set right meanwhile.
    town.town.clock.advance(3 * MINUTE);
    await town.mo.runs('/setup');
    expect(await open(town, 'checks')).toShow(say('allWell'));
    expect(lines.filter((line) => line.includes('clock'))).toHaveLength(processes);
  });

  it.each([
    ['a minute ahead', MINUTE, 0],
    ['behind', 0, 10 * MINUTE],
  ])('leave a clock alone that is %s', async (_, botAhead, townAhead) => {
    const lines: string[] = [];
    await using town = await openTown({ support: '#support', botAhead, onLog: ({ msg }) => void lines.push(msg) });
    town.town.clock.advance(townAhead);
    expect(await open(town, 'checks')).toShow(say('allWell'));
    expect(lines).toEqual([]);
  });

  it('fit into one message with a hundred channels, and say how many they leave out', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `room-${at}`);
    await using town = await openTown({
      before: ({ addChannel, guild, grants }) => {
        grants.messageContent = false;
        for (const name of names) addChannel(guild, { name, type: ChannelType.GuildVoice });
      },
    });
    const ids = names.map((name) => idOf(town, `#${name}`));
    const { guild } = town.town;
    await town.store.guilds.save(guild.id, 0, ({ support, log }) => ({
      support: { ...support, channels: ids },
      log: { ...log, channel: ids[0] ?? null },
    }));
    for (const [at, name] of names.entries()) {
      const channel = town.town.channel(`#${name}`);
      if (at < 30) deny(town.town, channel, Bits.ViewChannel | Bits.SendMessages);
      else if (at < 60) deny(town.town, channel, Bits.ReadMessageHistory | Bits.Connect);
      else deleteChannel(town.town.world, channel);
    }
    const panel = await town.mo.runs('/setup', {}, { in: '#support' });
    expect(sizeOf(panel).text).toBeLessThanOrEqual(4000);
    expect(sizeOf(panel).parts).toBeLessThanOrEqual(40);
    const page = await town.mo.presses(panel, 'setup:page:checks');
    expect(page).toShow(say('moreChannels.other', { n: '20' }));
    expect(page).toShow(/more things? (is|are) shown/);
    expect(sizeOf(page).text).toBeLessThanOrEqual(4000);
  });
});
