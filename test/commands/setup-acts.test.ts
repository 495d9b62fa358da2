import { readFileSync } from 'node:fs';
import type { Answer } from '@attune/town';
import { writeMessage } from '@attune/town/world/messages';
import { addThread } from '@attune/town/world/places';
import { ChannelType, ComponentType } from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { type Kind, kinds } from '#detector/reading';
import { type Sensitivity, sensitivities } from '#detector/terms';
import { MINUTE } from '#store/times';
import { partsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, partsWith, type Setup, shippedData } from '../town.ts';
import { germanData } from './german.ts';

/** Every setting of /setup acts: a reply that got a note before it was changed, and not after; and what is left alone. */

const say = sentences('commands/setup.yaml');
const sayOf = (section: string) => sentences(`commands/setup/${section}.yaml`);
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

const counting = (support: string | string[], setup: Setup = {}) => openTown({ ...setup, support, mode: 'observe' });

/** What becomes of Ben's reply to Ana there. */
async function reply(town: AttuneTown, place: string | { id: string }, text = fix, who = town.ben) {
  const post = await town.ana.says(place, sorrow);
  return town.decisionOn(await who.repliesTo(post, text));
}
/** Nobody hears of it: what is said later elsewhere was decided on, and this was not. */
async function isUnheard(town: AttuneTown, place: string | { id: string }, heardAt = '#support'): Promise<boolean> {
  const post = await town.ana.says(place, sorrow);
  const unheard = await town.ben.repliesTo(post, fix);
  await reply(town, heardAt);
  return town.decisions.every(({ messages }) => !messages.includes(unheard.id));
}
// What a bot is made of is read once; on a busy machine that takes longer than a test may.
beforeAll(() => partsWith(shippedData), 60_000);

const settings = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id).settings;
const open = async (town: AttuneTown, page: string) =>
  town.mo.presses(await town.mo.runs('/setup'), `setup:page:${page}`);

describe('support channels', () => {
  it.each([
    ['an announcement channel', ChannelType.GuildAnnouncement],
    ['a voice channel', ChannelType.GuildVoice],
    ['a stage', ChannelType.GuildStageVoice],
  ])('can be %s', async (_, type) => {
    await using town = await counting('#support', {
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'here', type }),
    });
    expect(await isUnheard(town, '#here')).toBe(true);
    await town.setUp(['#support', '#here'], 'observe');
    expect(await reply(town, '#here')).toMatchObject({ outcome: 'counted' });
    await town.setUp(['#support'], 'observe');
    expect(await isUnheard(town, '#here')).toBe(true);
  });

  it('can be a media channel, whose posts count', async () => {
    await using town = await counting('#support', {
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'drawings', type: ChannelType.GuildMedia }),
    });
    await town.setUp(['#support', '#drawings'], 'observe');
    const post = () => {
      const { world } = town.town;
      const thread = addThread(world, town.town.channel('#drawings'), { name: 'the quiet house', owner: town.ana.id });
      writeMessage(world, thread, { id: thread.id, author: town.ana.user, content: sorrow });
      return thread;
    };
    expect(await reply(town, post())).toMatchObject({ outcome: 'counted' });
    await town.setUp(['#support'], 'observe');
    expect(await isUnheard(town, post())).toBe(true);
  });

  it('of a category are all that it has, of every kind, also those that are made later', async () => {
    await using town = await counting('#Circles');
    const parent = town.town.channel('#Circles').id;
    town.town.addChannel(town.town.guild, { name: 'voices', type: ChannelType.GuildVoice, parent });
    expect(await reply(town, '#voices')).toMatchObject({ outcome: 'counted' });
  });

  it('can be more than a select holds: a hundred, added and taken off', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `room-${at}`);
    await using town = await counting('#support', {
      before: ({ addChannel, guild }) => {
        for (const name of names) addChannel(guild, { name });
      },
    });
    let panel = await open(town, 'channels');
    for (let at = 0; at < 100; at += 25)
      panel = await town.mo.selects(
        panel,
        'setup:addChannels',
        names.slice(at, at + 25).map((name) => `#${name}`),
      );
    const ids = ['support', ...names].map((name) => town.town.channel(`#${name}`).id);
    expect(settings(town).support.channels).toEqual(ids);
    expect(await reply(town, '#room-99')).toMatchObject({ outcome: 'counted' });

    // 101 are shown in five parts; the last is one channel.
    expect(panel).toShow(sayOf('channels')('chosen.other', { n: '101' }));
    for (const page of [25, 50, 75, 100]) panel = await town.mo.presses(panel, `setup:page:channels:${page}`);
    const shown = partsOf(panel).flatMap(({ default_values }) => (default_values ?? []) as { id: string }[]);
    expect(shown.map(({ id }) => id)).toEqual([ids[100]]);
    panel = await town.mo.selects(panel, 'setup:someChannels', []);
    expect(settings(town).support.channels).toEqual(ids.slice(0, 100));
    expect(await isUnheard(town, '#room-99')).toBe(true);

    // What the first page shows of a long list takes nothing else off.
    panel = await town.mo.runs('/setup');
    await town.mo.selects(panel, 'setup:channels', ['#support']);
    expect(settings(town).support.channels).toEqual([ids[0], ...ids.slice(25, 100)]);
  });
});

describe('what is left out', () => {
  it('is a single channel of a chosen category, with its threads', async () => {
    await using town = await counting(['#support', '#Circles']);
    expect(await reply(town, '#circle')).toMatchObject({ outcome: 'counted' });
    const panel = await town.mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#circle']);
    const circle = `<#${town.town.channel('#circle').id}>`;
    expect(panel).toShow(say('list', { name: sayOf('exempt')('channels'), changes: say('added', { items: circle }) }));
    expect(await isUnheard(town, '#circle')).toBe(true);
    const thread = await town.ana.startsThread(await town.ana.says('#circle', sorrow), 'mum');
    expect(await isUnheard(town, thread)).toBe(true);
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow);
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject({ outcome: 'counted' });
    await town.mo.selects(panel, 'setup:exempt', []);
    expect(await reply(town, '#circle')).toMatchObject({ outcome: 'counted' });
  });

  it('is a category, but for a channel in it that is chosen itself', async () => {
    await using town = await counting(['#support', '#circle']);
    await town.mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#Circles']);
    expect(await reply(town, '#circle')).toMatchObject({ outcome: 'counted' });
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow);
    expect(await isUnheard(town, story)).toBe(true);
  });

  it('is a channel also while a reply there waits for its note', async () => {
    await using town = await openTown({ support: ['#support', '#Circles'], nudged: ['ben'], settleMs: 700 });
    const post = await town.ana.says('#circle', sorrow);
    const late = await town.ben.repliesTo(post, fix);
    await town.mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#circle']);
    expect(await town.decisionOn(late)).toMatchObject({ outcome: 'left alone', reason: 'off' });
    expect(town.contacted()).toEqual([]);
  });

  it('is who has a role, with notes on as well; others get theirs', async () => {
    await using town = await openTown({
      support: '#support',
      nudged: ['ben', 'cleo'],
      before: ({ addRole, guild, setRoles }) => {
        addRole(guild, 'Clinician', 0n);
        setRoles(guild, 'ben', ['Clinician']);
      },
    });
    const panel = await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Clinician']);
    expect(await reply(town, '#support')).toMatchObject({ outcome: 'left alone', reason: 'exempt' });
    expect(await reply(town, '#support', fix, town.cleo)).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toEqual(['cleo']);
    await town.mo.selects(panel, 'setup:exemptRoles', []);
    expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
    expect(town.contacted().sort()).toEqual(['ben', 'cleo']);
  });

  it('is any number of roles: a hundred, part by part, and the channels stay where they are', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `staff-${at}`);
    await using town = await openTown({
      before: ({ addRole, guild }) => {
        for (const name of names) addRole(guild, name, 0n);
      },
    });
    const idOf = (name?: string) => [...town.town.guild.roles.values()].find((role) => role.name === name)?.id ?? '';
    const rolesIn = (panel: Answer) =>
      partsOf(panel)
        .filter(({ type }) => type === ComponentType.RoleSelect)
        .flatMap(({ default_values }) => ((default_values ?? []) as { id: string }[]).map(({ id }) => id));
    let panel = await open(town, 'exempt');
    for (let at = 0; at < 100; at += 25) {
      panel = await town.mo.selects(panel, 'setup:exemptRoles', names.slice(at, at + 25));
      expect(rolesIn(panel)).toEqual(names.slice(at, at + 25).map(idOf));
      panel = await town.mo.presses(panel, `setup:page:exempt:0-${at + 25}`);
    }
    expect(rolesIn(panel)).toEqual([]);
    expect(panel).toShow(sayOf('exempt')('chosen.other', { n: '100' }));
    const ids = names.map(idOf);
    expect(settings(town).exempt.roles).toEqual(ids);
    panel = await town.mo.presses(panel, 'setup:page:exempt:0-75');
    await town.mo.selects(panel, 'setup:exemptRoles', names.slice(75, 99));
    expect(settings(town).exempt.roles).toEqual(ids.slice(0, 99));

    // One of a part is gone from the server: the part shows the others of it, and none of the next.
    town.town.guild.roles.delete(ids[3] ?? '');
    panel = await open(town, 'exempt');
    expect(rolesIn(panel)).toEqual(ids.slice(0, 25).filter((_, at) => at !== 3));
    panel = await town.mo.selects(panel, 'setup:exempt', ['#general']);
    await town.mo.selects(panel, 'setup:exemptRoles', []);
    expect(settings(town).exempt.roles).toEqual(ids.slice(25, 99));
    expect(settings(town).exempt.channels).toEqual([town.town.channel('#general').id]);
  });

  it('is a role that no longer exists no more: it is not shown, and the next choice takes it off', async () => {
    await using town = await openTown({ before: ({ addRole, guild }) => void addRole(guild, 'Clinician', 0n) });
    let panel = await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Clinician', 'Moderator']);
    const { roles } = town.town.guild;
    const idOf = (name: string) => [...roles.values()].find((role) => role.name === name)?.id ?? '';
    const gone = idOf('Clinician');
    roles.delete(gone);
    panel = await open(town, 'exempt');
    expect(JSON.stringify(panel)).not.toContain(gone);
    await town.mo.selects(panel, 'setup:exemptRoles', ['Moderator']);
    expect(settings(town).exempt.roles).toEqual([idOf('Moderator')]);
  });

  it('is not counted either; and what they share still gets others a note', async () => {
    await using town = await counting('#support', {
      before: ({ addRole, guild, setRoles }) => {
        addRole(guild, 'Clinician', 0n);
        setRoles(guild, 'ben', ['Clinician']);
      },
    });
    await town.mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Clinician']);
    expect(await reply(town, '#support')).toMatchObject({ reason: 'exempt' });
    const post = await town.ben.says('#support', sorrow);
    expect(await town.decisionOn(await town.cleo.repliesTo(post, fix))).toMatchObject({ outcome: 'counted' });
  });
});

describe('sensitivity', () => {
  /** A reply of which the bot is sure enough for `sure`, and not for `unsure`. */
  async function between(unsure: Sensitivity, sure: Sensitivity): Promise<string> {
    const { detector } = await partsWith(shippedData);
    for (const text of doubtful) {
      const reading = await detector.read(text, sorrow);
      const isNoted = (sensitivity: Sensitivity) => judge(reading, { sensitivity, kinds }).flag;
      if ((await detector.screen(text)) && isNoted(sure) && !isNoted(unsure)) return text;
    }
    throw new Error(`none of the replies lies between ${sure} and ${unsure}: add one`);
  }
  const doubtful = [
    'try tea',
    'music can help',
    'you could maybe rest',
    'a pet could help',
    'maybe rest a bit',
    'music helps',
  ];

  it.each([
    ['careful', 'balanced'],
    ['balanced', 'keen'],
  ] as const)('%s leaves alone what %s notes', async (less, more) => {
    const text = await between(less, more);
    await using town = await counting('#support');
    let panel = await open(town, 'notes');
    panel = await town.mo.selects(panel, 'setup:sensitivity', [more]);
    expect(await reply(town, '#support', text)).toMatchObject({ outcome: 'counted' });
    panel = await town.mo.selects(panel, 'setup:sensitivity', [less]);
    expect(await reply(town, '#support', text)).toMatchObject({ outcome: 'left alone', reason: 'no fix' });
    expect(await reply(town, '#support')).toMatchObject({ outcome: 'counted' });
    expect(await reply(town, '#support', 'i am here with you')).toMatchObject({ outcome: 'left alone' });
  });

  it('is told with the figures of docs/detector.md', async () => {
    await using town = await openTown();
    const panel = JSON.stringify(await open(town, 'notes'));
    const page = readFileSync('docs/detector.md', 'utf8');
    const rows = [...page.matchAll(/^\| (careful|balanced|keen) \| (\d+ of \d+) \(.*?\) \| (\d+%) \|/gm)];
    expect(rows.map(([, name]) => name)).toEqual([...sensitivities]);
    for (const [, name = '', right = '', found = ''] of rows) {
      const means = sayOf('notes')(`sensitivities.${name}.means`);
      expect(means).toContain(`${right} notes`);
      expect(means).toContain(found);
      expect(panel).toContain(means);
    }
  });
});

describe('kinds', () => {
  it('in use are noted, and no other; what is no fix is left alone with all of them', async () => {
    await using town = await counting('#support');
    const label = 'that sounds like depression to me';
    let panel = await open(town, 'notes');
    panel = await town.mo.selects(panel, 'setup:sensitivity', ['keen']);
    expect(await reply(town, '#support', label)).toMatchObject({ reason: 'kind not in use' });
    panel = await town.mo.selects(panel, 'setup:kinds', [...kinds]);
    expect(await reply(town, '#support', label)).toMatchObject({ outcome: 'counted', kind: 'pathologising' });
    expect(await reply(town, '#support', 'that sounds so lonely. i am here')).toMatchObject({ outcome: 'left alone' });
    panel = await town.mo.selects(panel, 'setup:kinds', ['pathologising']);
    expect(await reply(town, '#support')).toMatchObject({ reason: 'kind not in use' });
    expect(settings(town).notes.kinds).toEqual(['pathologising']);
  });

  it('are the six gentle ones at first; the others come with a word of caution', async () => {
    await using town = await openTown();
    const select = partsOf(await open(town, 'notes')).find(({ custom_id }) => custom_id?.startsWith('setup:kinds'));
    const options = select?.options as { value: Kind; default?: boolean; description?: string }[];
    expect(options.map(({ value }) => value).sort()).toEqual([...kinds].sort());
    for (const [at, { value, default: isIn = false, description }] of options.entries()) {
      expect(isIn, value).toBe(at < 6);
      expect(description, value).toMatch(isIn ? /^For instance: “.+”$/ : /^With caution: /);
    }
  });
});

describe('the fastest pace', () => {
  it('holds whatever a member chose, and only as far as it is gentler', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'], sharesClock: true });
    await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', ['every']);
    expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
    expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
    const panel = await town.mo.selects(await open(town, 'notes'), 'setup:fastest', ['day']);
    expect(await reply(town, '#support')).toMatchObject({ outcome: 'left alone', reason: 'noted lately' });
    // Days are counted, so that a whole one lies between.
    town.town.clock.advance(2 * 24 * 60 * MINUTE);
    expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
    await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', ['week']);
    town.town.clock.advance(2 * 24 * 60 * MINUTE);
    expect(await reply(town, '#support')).toMatchObject({ reason: 'noted lately' });
    await town.mo.selects(await open(town, 'notes'), 'setup:fastest', ['every']);
    await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', ['every']);
    expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
    expect(panel).toShow(sayOf('notes')('paces.day'));
    expect(town.contacted()).toEqual(['ben', 'ben', 'ben', 'ben']);
  });
});

describe('forum tags', () => {
  const openForum = async (town: AttuneTown) => town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#stories']);
  const forum = () => counting(['#support', '#stories']);
  async function post(town: AttuneTown, tags: string[], text = sorrow, reply = fix) {
    const story = await town.ana.posts('#stories', 'the quiet house', text, { tags });
    return town.decisionOn(await town.ben.says(story, reply));
  }
  const counted = { outcome: 'counted' };
  const asked = { outcome: 'left alone', reason: 'asked for' };

  it('that welcome ideas keep notes away, whatever their name is', async () => {
    await using town = await forum();
    expect(await post(town, ['Grief'])).toMatchObject(counted);
    const panel = await town.mo.selects(await openForum(town), 'setup:tag:ideas', ['Grief']);
    expect(panel).toShow(
      say('list', { name: sayOf('tags')('meanings.ideas.called'), changes: say('added', { items: 'Grief' }) }),
    );
    expect(await post(town, ['Grief'])).toMatchObject(asked);
    // Two tags that disagree, and words that disagree with the tag: no note.
    expect(await post(town, ['Grief', 'Vent'])).toMatchObject(asked);
    expect(await post(town, ['Grief'], `${sorrow}. no advice please`)).toMatchObject(asked);
    expect(await post(town, ['Work'])).toMatchObject(counted);
    await town.mo.selects(panel, 'setup:tag:ideas', []);
    expect(await post(town, ['Grief'])).toMatchObject(counted);
  });

  it('that say nothing are not read by their name', async () => {
    await using town = await forum();
    expect(await post(town, ['Advice welcome'])).toMatchObject(asked);
    await town.mo.selects(await openForum(town), 'setup:tag:nothing', ['Advice welcome']);
    expect(await post(town, ['Advice welcome'])).toMatchObject(counted);
    expect(await post(town, ['Advice welcome'], `${sorrow}. what should i do?`)).toMatchObject(asked);
  });

  it('for being heard only inform: a clear question in the words counts for more', async () => {
    await using town = await forum();
    await town.mo.selects(await openForum(town), 'setup:tag:heard', ['Work']);
    expect(await post(town, ['Work'])).toMatchObject(counted);
    expect(await post(town, ['Work'], `${sorrow}. what should i do? any advice?`)).toMatchObject(asked);
    const told = await post(town, ['Work'], sorrow, 'i am here with you');
    expect(told).toMatchObject({ outcome: 'left alone' });
  });

  it('are outranked by /need', async () => {
    await using town = await forum();
    await town.mo.selects(await openForum(town), 'setup:tag:ideas', ['Grief']);
    const story = await town.ana.posts('#stories', 'the quiet house', sorrow, { tags: ['Grief'] });
    await town.ana.runs('/need', { want: 'heard' }, { in: story });
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject(counted);
  });

  it.each(['ideas', 'heard', 'nothing'])('never change what happens in danger: %s', async (says) => {
    await using town = await forum();
    await town.mo.selects(await openForum(town), `setup:tag:${says}`, ['Grief']);
    expect(await post(town, ['Grief'], 'i want to kill myself tonight')).toMatchObject({ reason: 'danger' });
  });

  it('say one thing: chosen for another, a tag leaves the first; tags of other forums stay', async () => {
    await using town = await counting(['#support', '#stories'], {
      before: ({ addChannel, guild }) =>
        void addChannel(guild, { name: 'letters', type: ChannelType.GuildForum, tags: ['Open'] }),
    });
    const idOf = (channel: string, name: string) =>
      town.town.channel(channel).tags.find((tag) => tag.name === name)?.id;
    const letters = await town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#letters']);
    await town.mo.selects(letters, 'setup:tag:ideas', ['Open']);
    let panel = await town.mo.selects(await openForum(town), 'setup:tag:ideas', ['Grief', 'Work']);
    panel = await town.mo.selects(panel, 'setup:tag:heard', ['Work']);
    const [open1, grief, work] = [idOf('#letters', 'Open'), idOf('#stories', 'Grief'), idOf('#stories', 'Work')];
    expect(settings(town).tags).toEqual({ ideas: [open1, grief], heard: [work], nothing: [] });
    const chosen = partsOf(panel).flatMap(({ options }) =>
      ((options ?? []) as { label: string; default?: boolean }[])
        .filter((one) => one.default)
        .map(({ label }) => label),
    );
    expect(chosen).toEqual(['Grief', 'Work']);
  });

  it('of a forum without any say so', async () => {
    await using town = await counting('#support', {
      before: ({ addChannel, guild }) => void addChannel(guild, { name: 'letters', type: ChannelType.GuildForum }),
    });
    const panel = await town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#letters']);
    expect(panel).toShow(sayOf('tags')('noTags', { forum: `<#${town.town.channel('#letters').id}>` }));
  });
});

describe('the language', () => {
  it('chosen is that of notes and of what is shared, whatever Discord says; and is given back', async () => {
    const data = germanData();
    await using town = await openTown({ data, support: '#support', nudged: ['ben'] });
    await town.ben.selects(await town.ben.runs('/nudges'), 'nudges:pace', ['every']);
    const german = 'Eine leise Notiz, nur für dich';
    const noted = async () => {
      const next = town.ben.nextDm();
      expect(await reply(town, '#support')).toMatchObject({ nudge: 'advice' });
      return next;
    };
    const shared = async () => {
      const panel = await town.cleo.runs('/reflect', { feeling: 'grief' }, { in: '#general' });
      await town.cleo.presses(panel, 'reflect:share');
      return town.ana.reads('#general').at(-1) ?? {};
    };
    expect(await noted()).not.toShow(german);
    expect(await shared()).not.toShow('geteilt');
    const panel = await town.mo.selects(await open(town, 'log'), 'setup:language', ['de']);
    expect(panel).toShow(
      say('fromTo', { name: sayOf('language')('heading'), from: sayOf('language')('asInDiscord'), to: 'German' }),
    );
    expect(await noted()).toShow(german);
    expect(await shared()).toShow('geteilt');
    // Each member's own panels stay in their language.
    expect(await town.ben.runs('/nudges')).toShow(sentences('commands/nudges.yaml')('turnOff'));
    await town.mo.selects(await open(town, 'log'), 'setup:language', ['auto']);
    expect(await noted()).not.toShow(german);
  });

  it('is not to be chosen where there is only one', async () => {
    await using town = await openTown();
    expect(await open(town, 'log')).toShow(sayOf('language')('onlyOne'));
  });
});
