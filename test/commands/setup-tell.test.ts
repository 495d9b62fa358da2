import { deleteChannel } from '@attune/town/world/places';
import { PermissionFlagsBits as Bits, ChannelType, MessageFlags } from 'discord-api-types/v10';
import { beforeAll, describe, expect, it } from 'vitest';
import { sensitivities } from '#detector/terms';
import { actionsOf, buttonsOf, deny, partsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, partsWith, shippedData, shown } from '../town.ts';
import { germanData } from './german.ts';

/** What /setup tells: the log, the community, those who are invited, and whoever tries a reply. */

const say = sentences('commands/setup.yaml');
const sayOf = (section: string) => sentences(`commands/setup/${section}.yaml`);
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';

const idOf = (town: AttuneTown, name: string) => town.town.channel(name).id;
// What a bot is made of is read once; on a busy machine that takes longer than a test may.
beforeAll(() => partsWith(shippedData), 60_000);

const settings = (town: AttuneTown) => town.store.guilds.settings(town.town.guild.id).settings;
const open = async (town: AttuneTown, page: string, as = town.mo) =>
  as.presses(await as.runs('/setup'), `setup:page:${page}`);
const logIn = async (town: AttuneTown, name = '#log') => town.mo.selects(await open(town, 'log'), 'setup:log', [name]);
const openLogged = (setup: Parameters<typeof openTown>[0] = {}) =>
  openTown({
    ...setup,
    before: (town) => {
      town.addChannel(town.guild, { name: 'log' });
      town.addRole(town.guild, 'Clinician', 0n);
      setup.before?.(town);
    },
  });

/** Does something, and gives what is written in the channel for everybody because of it. */
async function written(town: AttuneTown, channel: string, act: () => Promise<unknown>) {
  const there = idOf(town, channel);
  const said = town.town.until(
    'a line in the log',
    ({ t, d }) => {
      const { channel_id, flags = 0 } = d as { channel_id: string; flags?: number };
      return t === 'MESSAGE_CREATE' && channel_id === there && (flags & MessageFlags.Ephemeral) === 0;
    },
    15_000,
  );
  await act();
  return (await said).d as { id: string; channel_id: string; mentions: unknown[]; components: object[] };
}

describe('the log', () => {
  it('is told of every setting that there is: who, what, from, to; and pings nobody', async () => {
    await using town = await openLogged({ data: germanData(), support: '#support' });
    const { mo } = town;
    await logIn(town);
    const tags = sayOf('tags');
    const notes = sayOf('notes');
    const support = sayOf('support');
    const general = `<#${idOf(town, '#general')}>`;
    const role = [...town.town.guild.roles.values()].find(({ name }) => name === 'Clinician')?.id;
    const list = (name: string, items: string, how = 'added') => say('list', { name, changes: say(how, { items }) });
    const forum = async () => mo.selects(await open(town, 'tags'), 'setup:forum', ['#stories']);
    const line = { name: 'Night watch', how: 'write to Mo' };
    const all: [string, () => Promise<unknown>, string][] = [
      [
        'support.mode',
        async () => mo.presses(await mo.runs('/setup'), 'setup:mode:observe'),
        say('fromTo', { name: support('mode'), from: support('modes.on'), to: support('modes.observe') }),
      ],
      [
        'support.channels',
        async () => mo.selects(await open(town, 'channels'), 'setup:addChannels', ['#general']),
        list(support('channels'), general),
      ],
      [
        'exempt.channels',
        async () => mo.selects(await open(town, 'exempt'), 'setup:exempt', ['#general']),
        list(sayOf('exempt')('channels'), general),
      ],
      [
        'exempt.roles',
        async () => mo.selects(await open(town, 'exempt'), 'setup:exemptRoles', ['Clinician']),
        list(sayOf('exempt')('roles'), `<@&${role}>`),
      ],
      [
        'notes.sensitivity',
        async () => mo.selects(await open(town, 'notes'), 'setup:sensitivity', ['careful']),
        say('fromTo', {
          name: notes('sensitivity'),
          from: notes('sensitivities.balanced.label'),
          to: notes('sensitivities.careful.label'),
        }),
      ],
      [
        'notes.kinds',
        async () => mo.selects(await open(town, 'notes'), 'setup:kinds', ['advice', 'silver-lining']),
        say('takenOff', {
          items: ['cheerleading', 'explaining-away', 'interpreting', 'changing-subject']
            .map((kind) => sentences(`kinds/${kind}.yaml`)('name'))
            .join(', '),
        }),
      ],
      [
        'notes.fastest',
        async () => mo.selects(await open(town, 'notes'), 'setup:fastest', ['week']),
        say('fromTo', { name: notes('fastest'), from: notes('paces.every'), to: notes('paces.week') }),
      ],
      ...(['ideas', 'heard', 'nothing'] as const).map((says, at): [string, () => Promise<unknown>, string] => {
        const tag = ['Grief', 'Work', 'Vent'][at] ?? '';
        return [
          `tags.${says}`,
          async () => mo.selects(await forum(), `setup:tag:${says}`, [tag]),
          list(tags(`meanings.${says}.called`), tag),
        ];
      }),
      [
        'crisis.lines',
        async () => mo.submits(await mo.presses(await open(town, 'crisis'), 'setup:line'), line),
        list(sayOf('crisis')('heading'), `**${line.name}** · ${line.how}`),
      ],
      [
        'language.locale',
        async () => mo.selects(await open(town, 'log'), 'setup:language', ['en']),
        say('fromTo', { name: sayOf('language')('heading'), from: sayOf('language')('asInDiscord'), to: 'English' }),
      ],
      [
        'log.channel',
        // Where it is told from now on hears of it as well.
        async () => {
          let panel: unknown;
          const heard = await written(town, '#general', async () => {
            panel = await logIn(town, '#general');
          });
          expect(heard).toShow(say('logged', { who: `<@${mo.id}>` }));
          return panel;
        },
        say('fromTo', { name: sayOf('log')('heading'), from: `<#${idOf(town, '#log')}>`, to: general }),
      ],
    ];
    const every = Object.entries(settings(town)).flatMap(([name, section]) =>
      Object.keys(section).map((key) => `${name}.${key}`),
    );
    expect(all.map(([name]) => name).sort()).toEqual(every.sort());
    for (const [name, act, told] of all) {
      let panel: unknown;
      const message = await written(town, '#log', async () => {
        panel = await act();
      });
      expect(message, name).toShow(say('logged', { who: `<@${mo.id}>` }));
      expect(message, name).toShow(told);
      expect(panel as object, name).toShow(told);
      expect(message.mentions, name).toEqual([]);
    }
  });

  it('is written in the language of the server', async () => {
    await using town = await openLogged({ data: germanData() });
    town.town.setLocale(town.town.guild, 'de');
    const message = await written(town, '#log', () => logIn(town));
    expect(message).toShow('hat Einstellungen geändert.');
  });

  it('hears of nothing that was not changed, of no refused press, and of no member', async () => {
    await using town = await openLogged({ support: '#support', nudged: ['ben'] });
    const ida = town.town.person('ida');
    const old = await ida.runs('/setup');
    await logIn(town);
    await town.mo.presses(await town.mo.runs('/setup'), 'setup:mode:on');
    const post = await town.ana.says('#support', sorrow);
    expect(await town.decisionOn(await town.ben.repliesTo(post, fix))).toMatchObject({ nudge: 'advice' });
    await town.cleo.presses(await town.cleo.runs('/nudges'), 'nudges:on');
    await written(town, '#log', async () => town.mo.presses(await town.mo.runs('/setup'), 'setup:mode:observe'));
    expect(await ida.presses(old, 'setup:mode:off')).toShow(say('changed'));
    const last = await written(town, '#log', async () =>
      town.mo.presses(await town.mo.runs('/setup'), 'setup:mode:on'),
    );
    const lines = town.mo.reads('#log').map((one) => shown(one));
    // The channel itself, and the mode twice.
    expect(lines).toHaveLength(3);
    for (const { id } of [town.ben, town.ana, town.cleo, ida]) expect(lines.join()).not.toContain(id);
    expect(lines.at(-1)).toBe(shown(last));
  });

  it('that cannot be written to is named in the panel, and the change is saved all the same', async () => {
    await using town = await openLogged();
    const channel = `<#${idOf(town, '#log')}>`;
    await logIn(town);
    expect(await open(town, 'checks')).not.toShow(channel);
    deny(town.town, town.town.channel('#log'), Bits.SendMessages);
    const permissions = `**${sayOf('checks')('permissions.SendMessages')}**`;
    expect(await open(town, 'checks')).toShow(sayOf('checks')('found.noLog.what', { channel, permissions }));
    const page = await open(town, 'log');
    expect(page).toShow(sayOf('log')('cannotWrite', { channel }));
    const told = town.town.until(
      'the whisper',
      ({ t, d }) => t === 'MESSAGE_CREATE' && shown(d as object).includes(say('logFailed', { channel })),
    );
    await town.mo.presses(await town.mo.presses(page, 'setup:page:start'), 'setup:mode:observe');
    await told;
    expect(settings(town).support.mode).toBe('observe');
    deleteChannel(town.town.world, town.town.channel('#log'));
    expect(await open(town, 'checks')).toShow(sayOf('checks')('found.logGone.what'));
    await town.mo.selects(await open(town, 'log'), 'setup:log', []);
    expect(await open(town, 'checks')).toShow(sayOf('checks')('allWell'));
  });
});

describe("the community's own crisis lines", () => {
  const sayCrisis = sayOf('crisis');
  const night = {
    name: 'Night watch',
    how: 'write to Mo, or https://example.org/chat',
    note: 'from eight to midnight',
  };
  const add = async (town: AttuneTown, typed: Record<string, string>) => {
    const page = await open(town, 'crisis');
    return town.mo.submits(await town.mo.presses(page, 'setup:line:4'), typed);
  };

  it('come first in /crisis once they are named, and go again', async () => {
    await using town = await openTown();
    expect(await open(town, 'crisis')).toShow(sayCrisis('none'));
    expect(await town.ben.runs('/crisis')).not.toShow(night.name);
    let panel = await add(town, night);
    expect(settings(town).crisis.lines).toEqual([night]);
    expect(panel).toShow(say('saved'));
    expect(await town.ben.runs('/crisis')).toShow(night.name);
    const form = await town.mo.presses(panel, 'setup:line:0');
    panel = await town.mo.submits(form, { note: 'from nine on' });
    expect(settings(town).crisis.lines).toEqual([{ ...night, note: 'from nine on' }]);
    panel = await town.mo.presses(panel, 'setup:lineOff:0');
    expect(settings(town).crisis.lines).toEqual([]);
    expect(await town.ben.runs('/crisis')).not.toShow(night.name);
  });

  it.each([
    ['an empty field', { how: '  ' }, sayCrisis('blank', { field: sayCrisis('fields.how.label') })],
    ['an address that is not safe', { how: 'http://example.org' }, sayCrisis('notHttps')],
    ['a name that is there already', { name: 'day watch' }, sayCrisis('twice', { name: 'day watch' })],
  ])('%s is told, loses nothing that was typed, and is mended with one press', async (_, wrong, told) => {
    await using town = await openTown();
    await add(town, { name: 'Day watch', how: 'call 1' });
    let panel = await add(town, { ...night, note: 'from `eight` ```to``` *midnight*', ...wrong });
    expect(panel).toShow(told);
    expect(panel).toShow(sayCrisis('notSaved'));
    // It stands alone: below the page, or above it, a phone would not show it.
    expect(panel).not.toShow(sayCrisis('hint'));
    expect(actionsOf(panel)).toEqual(['setup:lineAgain', 'setup:page']);
    expect(settings(town).crisis.lines).toHaveLength(1);
    await town.restart();
    const form = await town.mo.presses(panel, 'setup:lineAgain');
    panel = await town.mo.submits(
      form,
      Object.fromEntries(Object.keys(wrong).map((key) => [key, night[key as 'how']])),
    );
    expect(settings(town).crisis.lines[1]).toEqual({ ...night, note: 'from `eight` ```to``` *midnight*' });
    expect(panel).not.toShow(sayCrisis('notSaved'));
    // What was done is said below the page.
    expect(shown(panel).indexOf(say('saved'))).toBeGreaterThan(shown(panel).indexOf(sayCrisis('hint')));
  });

  it('that somebody else changed meanwhile: nothing that was typed is lost, and one press saves it', async () => {
    await using town = await openTown();
    const ida = town.town.person('ida');
    const mine = await town.mo.presses(await open(town, 'crisis'), 'setup:line');
    const hers = await ida.presses(await open(town, 'crisis', ida), 'setup:line');
    await ida.submits(hers, { name: 'Day watch', how: 'call 1' });
    const panel = await town.mo.submits(mine, night);
    expect(panel).toShow(say('changed'));
    expect(panel).toShow('Day watch');
    expect(settings(town).crisis.lines).toHaveLength(1);
    await town.mo.submits(await town.mo.presses(panel, 'setup:lineAgain'), {});
    expect(settings(town).crisis.lines).toEqual([{ name: 'Day watch', how: 'call 1' }, night]);
  });

  it('that was changed in the place of another is not lost, nor is the other', async () => {
    await using town = await openTown();
    await add(town, { name: 'Day watch', how: 'call 1' });
    await add(town, night);
    const ida = town.town.person('ida');
    const mine = await town.mo.presses(await open(town, 'crisis'), 'setup:line:0');
    await ida.presses(await open(town, 'crisis', ida), 'setup:lineOff:0');
    const panel = await town.mo.submits(mine, { how: 'call 2' });
    expect(panel).toShow(say('changed'));
    await town.mo.submits(await town.mo.presses(panel, 'setup:lineAgain'), {});
    expect(settings(town).crisis.lines).toEqual([night, { name: 'Day watch', how: 'call 2' }]);
  });

  it('are four at most', async () => {
    await using town = await openTown();
    for (const name of ['One', 'Two', 'Three', 'Four'])
      await add(town, { name, how: 'x'.repeat(120), note: 'y'.repeat(120) });
    const panel = await open(town, 'crisis');
    expect(buttonsOf(panel).filter((id) => id.startsWith('setup:line:'))).toHaveLength(4);
    expect(buttonsOf(panel).some((id) => id.startsWith('setup:line:4'))).toBe(false);
    expect(sizeOf(panel).parts).toBeLessThanOrEqual(40);
  });
});

describe('telling members', () => {
  const sayTell = sayOf('community');
  const panelsOf = ({ town }: AttuneTown) =>
    Object.fromEntries(['nudges', 'privacy', 'crisis', 'need'].map((name) => [name, mention(town, name)]));

  it.each(['short', 'long'])('the %s text is shown, posted as it is, and can be copied', async (what) => {
    await using town = await openTown();
    const panel = await town.mo.presses(await open(town, 'community'), `setup:page:community:${what}`);
    const text = sayTell(`texts.${what}`, panelsOf(town));
    expect(panel).toShow(text);
    expect(await town.mo.presses(panel, 'setup:copy')).toShow(text);
    const message = await written(town, '#general', () => town.mo.selects(panel, 'setup:post', ['#general']));
    expect(shown(message).trim()).toBe(shown({ content: text }));
    expect(town.ana.sees(message)).toBeDefined();
    for (const word of ['support', 'o message and no history', 'leave', panelsOf(town).nudges ?? ''])
      expect(text).toContain(word);
  });

  it('an invitation opens for each who presses it their own panel, and nobody sees theirs', async () => {
    await using town = await openTown({ support: '#support' });
    const panel = await town.mo.presses(await open(town, 'community'), 'setup:page:community:invite');
    const message = await written(town, '#general', () => town.mo.selects(panel, 'setup:post', ['#general']));
    expect(message).toShow(sayTell('texts.invite', panelsOf(town)));
    expect(sayTell('texts.invite', panelsOf(town)).split('\n').length - 1).toBe(4);
    expect(buttonsOf(message as never)).toEqual(['nudges:open']);
    await town.restart();
    const mine = await town.ben.presses(message, 'nudges:open');
    expect(mine).toMatchObject({ ephemeral: true });
    await town.ben.presses(mine, 'nudges:on');
    expect(town.store.members.hasNotes(town.town.guild.id, town.ben.id)).toBe(true);
    expect(town.store.members.hasNotes(town.town.guild.id, town.ana.id)).toBe(false);
    const hers = await town.ana.presses(message, 'nudges:open');
    expect(hers).toShow(sentences('commands/nudges.yaml')('off'));
    if ('id' in mine) expect(town.ana.sees(mine)).toBeUndefined();
  });

  it('nothing is written in another server, whatever channel a press names', async () => {
    await using town = await openTown({
      before: (bare) => void bare.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['help'], people: ['Ana'] }),
    });
    const there = town.mo.reads('Elsewhere#help').length;
    const channel = `<#${idOf(town, 'Elsewhere#help')}>`;
    const posted = await town.mo.selects(await open(town, 'community'), 'setup:post', ['Elsewhere#help']);
    expect(posted).toShow(sayTell('notYours', { channel }));
    await town.mo.selects(await open(town, 'log'), 'setup:log', ['Elsewhere#help']);
    expect(settings(town).log.channel).toBeNull();
    expect(town.mo.reads('Elsewhere#help')).toHaveLength(there);
  });

  it('nothing is tried in a channel that takes no messages, as a forged press may name it', async () => {
    const asked: string[] = [];
    await using town = await openTown({ onExchange: ({ method, path }) => asked.push(`${method} ${path}`) });
    const forum = idOf(town, '#stories');
    const on = await open(town, 'community');
    const choice = { component_type: 8, values: [forum] };
    const posted = await town.mo.forges({ custom_id: 'setup:post:short:0:manage', ...choice }, { on });
    expect(posted).toShow(sayTell('notYours', { channel: `<#${forum}>` }));
    await town.mo.forges({ custom_id: 'setup:log:0:manage', ...choice }, { on });
    expect(settings(town).log.channel).toBeNull();
    expect(asked.filter((one) => one.endsWith(`/channels/${forum}/messages`))).toEqual([]);
  });

  it('where a moderator may not write themself, nothing is posted for them', async () => {
    await using town = await openTown();
    const general = town.town.channel('#general');
    const channel = `<#${general.id}>`;
    // The bot may still write there.
    general.overwrites = [
      { id: town.town.guild.id, type: 0, allow: '0', deny: Bits.SendMessages.toString() },
      { id: town.town.bot.id, type: 1, allow: Bits.SendMessages.toString(), deny: '0' },
    ];
    const panel = await open(town, 'community');
    const post = () => town.mo.selects(panel, 'setup:post', ['#general'], { in: '#support' });
    expect(await post()).toShow(sayTell('notYours', { channel }));
    general.overwrites.push({ id: town.mo.id, type: 1, allow: Bits.SendMessages.toString(), deny: '0' });
    town.town.faults.next('GET /guilds/:guild/members/:user', { hang: true });
    expect(await post()).toShow(sayTell('notYours', { channel }));
    expect(town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral)).toHaveLength(0);
    expect(await post()).toShow('Posted: ');
    expect(town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
  });

  it('where the bot may not write nothing is posted, and it says what is missing', async () => {
    await using town = await openTown();
    const general = town.town.channel('#general');
    deny(town.town, general, Bits.SendMessages);
    general.overwrites.push({ id: town.mo.id, type: 1, allow: Bits.SendMessages.toString(), deny: '0' });
    const panel = await town.mo.selects(await open(town, 'community'), 'setup:post', ['#general'], { in: '#support' });
    expect(panel).toShow(sayTell('cannotPost', { channel: `<#${idOf(town, '#general')}>` }));
    expect(town.mo.reads('#general').filter(({ ephemeral }) => !ephemeral)).toHaveLength(0);
  });
});

describe('trying a reply', () => {
  const sayTrial = sayOf('trial');
  const tries = async (town: AttuneTown, post: string, reply: string) =>
    town.mo.submits(await town.mo.presses(await open(town, 'trial'), 'setup:try'), { post, reply });
  const all = new Intl.ListFormat('en-US', { type: 'unit' }).format(
    sensitivities.map((one) => sayTrial(`sensitivities.${one}`)),
  );
  const left = (why: string) => sayTrial('left', { sensitivity: all, why: sayTrial(why) });

  it('shows the reading, and the decision at each sensitivity; nobody is told and nothing is kept', async () => {
    await using town = await openTown({ support: '#support', mode: 'observe' });
    const answer = await tries(town, sorrow, fix);
    expect(answer).toMatchObject({ ephemeral: true });
    const kind = sentences('kinds/advice.yaml')('name');
    // The same at all three is said once.
    expect(answer).toShow(sayTrial('note', { sensitivity: all, kind, words: fix }));
    expect(answer).toShow(/like a fix, all in all: \d+%/);
    expect(answer).toShow(sorrow);
    expect(await town.store.counts.since(town.town.guild.id, '2000-01-01')).toEqual([]);
    expect(town.decisions).toEqual([]);
    expect(town.contacted()).toEqual([]);
    expect(
      partsOf(
        await town.mo.submits(await town.mo.presses(answer, 'setup:try'), {
          post: sorrow,
          reply: 'so quiet. i am here',
        }),
      ).length,
    ).toBeGreaterThan(3);
  });

  it.each([
    ['danger', 'i want to kill myself tonight', fix],
    ['asked for', `${sorrow}. what should i do? any advice?`, fix],
    ['looks fine', sorrow, 'so quiet. i am here'],
    ['not about a difficulty', 'look at my new bike, it is so fast', fix],
  ])('says why not: %s', async (reason, post, reply) => {
    await using town = await openTown();
    const answer = await tries(town, post, reply);
    expect(answer).toShow(left(`reasons.${reason}`));
  });

  it('goes by the kinds that are in use', async () => {
    await using town = await openTown();
    await town.mo.selects(await open(town, 'notes'), 'setup:kinds', ['silver-lining']);
    expect(await tries(town, sorrow, fix)).toShow(left('reasons.kind not in use'));
  });

  it('says so when it is another language than English, and hears danger all the same', async () => {
    await using town = await openTown();
    const german = 'ich bin so traurig, mein Hund ist gestern gestorben';
    expect(await tries(town, german, 'Kopf hoch, das wird schon wieder gut')).toShow(left('foreign'));
    expect(await tries(town, sorrow, 'Kopf hoch, das wird schon wieder gut')).toShow(left('foreign'));
    const danger = await tries(town, 'ich will nicht mehr leben', 'Kopf hoch, das wird schon wieder gut');
    expect(danger).toShow(sayTrial('contexts.crisis'));
    expect(await tries(town, sorrow, 'so quiet. i am here')).not.toShow(sayTrial('foreign'));
  });

  it('takes nothing from an old panel, nor from who may not', async () => {
    await using town = await openTown();
    const form = await town.mo.presses(await open(town, 'trial'), 'setup:try');
    town.town.setRoles(town.town.guild, 'mo', []);
    expect(await town.mo.submits(form, { post: sorrow, reply: fix })).toShow(say('notAllowed'));
  });
});

it('every page is whole and small enough, also with much in it', async () => {
  await using town = await openTown({
    support: ['#support', '#stories', '#Circles'],
    before: ({ addChannel, guild }) =>
      void addChannel(guild, {
        name: 'letters',
        type: ChannelType.GuildForum,
        tags: Array.from({ length: 20 }, (_, at) => `tag ${at}`),
      }),
  });
  const start = await town.mo.runs('/setup');
  const doors = buttonsOf(start).filter((id) => id.startsWith('setup:page:'));
  expect(doors).toHaveLength(10);
  for (const door of doors) {
    const page = await town.mo.presses(start, door);
    expect(sizeOf(page).parts, door).toBeLessThanOrEqual(40);
    expect(sizeOf(page).text, door).toBeLessThan(4_000);
    expect(buttonsOf(await town.mo.presses(page, 'setup:page:start')), door).toEqual(buttonsOf(start));
  }
  const letters = await town.mo.selects(await open(town, 'tags'), 'setup:forum', ['#letters']);
  await town.mo.selects(
    letters,
    'setup:tag:ideas',
    Array.from({ length: 20 }, (_, at) => `tag ${at}`),
  );
  expect(settings(town).tags.ideas).toHaveLength(20);
});
