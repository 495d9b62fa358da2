import type { Answer } from '@attune/town';
import { deleteRole } from '@attune/town/world/guilds';
import { deleteChannel, tellChannel } from '@attune/town/world/places';
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { actionsOf, deny } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

/** What changes under an open panel of /setup: channels, roles and permissions, the bot itself, and other moderators. */

const say = sentences('commands/setup.yaml');
const sayOf = (section: string) => sentences(`commands/setup/${section}.yaml`);
const settings = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id).settings;
const open = async (town: AttuneTown, page: string, who = town.mo) =>
  who.presses(await who.runs('/setup', {}, { in: '#support' }), `setup:page:${page}`);
const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
const isRefused = (panel: Answer) => shown(panel).includes(say('changed'));

describe('under an open panel', () => {
  it('a forum is deleted: its tags are not saved, and it says so', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#stories']);
    deleteChannel(town.town.world, town.town.channel('#stories'));
    const after = await town.mo.selects(panel, 'setup:tag:ideas', ['Vent']);
    expect(after).toShow(sayOf('tags')('gone'));
    expect(settings(town).tags).toEqual({ ideas: [], heard: [], nothing: [] });
    expect(actionsOf(await town.mo.presses(after, 'setup:page:start'))).toContain('setup:mode');
  });

  it('a tag is taken from its forum: the next choice takes it off', async () => {
    await using town = await openTown({ support: '#support' });
    const forum = town.town.channel('#stories');
    const idOf = (name: string) => forum.tags.find((tag) => tag.name === name)?.id ?? '';
    const [vent, work] = [idOf('Vent'), idOf('Work')];
    let panel = await town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#stories']);
    panel = await town.mo.selects(panel, 'setup:tag:ideas', ['Vent', 'Grief']);
    forum.tags = forum.tags.filter(({ name }) => name !== 'Grief');
    tellChannel(town.town.world, 'CHANNEL_UPDATE', forum);
    await town.mo.selects(panel, 'setup:tag:heard', ['Work']);
    expect(settings(town).tags).toEqual({ ideas: [vent], heard: [work], nothing: [] });
  });

  it('Discord does not answer: the lists are tidied up in time, or it is said that it could not be asked', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ addRole, guild }) => void addRole(guild, 'Staff', 0n),
    });
    await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Staff']);
    const role = settings(town).exempt.roles[0] ?? '';
    deleteRole(town.town.world, town.town.guild, role);
    const panel = await open(town, 'checks');
    void town.town.faults.next('GET /guilds/:id/roles', { hang: true, times: 9 });
    const after = await town.mo.presses(panel, 'setup:tidy');
    expect(after).toShow(sayOf('checks')('unsure'));
    expect(settings(town).exempt.roles).toEqual([role]);
    town.town.faults.clear();
    await town.mo.presses(await open(town, 'checks'), 'setup:tidy');
    expect(settings(town).exempt.roles).toEqual([]);
  });

  it('everybody cannot be left out by a role, and it says what can be done', async () => {
    await using town = await openTown({ support: '#support' });
    const answer = await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['@everyone', 'Moderator']);
    expect(answer).toShow(sayOf('exempt')('everyone'));
    expect(settings(town).exempt.roles).toEqual([]);
  });

  it('the bot is removed and invited again: panels, forms and previews go on', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const panel = await town.mo.runs('/setup');
    const form = await town.mo.presses(await open(town, 'crisis'), 'setup:line');
    town.town.botLeaves(town.town.guild);
    town.town.botJoins(town.town.guild);
    await expect.poll(async () => shown(await town.mo.runs('/setup'))).toContain(say('heading', { guild: 'Harbour' }));
    await town.mo.presses(panel, 'setup:mode:on');
    await town.mo.submits(form, { name: 'Night watch', how: 'write to Mo' });
    expect(settings(town)).toMatchObject({
      support: { mode: 'on', channels: [idOf(town, '#support')] },
      crisis: { lines: [{ name: 'Night watch', how: 'write to Mo' }] },
    });
  });

  it('five presses of three moderators at once are all saved, each a setting of its own, and all are told', async () => {
    await using town = await openTown({ before: ({ addChannel, guild }) => void addChannel(guild, { name: 'log' }) });
    await town.mo.selects(await open(town, 'log'), 'setup:log', ['#log']);
    const ida = town.town.person('ida');
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const [start, notes, exempt] = [
      await town.mo.runs('/setup'),
      await open(town, 'notes', ida),
      await open(town, 'exempt', town.ana),
    ];
    const panels = await Promise.all([
      town.mo.presses(start, 'setup:mode:on'),
      town.mo.selects(start, 'setup:channels', ['#support']),
      ida.selects(notes, 'setup:kinds', ['advice']),
      ida.selects(notes, 'setup:fastest', ['week']),
      town.ana.selects(exempt, 'setup:exempt', ['#general']),
    ]);
    expect(panels.filter(isRefused)).toEqual([]);
    expect(settings(town)).toMatchObject({
      support: { mode: 'on', channels: [idOf(town, '#support')] },
      notes: { kinds: ['advice'], fastest: 'week' },
      exempt: { channels: [idOf(town, '#general')] },
    });
    await expect.poll(() => town.mo.reads('#log').filter(({ ephemeral }) => !ephemeral).length).toBe(6);
  });

  it('three forms of three moderators at once: one is saved, and the others are mended one after the other', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    town.town.allowCommand(town.town.guild, '/setup', { person: 'ana' }, true);
    const all = [town.mo, ida, town.ana];
    const forms: Answer[] = [];
    for (const who of all) forms.push(await who.presses(await open(town, 'crisis', who), 'setup:line'));
    const sent = await Promise.all(
      all.map((who, at) => who.submits(forms[at] as Answer, { name: `Line ${at}`, how: 'call' })),
    );
    expect(sent.filter(isRefused)).toHaveLength(2);
    for (const [at, who] of all.entries()) {
      let panel = sent[at] as Answer;
      // Each that was mended in between refuses the next once more; nothing that was typed is lost.
      while (isRefused(panel)) panel = await who.submits(await who.presses(panel, 'setup:lineAgain'), {});
    }
    expect(
      settings(town)
        .crisis.lines.map(({ name }) => name)
        .sort(),
    ).toEqual(['Line 0', 'Line 1', 'Line 2']);
  });
});

describe('a file', () => {
  const imports = async (town: AttuneTown, wanted: unknown) => {
    const form = await town.mo.presses(await open(town, 'keep'), 'setup:importFile');
    const bytes = JSON.stringify({ version: 1, settings: wanted });
    return town.mo.submits(form, { file: [{ name: 'a.json', bytes }] });
  };
  const keep = sayOf('keep');

  it.each([
    ['a category', '#Circles'],
    ['a forum', '#stories'],
    ['a voice channel', '#voices'],
  ])('cannot make the log of %s: nothing could be told there', async (_, name) => {
    await using town = await openTown({
      support: '#support',
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'voices', type: ChannelType.GuildVoice }),
    });
    const id = idOf(town, name);
    const answer = await imports(town, { log: { channel: id } });
    expect(answer).toShow(keep('kept', { setting: keep('names.log.channel'), ids: `\`${id}\`` }));
    expect(actionsOf(answer)).toEqual([]);
    expect(await imports(town, { log: { channel: idOf(town, '#general') } })).toShow(keep('preview'));
  });

  it('leaves a language out that is not spoken here', async () => {
    await using town = await openTown({ support: '#support' });
    const answer = await imports(town, { language: { locale: 'xx-ZZ' } });
    expect(answer).toShow(keep('kept', { setting: keep('names.language.locale'), ids: '`xx-ZZ`' }));
    expect(settings(town).language.locale).toBeNull();
    expect(await imports(town, { language: { locale: 'en' } })).toShow(keep('preview'));
  });

  it('cannot say two things of one tag, neither by itself nor together with what is here', async () => {
    await using town = await openTown({ support: '#support' });
    const [vent, grief] = ['Vent', 'Grief'].map(
      (name) => town.town.channel('#stories').tags.find((tag) => tag.name === name)?.id ?? '',
    ) as [string, string];
    const twice = keep('wrong', { at: 'tags', what: keep('faults.twice') });
    expect(await imports(town, { tags: { ideas: [vent], heard: [vent, grief] } })).toShow(twice);
    const preview = await imports(town, { tags: { ideas: [vent] } });
    await town.mo.presses(preview, 'setup:applyImport');
    expect(await imports(town, { tags: { heard: [vent] } })).toShow(twice);
    expect(await imports(town, { tags: { ideas: [], heard: [vent] } })).toShow(keep('preview'));
  });

  it('names what went since it was shown: what is left is taken', async () => {
    await using town = await openTown({
      support: '#support',
      before: ({ addChannel, addRole, guild }) => {
        addRole(guild, 'Staff', 0n);
        for (const name of ['log', 'letters']) addChannel(guild, { name });
      },
    });
    const role = [...town.town.guild.roles.values()].find(({ name }) => name === 'Staff')?.id ?? '';
    const [log, letters, general] = ['#log', '#letters', '#general'].map((name) => idOf(town, name)) as [
      string,
      string,
      string,
    ];
    const preview = await imports(town, {
      support: { channels: [general, letters] },
      exempt: { roles: [role] },
      log: { channel: log },
    });
    deleteRole(town.town.world, town.town.guild, role);
    for (const name of ['#log', '#letters']) deleteChannel(town.town.world, town.town.channel(name));
    const panel = await town.mo.presses(preview, 'setup:applyImport');
    expect(panel).toShow(keep('leftOut', { setting: keep('names.support.channels'), ids: `\`${letters}\`` }));
    expect(panel).toShow(keep('kept', { setting: keep('names.exempt.roles'), ids: `\`${role}\`` }));
    expect(panel).toShow(keep('kept', { setting: keep('names.log.channel'), ids: `\`${log}\`` }));
    expect(settings(town)).toMatchObject({
      support: { channels: [general] },
      exempt: { roles: [] },
      log: { channel: null },
    });
  });

  it('that is gone when it is to be applied changes nothing, and can be applied once it is there again', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const preview = await imports(town, { support: { mode: 'on' } });
    const { files } = town.town.world;
    const all = [...files];
    files.clear();
    expect(await town.mo.presses(preview, 'setup:applyImport')).toShow(keep('outOfReach'));
    expect(settings(town).support.mode).toBe('observe');
    for (const [id, file] of all) files.set(id, file);
    await town.mo.presses(preview, 'setup:applyImport');
    expect(settings(town).support.mode).toBe('on');
  });

  it('with everything in it, and much of it, fits in the preview, in the panel and in the log', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `room-${at}`);
    await using town = await openTown({
      before: ({ addChannel, addRole, guild }) => {
        for (const name of names) addChannel(guild, { name });
        for (let at = 0; at < 240; at++) addRole(guild, `role ${at}`, 0n);
        const tags = Array.from({ length: 20 }, (_, at) => `*_tag_* ${at}`);
        addChannel(guild, { name: 'letters', type: ChannelType.GuildForum, tags });
      },
    });
    const channels = names.map((name) => idOf(town, `#${name}`));
    const roles = [...town.town.guild.roles.keys()].filter((id) => id !== town.town.guild.id);
    const tags = town.town.channel('#letters').tags.map(({ id }) => id);
    const lines = (name: string) =>
      Array.from({ length: 4 }, (_, at) => ({
        name: `${name}${at}${'*'.repeat(50)}`,
        how: '_'.repeat(120),
        note: '~'.repeat(120),
      }));
    const file = (name: string, mode: string, from: number) => ({
      support: { mode, channels: channels.slice(from) },
      exempt: { channels: channels.slice(0, 50 - from), roles: roles.slice(from) },
      notes: { sensitivity: from ? 'keen' : 'careful', kinds: from ? ['advice'] : ['silver-lining'], fastest: 'week' },
      tags: { ideas: tags.slice(0, 7 - from), heard: tags.slice(7, 14), nothing: tags.slice(14 + from) },
      crisis: { lines: lines(name) },
      log: { channel: idOf(town, '#general') },
    });
    for (const wanted of [file('a', 'on', 0), file('b', 'off', 5)]) {
      const preview = await imports(town, wanted);
      expect(await town.mo.presses(preview, 'setup:applyImport')).toShow(say('saved'));
      expect(settings(town)).toMatchObject(wanted);
    }
    await expect.poll(() => town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral).length).toBe(2);
    expect(await town.mo.presses(await open(town, 'crisis'), 'setup:lineOff:0')).toShow(say('saved'));
  });
});

describe('a list that is full, because much on it is gone', () => {
  const many = (n: number) => Array.from({ length: n }, (_, at) => `${500000000000000000n + BigInt(at)}`);

  it('says so, and how to make room; then there is room', async () => {
    await using town = await openTown({ support: '#support' });
    const { guilds } = town.store;
    const id = town.town.guild.id;
    await guilds.save(id, guilds.settings(id).revision, ({ support }) => ({
      support: { ...support, channels: many(500) },
      exempt: { channels: [], roles: many(250) },
    }));
    const add = async () => town.mo.selects(await open(town, 'channels'), 'setup:addChannels', ['#general']);
    expect(await add()).toShow(say('tooMany'));
    expect(settings(town).support.channels).toHaveLength(500);
    let page = await open(town, 'exempt');
    for (let from = 25; from <= 250; from += 25) page = await town.mo.presses(page, `setup:page:exempt:0-${from}`);
    expect(await town.mo.selects(page, 'setup:exemptRoles', ['Moderator'])).toShow(say('tooMany'));
    await town.mo.presses(await open(town, 'checks'), 'setup:tidy');
    expect(await add()).toShow(say('saved'));
    expect(settings(town)).toMatchObject({ support: { channels: [idOf(town, '#general')] }, exempt: { roles: [] } });
  });
});

describe('a log channel', () => {
  it('that is deleted between two presses keeps no change from being saved, and is named', async () => {
    await using town = await openTown({ before: ({ addChannel, guild }) => void addChannel(guild, { name: 'log' }) });
    await town.mo.selects(await open(town, 'log'), 'setup:log', ['#log']);
    const panel = await town.mo.runs('/setup');
    const channel = `<#${idOf(town, '#log')}>`;
    deleteChannel(town.town.world, town.town.channel('#log'));
    await town.mo.presses(panel, 'setup:mode:observe');
    expect(settings(town).support.mode).toBe('observe');
    expect(await town.mo.nextFromBot()).toBeDefined();
    expect(await open(town, 'checks')).toShow(sayOf('checks')('found.logGone.what'));
    expect(channel).toContain('#');
  });

  it('that may not be written in is named for each missing permission, whatever else is missing there', async () => {
    await using town = await openTown({ before: ({ addChannel, guild }) => void addChannel(guild, { name: 'log' }) });
    await town.mo.selects(await open(town, 'log'), 'setup:log', ['#log']);
    const bits = { ViewChannel: 1, SendMessages: 2, ReadMessageHistory: 4, ManageThreads: 8 } as const;
    const names = Object.keys(bits) as (keyof typeof bits)[];
    for (let some = 0; some < 16; some++) {
      const denied = names.filter((name) => (some & bits[name]) > 0);
      deny(
        town.town,
        town.town.channel('#log'),
        denied.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n),
      );
      const page = await open(town, 'checks');
      const missing = denied.filter((name) => name === 'ViewChannel' || name === 'SendMessages');
      const permissions = new Intl.ListFormat('en').format(
        missing.map((name) => `**${sayOf('checks')(`permissions.${name}`)}**`),
      );
      const told = sayOf('checks')('found.noLog.what', { channel: `<#${idOf(town, '#log')}>`, permissions });
      if (missing.length > 0) expect(page, denied.join()).toShow(told);
      else expect(page, denied.join()).toShow(sayOf('checks')('allWell'));
    }
  });
});
