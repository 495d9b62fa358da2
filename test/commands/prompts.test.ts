import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { mostOwnPrompts } from '#store/own-prompts';
import { MINUTE } from '#store/times';
import { actionsOf, partsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';
import { germanData } from './german.ts';

const say = sentences('commands/prompts.yaml');
const reflect = sentences('commands/reflect.yaml');
const tea = { say: 'I have tea here, and an hour.', ask: 'Shall I stay?' };
type Fields = { say: string; ask?: string; notice?: string; families?: readonly string[] };

const add = async ({ mo }: AttuneTown, fields: Fields): Promise<Answer> =>
  mo.submits(await mo.runs('/prompts add'), fields);
const kept = ({ store, town }: AttuneTown) => store.ownPrompts.of(town.guild.id);
const keep = ({ store, town }: AttuneTown, words: Fields & { families?: string[] }) =>
  store.ownPrompts.add(town.guild.id, { families: [], ...words }, Date.now());
/** What a dialog holds already. */
const valuesIn = (dialog: Answer) => {
  const inputs = ((dialog as { modal?: { components: { component: object }[] } }).modal?.components ?? []) as {
    component: { custom_id: string; value?: string; options?: { value: string; default?: boolean }[] };
  }[];
  return Object.fromEntries(
    inputs.map(({ component: { custom_id, value, options } }) => [
      custom_id,
      options?.filter((one) => one.default).map((one) => one.value) ?? value,
    ]),
  );
};

describe('/prompts', () => {
  it('is for those who manage the server', async () => {
    await using town = await openTown();
    const names = (who: AttuneTown['mo']) => who.commands('#general').filter((name) => name.startsWith('/prompts'));
    expect(names(town.mo).length).toBeGreaterThan(0);
    expect(names(town.ben)).toEqual([]);
    const list = await town.mo.runs('/prompts list');
    expect(list).toMatchObject({ ephemeral: true });
    expect(list).toShow(
      say('none', { prompts: mention(town.town, 'prompts'), reflect: mention(town.town, 'reflect') }),
    );
  });

  it('takes words, a question, what to listen for and the feelings that they fit, and lists them', async () => {
    await using town = await openTown();
    const answer = await add(town, { ...tea, notice: 'That they write at night.', families: ['loss', 'alone'] });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('saved'));
    expect(answer).toShow(`> ${tea.say} ${tea.ask}`);
    expect(answer).toShow(say('fits', { families: `${say('family.loss')}, ${say('family.alone')}` }));
    expect(answer).not.toShow(/kindly/);
    expect(await kept(town)).toMatchObject([
      { ...tea, notice: 'That they write at night.', families: ['loss', 'alone'] },
    ]);
    await add(town, { say: 'Still here.' });
    const list = await town.mo.runs('/prompts list');
    expect(list).toShow(`> ${tea.say} ${tea.ask}`);
    expect(list).toShow(`> Still here.\n-# ${say('fitsAny')}`);
    expect(list).toShow(say('count.other', { n: '2', most: '200' }));
  });

  it('is edited and removed, by the list or by some of its words', async () => {
    await using town = await openTown();
    const { mo } = town;
    await keep(town, tea);
    await keep(town, { say: 'Still here.' });
    const dialog = await mo.runs('/prompts edit', { prompt: 'tea here' });
    expect(valuesIn(dialog)).toEqual({ say: tea.say, ask: tea.ask, notice: undefined, families: [] });
    await mo.submits(dialog, { ask: '', families: ['sad'] });
    expect(await kept(town)).toMatchObject([{ say: tea.say, families: ['sad'] }, { say: 'Still here.' }]);

    const [, second] = await kept(town);
    const one = await mo.selects(await mo.runs('/prompts list'), 'prompts:open', [second?.id ?? '']);
    expect(one).toShow('> Still here.');
    const again = await mo.submits(await mo.presses(one, 'prompts:edit'), { say: 'I am still here.' });
    expect(again).toShow('> I am still here.');
    const held = await mo.presses(await mo.presses(again, 'prompts:remove'), 'prompts:show');
    expect(held).toShow('> I am still here.');
    const sure = await mo.presses(held, 'prompts:remove');
    expect(sure).toShow(say('sure'));
    const list = await mo.presses(sure, 'prompts:removeNow');
    expect(list).toShow(say('removed'));
    expect(await kept(town)).toHaveLength(1);
    const last = await mo.presses(await mo.runs('/prompts remove', { prompt: 'tea here' }), 'prompts:removeNow');
    expect(last).toShow(say('count.other', { n: '0', most: '200' }));
    expect(await kept(town)).toEqual([]);
  });

  it('offers what there is while one types, and shows all of it for words that fit none or several', async () => {
    await using town = await openTown();
    await keep(town, tea);
    await keep(town, { say: 'Tea, or nothing.' });
    const offered = await town.mo.completes('/prompts edit', { prompt: 'TEA' });
    expect(offered.map(({ name }) => name)).toEqual([`${tea.say} ${tea.ask}`, 'Tea, or nothing.']);
    for (const prompt of ['coffee', 'tea'])
      expect(await town.mo.runs('/prompts remove', { prompt })).toShow(say('notFound'));
    expect(await kept(town)).toHaveLength(2);
  });

  it('goes from page to page, and everything fits', async () => {
    await using town = await openTown();
    const long = (n: number) => ({ say: `${n} ${'*'.repeat(175)}`, ask: '_'.repeat(140), notice: '`'.repeat(180) });
    for (let n = 0; n < 14; n++) await keep(town, { ...long(n), families: ['sad', 'loss', 'alone', 'afraid'] });
    let list = await town.mo.runs('/prompts list');
    for (const page of [1, 2]) {
      expect(sizeOf(list).text).toBeLessThan(4_000);
      list = await town.mo.presses(list, `prompts:page:${page}`);
    }
    expect(actionsOf(list)).toEqual(['prompts:page']);
    const [first] = await kept(town);
    expect(sizeOf(await town.mo.runs('/prompts remove', { prompt: first?.id ?? '' })).text).toBeLessThan(4_000);
    expect(sizeOf(await town.ben.runs('/reflect', { feeling: 'grief' })).text).toBeLessThan(4_000);
  });
});

describe('words that look like a fix', () => {
  it('are kept, and told kindly', async () => {
    await using town = await openTown();
    const answer = await add(town, { say: 'You should see a therapist.' });
    expect(answer).toShow(say('saved'));
    const { name } = wordsOf(loadContent(shippedData).kinds(), 'advice');
    expect(answer).toShow(new RegExp(`“${name}” \\(.*you should see a therapist`, 'i'));
    expect(actionsOf(answer)).toContain('prompts:edit');
    expect(await kept(town)).toHaveLength(1);
  });

  it.each(['I am here for a while.', 'That is a lot at once.', 'Do you want to talk, or just have company?'])(
    'not so: %s',
    async (words) => {
      await using town = await openTown();
      const answer = await add(town, { say: words });
      expect(shown(answer)).not.toContain(say('looks', { kind: '', words: '' }).slice(0, 30));
    },
  );
});

describe('words that cannot be kept', () => {
  it.each([
    ['none', { say: ' … ' }, say('empty')],
    ['hidden ones', { say: '\u200b\u2066\u2069\u3164' }, say('empty')],
    ['words of danger', { ...tea, ask: 'Do you want to kill yourself?' }, say('danger', { crisis: '/crisis' })],
  ])('%s: the fault is named, and all that was typed is there again with one press', async (_, fields, fault) => {
    await using town = await openTown();
    const answer = await add(town, { notice: 'At night.', families: ['sad'], ...fields });
    expect(shown(answer).replace(/<(\/crisis):\d+>/, '$1')).toContain(fault);
    expect(await kept(town)).toEqual([]);
    const dialog = await town.mo.presses(answer, 'prompts:fix');
    expect(valuesIn(dialog)).toMatchObject({ notice: 'At night.', families: ['sad'] });
    expect(await town.mo.submits(dialog, { say: 'Still here.', ask: '' })).toShow(say('saved'));
    expect(await kept(town)).toMatchObject([{ say: 'Still here.', notice: 'At night.', families: ['sad'] }]);
  });

  it('the same words twice, and more than there is room for', async () => {
    await using town = await openTown();
    await keep(town, tea);
    expect(await add(town, tea)).toShow(say('thereAlready'));
    for (let n = 1; n < mostOwnPrompts; n++) await keep(town, { say: `Words ${n}` });
    const full = await add(town, { say: 'One more.' });
    expect(full).toShow(say('full', { most: '200' }));
    const [first] = await kept(town);
    await town.store.ownPrompts.remove(town.town.guild.id, first?.id ?? '');
    expect(await town.mo.submits(await town.mo.presses(full, 'prompts:fix'), {})).toShow(say('saved'));
  });

  it('what another moderator has changed meanwhile is not overwritten, and nothing that was typed is lost', async () => {
    await using town = await openTown();
    await keep(town, tea);
    const ida = town.town.person('ida');
    const [hers, his] = [
      await ida.runs('/prompts edit', { prompt: 'tea' }),
      await town.mo.runs('/prompts edit', { prompt: 'tea' }),
    ];
    await ida.submits(hers, { say: 'Hers.' });
    const told = await town.mo.submits(his, { say: 'His.' });
    expect(told).toShow(say('changedMeanwhile'));
    expect(await kept(town)).toMatchObject([{ say: 'Hers.' }]);
    await town.mo.submits(await town.mo.presses(told, 'prompts:fix'), {});
    expect(await kept(town)).toMatchObject([{ say: 'Hers.' }, { say: 'His.' }]);
  });

  it('a panel of one that is gone shows what is there', async () => {
    await using town = await openTown();
    for (const press of ['prompts:edit', 'prompts:remove']) {
      const answer = await add(town, tea);
      const [first] = await kept(town);
      await town.store.ownPrompts.remove(town.town.guild.id, first?.id ?? '');
      expect(await town.mo.presses(answer, press)).toShow(say('changed'));
    }
  });
});

describe('who may change them', () => {
  it('a member whom an admin allowed adds and changes some, from a panel that Discord says was opened to them', async () => {
    await using town = await openTown();
    town.town.allowCommand(town.town.guild, '/prompts', { person: 'ana' }, true);
    const added = await town.ana.submits(
      await town.ana.presses(await town.ana.runs('/prompts add'), 'prompts:fix'),
      tea,
    );
    expect(added).toShow(say('saved'));
    const one = await town.ana.runs('/prompts edit', { prompt: 'tea' });
    const changed = await town.ana.submits(await town.ana.presses(one, 'prompts:edit'), { say: 'I have coffee here.' });
    expect(changed).toShow(say('saved'));
    expect(await kept(town)).toMatchObject([{ say: 'I have coffee here.' }]);
  });

  it('somebody who lost Manage Server since changes nothing', async () => {
    await using town = await openTown();
    const answer = await add(town, tea);
    const dialog = await town.mo.presses(answer, 'prompts:edit');
    town.town.setRoles(town.town.guild, 'mo', []);
    expect(await town.mo.submits(dialog, { say: 'Changed.' })).toShow(say('notAllowed'));
    for (const press of ['prompts:edit', 'prompts:remove', 'prompts:page'])
      expect(await town.mo.presses(answer, press)).toShow(say('notAllowed'));
    expect(await kept(town)).toMatchObject([tea]);
  });

  it('a draft is there for a quarter of an hour, and in its own server only', async () => {
    await using town = await openTown({ sharesClock: true });
    const answer = await add(town, { say: '…', notice: 'At night.' });
    town.town.clock.advance(16 * MINUTE);
    expect(valuesIn(await town.mo.presses(answer, 'prompts:fix'))).toMatchObject({ notice: undefined });
  });
});

describe('in /reflect', () => {
  const openersIn = (panel: Answer) =>
    shown(panel)
      .split('\n')
      .filter((line) => line.startsWith('> '));

  it('one that fits is one of three, says whose it is, and comes in turn with the others', async () => {
    await using town = await openTown();
    await keep(town, { ...tea, notice: 'A night.', families: ['loss'] });
    await keep(town, { say: 'Still here.' });
    await keep(town, { say: 'Only for anger.', families: ['angry'] });
    let panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    const seen = new Set<string>();
    for (let turn = 0; turn < 4; turn++) {
      expect(openersIn(panel)).toHaveLength(3);
      expect(panel).toShow(reflect('fromHere'));
      for (const line of openersIn(panel)) seen.add(line);
      panel = await town.ben.presses(panel, 'reflect:another');
    }
    expect(seen).toContain(`> ${tea.say} ${tea.ask}`);
    expect(seen).toContain('> Still here.');
    expect(seen).not.toContain('> Only for anger.');
    expect(await town.ben.runs('/reflect', { feeling: 'rage' })).toShow(/Only for anger|Still here/);
  });

  it('where none fits, and in other places, all is as it was', async () => {
    await using town = await openTown();
    await keep(town, { ...tea, families: ['loss'] });
    town.town.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['support'], people: ['Ben'] });
    await expect.poll(() => town.ben.commands('Elsewhere#support')).toContain('/reflect');
    for (const [feeling, place] of [
      ['rage', '#support'],
      ['grief', 'Elsewhere#support'],
      ['grief', 'dm'],
    ] as const)
      expect(await town.ben.runs('/reflect', { feeling }, { in: place })).not.toShow(reflect('fromHere'));
  });

  it.each(['i want to die', 'panic', 'self-harm', 'hopelessness', 'worry-for-someone'])(
    'never where somebody may be in danger: %s',
    async (feeling) => {
      await using town = await openTown();
      await keep(town, tea);
      let panel = await town.ben.runs('/reflect', { feeling });
      for (let turn = 0; turn < 3; turn++) {
        expect(panel).not.toShow(tea.say);
        expect(actionsOf(panel)).toContain('crisis:open');
        panel = await town.ben.presses(panel, 'reflect:another');
      }
    },
  );

  it('is shared just as it was read, or not at all', async () => {
    await using town = await openTown();
    await keep(town, { say: '**Tea** @everyone https://tea.example', families: ['loss'] });
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    const line = openersIn(panel).at(-1) ?? '';
    expect(line).not.toMatch(/@everyone|https:\/\//);
    const shared = await town.ben.presses(panel, 'reflect:share');
    expect(shared).toMatchObject({ mentions: [], mention_everyone: false });
    expect(shared).toShow(line);
    expect(partsOf(shared).some(({ content }) => content?.includes('\\*\\*Tea\\*\\*'))).toBe(true);

    const other = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    const [own] = await kept(town);
    await town.store.ownPrompts.edit(town.town.guild.id, own?.id ?? '', { say: 'Something else.', families: [] });
    const before = town.cleo.reads('#support').length;
    expect(await town.ben.presses(other, 'reflect:share')).toMatchObject({ ephemeral: true });
    expect(town.cleo.reads('#support').length).toBe(before);
  });
});

describe('what a community wrote', () => {
  const logged = async ({ store, town }: AttuneTown) => {
    const { settings, revision } = store.guilds.settings(town.guild.id);
    await store.guilds.save(town.guild.id, revision, { ...settings, log: { channel: town.channel('#general').id } });
  };
  const lines = (town: AttuneTown) => town.mo.reads('#general').map(shown).join('\n');

  it('is told in the log channel whenever it changes, and pings nobody', async () => {
    await using town = await openTown();
    await logged(town);
    const who = `<@${town.mo.id}>`;
    const saved = await add(town, tea);
    const words = `${tea.say} ${tea.ask}`;
    await expect.poll(() => lines(town)).toContain(say('logAdded', { who, words }));
    const dialog = await town.mo.presses(saved, 'prompts:edit');
    await town.mo.submits(dialog, { say: 'Still here.' });
    await expect.poll(() => lines(town)).toContain(say('logChanged', { who, from: words, to: 'Still here.' }));
    const [{ id = '' } = {}] = await kept(town);
    const sure = await town.mo.runs('/prompts remove', { prompt: id });
    await town.mo.presses(sure, 'prompts:removeNow');
    await expect.poll(() => lines(town)).toContain(say('logRemoved', { who, words: 'Still here.' }));
    for (const message of town.mo.reads('#general')) expect(message).toMatchObject({ mentions: [] });
  });

  it('is told there in the language of the server, whoever presses', async () => {
    await using town = await openTown({ data: germanData() });
    town.town.setLocale(town.town.guild, 'de');
    await logged(town);
    const who = `<@${town.mo.id}>`;
    expect(await add(town, { say: 'Still here.' })).toShow(say('saved'));
    await expect.poll(() => lines(town)).toContain(`${who} hat Worte hinzugefügt: Still here.`);
    const [{ id = '' } = {}] = await kept(town);
    await town.mo.submits(await town.mo.runs('/prompts edit', { prompt: id }), { say: 'I stay.' });
    await expect.poll(() => lines(town)).toContain(`${who} hat Worte geändert: Still here. → I stay.`);
    const sure = await town.mo.runs('/prompts remove', { prompt: 'stay' });
    await town.mo.presses(sure, 'prompts:removeNow');
    await expect.poll(() => lines(town)).toContain(`${who} hat Worte entfernt: I stay.`);
  });

  it('comes up in notes where it fits any feeling and is short, after ours', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    await keep(town, { say: 'The kettle is on.' });
    await keep(town, { say: 'Only for those who lost somebody.', families: ['loss'] });
    await keep(town, { say: `${'long '.repeat(40)}words.` });
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    await town.ben.repliesTo(post, 'you should see a therapist');
    let note: Answer = await town.ben.nextDm();
    let seen = shown(note);
    for (let press = 0; press < 12; press++) {
      note = await town.ben.presses(note, 'note:another');
      seen += shown(note);
    }
    expect(seen).toContain('> The kettle is on.');
    expect(seen).not.toMatch(/lost somebody|long long/);
  });
});
