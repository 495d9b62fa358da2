import type { Actor, Answer } from '@attune/town';
import { addRole } from '@attune/town/world/guilds';
import { deleteChannel } from '@attune/town/world/places';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { sections } from '#settings/settings';
import { MINUTE } from '#store/times';
import { actionsOf, deny, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';
import { germanData } from './german.ts';

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
  const answer = await who.submits(form, { file: [{ name: 'attune-settings.json', type: 'application/json', bytes }] });
  // Words are read first; what came of it stands in the same message then.
  const now = () => who.sees(answer as { id: string; channel_id: string }) ?? answer;
  await expect.poll(() => shown(now()), { timeout: 30_000 }).not.toContain(say('reading'));
  return now();
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
    expect(JSON.parse(text)).toEqual({ version: 1, settings: saved(town).settings, prompts: [] });
    expect(text).not.toContain(town.ben.id);
  });

  it('gives a file that changes nothing where it comes from', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await keepPage(town.mo);
    const text = await fileIn(await town.mo.presses(panel, 'setup:exportFile'));
    const answer = await imports(town.mo, text, panel);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('nothing'));
    expect(answer).toShow(say('names.support.mode'));
    expect(actionsOf(answer)).toEqual([]);
    expect(saved(town).revision).toBe(2);
  });
});

describe('Import', () => {
  it('has a name for every setting, in the words of the panel', () => {
    for (const { name, default: keys } of sections)
      for (const key of Object.keys(keys)) expect(say(`names.${name}.${key}`), `${name}.${key}`).toMatch(/^\p{Lu}/u);
  });

  it('shows what a file would change and saves it at Apply, over a restart as well', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const channels = [idOf(town, '#general'), unknown, idOf(town, '#stories')];
    const lines = [{ name: 'Night watch', how: 'Write to Mo' }];
    const preview = await imports(town.mo, fileOf({ support: { mode: 'on', channels }, crisis: { lines } }));
    expect(preview).toShow(say('changed', { setting: say('names.support.mode'), from: 'observe', to: 'on' }));
    const [from, to] = [[idOf(town, '#support')], [channels[0], channels[2]]].map((ids) =>
      ids.map((id) => `<#${id}>`).join(', '),
    ) as [string, string];
    expect(preview).toShow(say('changed', { setting: say('names.support.channels'), from, to }));
    expect(preview).toShow(say('leftOut', { setting: say('names.support.channels'), ids: `\`${unknown}\`` }));
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
    expect(preview).toShow(say('kept', { setting: say('names.support.channels'), ids }));
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
    expect(preview).toShow(say('leftOut', { setting: say('names.support.channels'), ids: ids.join(', ') }));
  });

  it('that names nothing says so', async () => {
    await using town = await openTown({ support: '#support' });
    for (const settings of [{}, { support: {} }]) {
      const answer = await imports(town.mo, fileOf(settings));
      expect(answer).toShow(say('namesNone'));
      expect(answer).not.toShow(say('nothing'));
      expect(actionsOf(answer)).toEqual([]);
    }
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
      [
        'a wrong type',
        fileOf({ support: { mode: true } }),
        [
          say('refused'),
          say('wrong', { at: 'support.mode', what: say('faults.choice', { choices: 'off, observe, on' }) }),
        ],
      ],
      ['a wrong id', fileOf({ support: { channels: ['general'] } }), ['support.channels', say('faults.id')]],
      ['a channel twice', fileOf({ support: { channels: [unknown, unknown] } }), [say('faults.twice')]],
      ['too many channels', fileOf({ support: { channels: many } }), ['support.channels']],
      [
        'what is not known',
        fileOf({ support: { mode: 'on' }, cake: {} }),
        [say('wrong', { at: 'cake', what: say('faults.unknown') })],
      ],
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
      // What a library says in English is no sentence of ours.
      expect(shown(answer), name).not.toMatch(/Invalid|expected|Too (big|small)/);
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

describe("a community's own prompts in a file", () => {
  const tea = { say: 'I have tea here.', ask: 'Shall I stay?', families: ['loss', 'alone'] };
  const still = { say: 'Still here.', notice: 'That they write at night.', families: [] };
  const withPrompts = (prompts: unknown, settings: unknown = {}) => JSON.stringify({ version: 1, settings, prompts });
  const kept = ({ store, town }: AttuneTown) => store.ownPrompts.of(town.guild.id);
  const words = async (town: AttuneTown) => (await kept(town)).map(({ id: _, ...one }) => one);
  const keep = ({ store, town }: AttuneTown, one: typeof tea | typeof still) =>
    store.ownPrompts.add(town.guild.id, one, Date.now());

  it('go along: exported, shown line by line, and taken with the settings at Apply, told in the log', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    await keep(town, tea);
    const [old] = await kept(town);
    const text = await fileIn(await town.mo.presses(await keepPage(town.mo), 'setup:exportFile'));
    expect(JSON.parse(text).prompts).toEqual([tea]);
    const same = await imports(town.mo, text);
    expect(same).toShow(say('nothing'));
    expect(same).toShow(new RegExp(`${say('names.support.mode')}.*${say('promptsName')}`));

    await keep(town, still);
    const log = { channel: idOf(town, '#general') };
    const more = { say: 'One\u202e breath.\r\n Then you.', ask: '', families: ['angry', 'sad'] };
    const preview = await imports(town.mo, withPrompts([more, tea], { log, support: { mode: 'on' } }));
    expect(preview).toShow(say('prompts', { from: '2', to: '2' }));
    expect(preview).toShow(say('promptAdded', { words: 'One breath. Then you.' }));
    expect(preview).toShow(say('promptRemoved', { words: 'Still here.' }));
    expect(preview).not.toShow('I have tea here.');
    expect(await words(town)).toEqual([tea, still]);
    await town.restart();
    const panel = await town.mo.presses(preview, 'setup:applyImport');
    expect(await words(town)).toEqual([tea, { say: 'One breath. Then you.', families: ['sad', 'angry'] }]);
    expect((await kept(town))[0]).toEqual(old);
    expect(saved(town).settings.support.mode).toBe('on');
    const logged = () => town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral);
    await expect
      .poll(() => logged().map(shown).join())
      .toContain(say('promptAdded', { words: 'One breath. Then you.' }));
    for (const shows of [panel, logged().at(-1) ?? {}])
      expect(shows).toShow(say('promptRemoved', { words: 'Still here.' }));
  });

  it('come alone, without a change of any setting, and stay where the file does not name them', async () => {
    await using town = await openTown({ support: '#support' });
    await town.mo.presses(await imports(town.mo, withPrompts([tea, still])), 'setup:applyImport');
    expect(await words(town)).toEqual([tea, still]);
    await town.mo.presses(await imports(town.mo, fileOf({ support: { mode: 'off' } })), 'setup:applyImport');
    expect(await words(town)).toEqual([tea, still]);
    const preview = await imports(town.mo, withPrompts([]));
    expect(preview).toShow(say('prompts', { from: '2', to: '0' }));
    await town.mo.presses(preview, 'setup:applyImport');
    expect(await words(town)).toEqual([]);
    expect(saved(town).settings.support.mode).toBe('off');
  });

  it('are two hundred at most, and as many fit: in the file, in the panel and in the log', async () => {
    await using town = await openTown({ support: '#support' });
    const long = (n: number) => ({
      say: `${n} ${'*'.repeat(170)}`,
      ask: '_'.repeat(140),
      notice: '`'.repeat(180),
      families: [],
    });
    for (let n = 0; n < 200; n++) await keep(town, long(n));
    const text = await fileIn(await town.mo.presses(await keepPage(town.mo), 'setup:exportFile'));
    const log = { channel: idOf(town, '#general') };
    const preview = await imports(town.mo, withPrompts([], { log }));
    expect(sizeOf(preview).text).toBeLessThan(4_000);
    expect(preview).toShow(/and \d+ lines more/);
    const panel = await town.mo.presses(preview, 'setup:applyImport');
    expect(panel).toShow(/and \d+ lines more/);
    expect(await kept(town)).toEqual([]);
    const logged = () => town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral);
    await expect.poll(() => logged().map(shown).join()).toMatch(/and \d+ lines more/);
    const { prompts } = JSON.parse(text);
    expect(prompts).toHaveLength(200);
    const one = { say: 'One more.', families: [] };
    const refused = await imports(town.mo, withPrompts([...prompts, one]));
    expect(refused).toShow(say('wrong', { at: 'prompts', what: say('faults.tooMany.other', { n: '200' }) }));
  });

  it('are checked as those that are typed, and refused whole; the panel goes on', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    await keep(town, still);
    const panel = await keepPage(town.mo);
    const wrong = (at: string, fault: string, values = {}) =>
      say('wrong', { at, what: say(`faults.${fault}`, values) });
    const files: [unknown, string][] = [
      [{}, wrong('prompts', 'list')],
      [null, wrong('prompts', 'list')],
      [['Still here.'], wrong('prompts[0]', 'section')],
      [[{ say: '\u200b …', families: [] }], wrong('prompts[0].say', 'empty')],
      [[tea, { ...tea, notice: 'x' }], wrong('prompts', 'twice')],
      [[{ ...tea, say: 'x'.repeat(181) }], wrong('prompts[0].say', 'tooLong.other', { n: '180' })],
      [[{ ...tea, say: 7 }], wrong('prompts[0].say', 'text')],
      [[{ ...tea, families: ['cake'] }], 'prompts[0].families[0]'],
      [[{ ...tea, families: ['sad', 'sad'] }], wrong('prompts[0].families', 'twice')],
      [[{ ...tea, by: 'mo' }], wrong('prompts[0].by', 'unknown')],
      [[tea, { say: 'Do you want to kill yourself?', families: [] }], wrong('prompts[1]', 'danger')],
    ];
    for (const [prompts, told] of files) {
      const answer = await imports(town.mo, withPrompts(prompts, { support: { mode: 'on' } }), panel);
      expect(shown(answer), told).toContain(told);
    }
    expect(await words(town)).toEqual([still]);
    expect(saved(town).settings.support.mode).toBe('observe');
    const preview = await imports(town.mo, withPrompts([tea]), panel);
    expect(actionsOf(preview)).toContain('setup:applyImport');
  });

  it('that somebody changed since the preview are kept, and so are the settings', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    await keep(town, still);
    const file = withPrompts([tea], { support: { mode: 'on' } });
    const preview = await imports(town.mo, file);
    await town.mo.submits(await town.mo.runs('/prompts add'), { say: 'I am up, too.' });
    expect(await town.mo.presses(preview, 'setup:applyImport')).toShow(panelSays('changed'));
    expect(saved(town).settings.support.mode).toBe('observe');
    expect(await words(town)).toHaveLength(2);

    // Two moderators with the same file in the same moment: one of them saves, and neither loses anything.
    const ida = town.town.person('ida');
    const [his, hers] = [await imports(town.mo, file), await imports(ida, file)];
    const both = await Promise.all([town.mo.presses(his, 'setup:applyImport'), ida.presses(hers, 'setup:applyImport')]);
    expect(both.filter((panel) => shown(panel).includes(panelSays('changed')))).toHaveLength(1);
    expect(await words(town)).toEqual([tea]);
    expect(saved(town).settings.support.mode).toBe('on');
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

  it('is told in the log channel, in the language of the server, before that goes with the settings', async () => {
    await using town = await openTown({ data: germanData(), support: '#support' });
    town.town.setLocale(town.town.guild, 'de');
    const page = await town.mo.presses(await town.mo.runs('/setup'), 'setup:page:log');
    await town.mo.selects(page, 'setup:log', ['#general']);
    const lines = () => town.ana.reads('#general').map((one) => shown(one));
    const before = lines().length;
    await asks(town, 'no');
    expect(lines()).toHaveLength(before);
    const panel = await asks(town, 'Harbour');
    expect(panel).toShow(say('deleted'));
    expect(lines().slice(before)).toEqual([expect.stringContaining(`<@${town.mo.id}> löscht alles.`)]);
    expect(saved(town).revision).toBe(0);
    expect(await asks(town, 'Harbour')).toShow(say('deleted'));
    expect(lines()).toHaveLength(before + 1);
  });

  it('is done also where the log cannot be told, and says so', async () => {
    await using town = await openTown({ support: '#support' });
    const page = await town.mo.presses(await town.mo.runs('/setup'), 'setup:page:log');
    await town.mo.selects(page, 'setup:log', ['#general']);
    const channel = town.town.channel('#general');
    deny(town.town, channel, PermissionFlagsBits.SendMessages);
    const panel = await asks(town, 'Harbour');
    expect(panel).toShow(say('deleted'));
    expect(panel).toShow(say('deleteUntold', { channel: `<#${channel.id}>` }));
    expect(saved(town).revision).toBe(0);
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
