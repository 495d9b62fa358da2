import { writeMessage } from '@attune/town/world/messages';
import { addThread } from '@attune/town/world/places';
import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { partsOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, type Setup } from '../town.ts';

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
