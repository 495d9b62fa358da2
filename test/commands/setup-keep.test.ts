import type { Actor, Answer } from '@attune/town';
import { addRole } from '@attune/town/world/guilds';
import { deleteChannel } from '@attune/town/world/places';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '#store/times';
import { actionsOf, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const say = sentences('commands/setup/keep.yaml');
const panelSays = sentences('commands/setup.yaml');
const saved = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id);
const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
const unknown = '500000000000000009';
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

const fileOf = (settings: unknown, version: unknown = 1) => JSON.stringify({ version, settings });
const keepPage = async (who: Actor, there?: Parameters<Actor['runs']>[2]) =>
  who.presses(await who.runs('/setup', {}, there), 'setup:page:keep', there);
async function imports(who: Actor, bytes: string | Uint8Array, panel?: Answer): Promise<Answer> {
  const form = await who.presses(panel ?? (await keepPage(who)), 'setup:importFile');
  return who.submits(form, { file: [{ name: 'attune-settings.json', type: 'application/json', bytes }] });
}
async function fileIn(answer: Answer): Promise<string> {
  const [file] = 'attachments' in answer ? answer.attachments : [];
  expect(file).toMatchObject({ filename: 'attune-settings.json' });
  return (await fetch(file?.url ?? '')).text();
}

describe('Export', () => {
  it('hands over all settings, to the presser alone, and nothing of members', async () => {
    await using town = await openTown({ support: ['#support', '#stories'], nudged: ['ben'] });
    const answer = await town.mo.presses(await keepPage(town.mo), 'setup:exportFile');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('exported'));
    const text = await fileIn(answer);
    expect(JSON.parse(text)).toEqual({ version: 1, settings: saved(town).settings });
    expect(text).not.toContain(town.ben.id);
  });

  it('gives a file that changes nothing where it comes from', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await keepPage(town.mo);
    const text = await fileIn(await town.mo.presses(panel, 'setup:exportFile'));
    const answer = await imports(town.mo, text, panel);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('nothing'));
    expect(answer).toShow('support.mode');
    expect(actionsOf(answer)).toEqual([]);
    expect(saved(town).revision).toBe(2);
  });
});

describe('Import', () => {
  it('shows what a file would change and saves it at Apply, over a restart as well', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const channels = [idOf(town, '#general'), unknown, idOf(town, '#stories')];
    const lines = [{ name: 'Night watch', how: 'Write to Mo' }];
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on', channels }, crisis: { lines } }));
    expect(preview).toShow(say('changed', { setting: 'support.mode', from: 'observe', to: 'on' }));
    const [from, to] = [[idOf(town, '#support')], [channels[0], channels[2]]].map((ids) =>
      ids.map((id) => `<#${id}>`).join(', '),
    ) as [string, string];
    expect(preview).toShow(say('changed', { setting: 'support.channels', from, to }));
    expect(preview).toShow(say('leftOut', { setting: 'support.channels', ids: `\`${unknown}\`` }));
    expect(preview).toShow('Night watch, Write to Mo');
    expect(saved(town)).toMatchObject({ revision: 2, settings: { support: { mode: 'observe' } } });
    expect(actionsOf(preview)).toEqual(['setup:applyImport', 'setup:leaveImport']);
    await town.restart();
    await town.mo.presses(preview, 'setup:applyImport');
    expect(saved(town).settings).toMatchObject({
      support: { mode: 'on', channels: [channels[0], channels[2]] },
      crisis: { lines },
    });
    expect(saved(town).revision).toBe(3);
    await town.restart();
    expect(saved(town).settings.support.mode).toBe('on');
  });

  it('leaves all as it is at Leave, and keeps what the file does not name', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on' } }));
    const panel = await town.mo.presses(preview, 'setup:leaveImport');
    expect(panel).toShow(say('heading'));
    expect(saved(town)).toMatchObject({ revision: 2, settings: { support: { mode: 'observe' } } });
    await town.mo.presses(await imports(town.mo, fileOf({ support: { mode: 'off' } }), panel), 'setup:applyImport');
    expect(saved(town).settings.support).toEqual({ mode: 'off', channels: [idOf(town, '#support')] });
  });

  it('moves what fits to another server, and names what is not there', async () => {
    await using town = await openTown({ support: ['#support', '#general'], mode: 'observe' });
    const real = town.town.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['help'], people: ['Ana'] });
    const there = { in: 'Elsewhere#help' };
    await expect.poll(() => town.mo.commands('Elsewhere#help')).toContain('/setup');
    const text = await fileIn(await town.mo.presses(await keepPage(town.mo), 'setup:exportFile'));
    const form = await town.mo.presses(await keepPage(town.mo, there), 'setup:importFile', there);
    const preview = await town.mo.submits(form, { file: [{ name: 'a.json', bytes: text }] }, there);
    const ids = ['#support', '#general'].map((name) => `\`${idOf(town, name)}\``).join(', ');
    expect(preview).toShow(say('kept', { setting: 'support.channels', ids }));
    await town.mo.presses(preview, 'setup:applyImport', there);
    // That server may be another process's: then it is heard of.
    const support = () => town.store.guilds.settings(real.id).settings.support;
    await expect.poll(support).toEqual({ mode: 'observe', channels: [] });
    expect(saved(town).revision).toBe(2);
  });

  it('leaves out a channel that is gone, a thread, and what is no channel', async () => {
    await using town = await openTown({ support: '#support' });
    const role = addRole(town.town.world, town.town.guild, 'Staff', 0n);
    const gone = idOf(town, '#general');
    const thread = await town.ana.startsThread('#support', 'a hard week');
    deleteChannel(town.town.world, town.town.channel('#general'));
    const channels = [gone, thread.id, role.id, town.ben.id, idOf(town, '#stories')];
    const preview = await imports(town.mo, fileOf({ support: { channels } }));
    const ids = channels.slice(0, 4).map((id) => `\`${id}\``);
    expect(preview).toShow(say('leftOut', { setting: 'support.channels', ids: ids.join(', ') }));
  });

  it('is told when the same was changed meanwhile, and loses nothing', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const ida = town.town.person('ida');
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on' } }));
    await ida.presses(await ida.runs('/setup'), 'setup:mode:off');
    expect(await town.mo.presses(preview, 'setup:applyImport')).toShow(panelSays('changed'));
    expect(saved(town).settings.support.mode).toBe('off');
  });

  it('is for those who may, while they may, and for a quarter of an hour', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const panel = await keepPage(town.mo);
    const form = await town.mo.presses(panel, 'setup:importFile');
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on' } }));
    town.town.clock.advance(16 * MINUTE);
    expect(await town.mo.presses(preview, 'setup:applyImport')).toShow(panelSays('tooOld'));
    town.town.setRoles(town.town.guild, 'mo', []);
    for (const answer of [
      await town.mo.submits(form, { file: [{ name: 'a.json', bytes: fileOf({}) }] }),
      await town.mo.presses(preview, 'setup:applyImport'),
      await town.mo.presses(panel, 'setup:exportFile'),
      await town.mo.presses(panel, 'setup:deleteAll'),
    ])
      expect(answer).toShow(panelSays('notAllowed'));
    expect(saved(town).revision).toBe(2);
  });

  it('says what is wrong with a file, changes nothing, and the panel goes on', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const panel = await keepPage(town.mo);
    const many = Array.from({ length: 600 }, (_, at) => `${500000000000000001n + BigInt(at)}`);
    const files: [string, string | Uint8Array, string[]][] = [
      ['nothing', '', [say('noJson')]],
      ['prose', 'support channels: all', [say('noJson')]],
      ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255]), [say('noJson')]],
      ['deep nesting', '['.repeat(200_000) + ']'.repeat(200_000), [say('noSettings')]],
      [
        'deep nesting in a setting',
        fileOf({ support: { channels: 'deep' } }).replace('"deep"', '['.repeat(9_000) + ']'.repeat(9_000)),
        ['support.channels'],
      ],
      ['another file', '{"name": "package"}', [say('noSettings')]],
      ['another version', fileOf({ support: { mode: 'on' } }, 2), [say('otherVersion')]],
      ['ten megabytes', ' '.repeat(10 * 1024 * 1024), [say('tooLarge')]],
      ['a wrong type', fileOf({ support: { mode: true } }), [say('refused'), 'support.mode']],
      ['a wrong id', fileOf({ support: { channels: ['general'] } }), ['support.channels', 'is not a Discord id']],
      ['a channel twice', fileOf({ support: { channels: [unknown, unknown] } }), ['names a channel twice']],
      ['too many channels', fileOf({ support: { channels: many } }), ['support.channels']],
      ['what is not known', fileOf({ support: { mode: 'on' }, cake: {} }), ['cake: is not known here']],
      ['no sections', fileOf([]), [say('refused')]],
      [
        'something right beside something wrong',
        fileOf({ support: { mode: 'on', channels: 1 } }),
        ['support.channels'],
      ],
      ['names that look like more', fileOf({ '@everyone **x** <@1>': 1 }), [say('refused')]],
      [
        'a thousand faults',
        fileOf(Object.fromEntries(many.map((id) => [`${id}-${'x'.repeat(500)}`, 1]))),
        [say('refused')],
      ],
    ];
    for (const [name, bytes, wanted] of files) {
      const answer = await imports(town.mo, bytes, panel);
      expect(answer, name).toMatchObject({ ephemeral: true });
      for (const text of wanted) expect(shown(answer), name).toContain(text);
      expect(sizeOf(answer).text, name).toBeLessThan(4_000);
      expect(actionsOf(answer), name).toEqual([]);
    }
    expect(saved(town)).toMatchObject({ revision: 2, settings: { support: { mode: 'observe' } } });
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on' } }), panel);
    expect(actionsOf(preview)).toContain('setup:applyImport');
  });

  it('is put off while Discord does not say which roles there are', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const panel = await keepPage(town.mo);
    void town.town.faults.next('GET /guilds/:id/roles', { status: 403, code: 50001 });
    expect(await imports(town.mo, fileOf({ support: { mode: 'on' } }), panel)).toShow(say('notNow'));
    expect(actionsOf(await imports(town.mo, fileOf({ support: { mode: 'on' } }), panel))).toContain(
      'setup:applyImport',
    );
  });
});

describe('Delete everything', () => {
  const asks = async (town: AttuneTown, name: string) => {
    const form = await town.mo.presses(await keepPage(town.mo), 'setup:deleteAll');
    expect(shown(form)).toContain(say('deleteWhat'));
    return town.mo.submits(form, { name });
  };
  const rows = async ({ store, ben, ana }: AttuneTown) => [
    ...(await store.person.kept(ben.id)),
    ...(await store.person.kept(ana.id)),
  ];

  it('asks for the name of the server; another name deletes nothing', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    for (const name of ['Harbor', 'yes', 'Harbour Harbour']) expect(await asks(town, name)).toShow(say('otherName'));
    expect(saved(town)).toMatchObject({ revision: 2, settings: { support: { mode: 'on' } } });
    expect(await rows(town)).toHaveLength(1);
  });

  it('deletes settings, members, needs and counts of that server alone; the bot is as new there', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    town.town.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['support'], people: ['Ana', 'Ben'] });
    const there = { in: 'Elsewhere#support' };
    await expect.poll(() => town.ben.commands('Elsewhere#support')).toContain('/nudges');
    await town.ben.presses(await town.ben.runs('/nudges', {}, there), 'nudges:posts:out', there);
    const { id } = town.town.guild;
    await town.store.counts.add(id, '2025-05-14', 'advice', 'noted');
    await town.store.needs.put(id, idOf(town, '#support'), town.ana.id, {
      want: 'heard',
      since: Date.now(),
      message: '1',
    });
    const panel = await asks(town, '  harbour ');
    expect(panel).toShow(say('deleted'));
    for (const again of [false, true]) {
      if (again) await town.restart();
      expect(saved(town)).toMatchObject({ revision: 0, settings: { support: { mode: 'off', channels: [] } } });
      expect(await town.store.counts.since(id, '2000-01-01')).toEqual([]);
      expect(await rows(town)).toMatchObject([{ table: 'members', posts_left_out: 1 }]);
    }
    await town.setUp(['#support'], 'on');
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ reason: 'not opted in' });
    await town.optIn('ben');
    const noted = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    expect(await town.decisionOn(noted)).toMatchObject({ nudge: 'advice' });
  });

  it.each([
    ['a reply that is being written', 400, undefined],
    ['one whose conversation is being fetched', 30, 'GET /channels/:id/messages'],
    ['a note whose way is being opened', 30, 'POST /users/@me/channels'],
  ])('stops %s, and nothing of it is counted', async (_, settleMs, route) => {
    await using town = await openTown({ support: '#support', nudged: ['ben'], settleMs });
    const form = await town.mo.presses(await keepPage(town.mo), 'setup:deleteAll');
    const fetched = route && town.town.faults.next(route, { delayAnswer: 800 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await fetched;
    await town.mo.submits(form, { name: 'Harbour' });
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone' });
    expect(town.contacted()).toEqual([]);
    expect(saved(town).revision).toBe(0);
    expect(await rows(town)).toEqual([]);
    expect(await town.store.counts.since(town.town.guild.id, '2000-01-01')).toEqual([]);
  });

  it('stops what would be counted, too', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const form = await town.mo.presses(await keepPage(town.mo), 'setup:deleteAll');
    const fetched = town.town.faults.next('GET /channels/:id/messages', { delayAnswer: 800 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await fetched;
    await town.mo.submits(form, { name: 'Harbour' });
    await town.decisionOn(reply);
    expect(await town.store.counts.since(town.town.guild.id, '2000-01-01')).toEqual([]);
  });
});
