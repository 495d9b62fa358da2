import type { Answer } from '@attune/town';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { countriesIn } from '#content/crisis';
import { actionsOf, partsOf, plant, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { openTown, shippedData, shown } from '../town.ts';

const { crisis } = loadContent(shippedData);
const words = crisis.words();
const say = sentences('commands/crisis.yaml');
const countries = countriesIn(crisis.lines);
const world = crisis.lines.directories.map(({ at }) => at);

const choosersOf = (panel: Answer) =>
  partsOf(panel).filter(({ custom_id }) => String(custom_id).startsWith('crisis:choose'));
const at = (panel: Answer, text: string) => {
  expect(panel).toShow(text);
  return shown(panel).indexOf(text);
};

describe('/crisis', () => {
  it('begins with the emergency number, plain words, and that it is not theirs to carry', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/crisis', {}, { in: '#support' });
    expect(panel).toMatchObject({ ephemeral: true });
    const order = [say('emergency'), words.oneself.first[0] ?? '', words.somebody.ask[0] ?? ''];
    const places = [...order, words.somebody.before[1] ?? '', ...world].map((text) => at(panel, text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('guesses no country: it offers all of them, in lists that hold 25', async () => {
    await using town = await openTown();
    town.ben.locale = 'en-GB';
    const panel = await town.ben.runs('/crisis');
    const offered = choosersOf(panel).flatMap(({ options }) => options as { value: string }[]);
    expect(offered.map(({ value }) => value).sort()).toEqual([...countries.keys()].sort());
    expect(panel).not.toShow(/\d{3}/);
    const gb = await town.ben.selects(panel, 'crisis:choose:anybody:1', ['GB']);
    expect(gb).toShow('116 123');
    expect(choosersOf(await town.ben.presses(gb, 'crisis:show:anybody'))).toHaveLength(2);
  });

  it('shows every country: numbers, hours, language, what happens, and the page that says so', async () => {
    await using town = await openTown();
    for (const [code, { name }] of countries) {
      const panel = await town.ben.runs('/crisis', { country: code });
      expect(panel).toShow(say('linesIn', { country: name }));
      for (const line of crisis.lines.countries[code]?.lines ?? []) {
        expect(panel).toShow(line.name);
        for (const way of line.ways) expect(panel).toShow(way.at);
        for (const { link } of line.seen) expect(panel).toShow(`(<${link}>)`);
        for (const what of line.happens) expect(panel).toShow(words.lines.happens[what]);
        if (line.anonymous) expect(panel).toShow(words.lines.anonymous);
      }
      expect(at(panel, world[0] ?? '')).toBeGreaterThan(at(panel, say('linesIn', { country: name })));
    }
  });

  it('says when, in their days and their time', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/crisis', { country: 'finland' });
    expect(panel).toShow('Fri, 09:00 to 13:00 in their time · in English');
    expect(panel).toShow(words.lines.always);
  });

  it.each(['north korea', 'atlantis', 'i want to die'])(
    'makes up nothing for %j, and leads to the lists of the world',
    async (country) => {
      await using town = await openTown();
      const panel = await town.ben.runs('/crisis', { country });
      expect(at(panel, words.lines.none)).toBeLessThan(at(panel, world[0] ?? ''));
      expect(panel).not.toShow(/\d{3}/);
      expect(panel).not.toShow(country);
      expect(await town.ben.completes('/crisis', { country })).toEqual([]);
    },
  );

  it('offers countries while one types', async () => {
    await using town = await openTown();
    expect(await town.ben.completes('/crisis', { country: 'engl' })).toEqual([{ name: 'United Kingdom', value: 'GB' }]);
    town.ben.locale = 'de';
    expect(await town.ben.completes('/crisis', { country: 'österr' })).toEqual([{ name: 'Österreich', value: 'AT' }]);
  });
});

describe('for whom', () => {
  it('somebody else: what to ask, and what to say to each answer', async () => {
    await using town = await openTown();
    let panel = await town.ben.presses(await town.ben.runs('/crisis', { country: 'GB' }), 'crisis:show:somebody');
    for (const sentence of [...words.somebody.ask, ...words.somebody.before]) expect(panel).toShow(sentence);
    expect(panel).toShow('116 123');
    for (const part of ['whenYes', 'whenSilent', 'whenYoung', 'whenSomebodyHurtsThem'] as const) {
      panel = await town.ben.selects(panel, 'crisis:what', [part]);
      for (const sentence of words.somebody[part]) expect(panel).toShow(sentence);
    }
    panel = await town.ben.selects(panel, 'crisis:what', ['rather']);
    for (const { not, why } of words.somebody.rather) expect(panel).toShow(`*${not}* ${why}`);
    const back = await town.ben.presses(panel, 'crisis:show');
    expect(back).toShow(words.somebody.ask[1] ?? '');
    expect(back).toShow('116 123');
  });

  it('oneself: what to do now, what one can write, and who else', async () => {
    await using town = await openTown();
    let panel = await town.ana.presses(await town.ana.runs('/crisis'), 'crisis:show:oneself');
    for (const sentence of [...words.oneself.first, ...words.oneself.say]) expect(panel).toShow(sentence);
    expect(panel).not.toShow(words.somebody.ask[0] ?? '');
    const further = { tonight: 'tonight', young: 'whenYoung', hurt: 'whenSomebodyHurtsYou' } as const;
    for (const [part, key] of Object.entries(further) as [keyof typeof further, 'tonight'][]) {
      panel = await town.ana.selects(panel, 'crisis:what', [part]);
      for (const sentence of words.oneself[key]) expect(panel).toShow(sentence);
    }
  });

  it('what it is like to contact a line: police, writing, names', async () => {
    await using town = await openTown();
    for (const who of ['somebody', 'oneself']) {
      const panel = await town.ben.presses(await town.ben.runs('/crisis'), `crisis:show:${who}`);
      const told = await town.ben.selects(panel, 'crisis:what', ['questions']);
      for (const { ask, answer } of words.questions) expect(told).toShow(`**${ask}**\n${answer}`);
    }
  });

  it('works after a restart', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/crisis', { country: 'NZ' });
    await town.restart();
    expect(await town.ben.presses(panel, 'crisis:show:oneself')).toShow('1737');
  });
});

describe("a community's own lines", () => {
  const lines = [
    { name: 'Night *watch* <@1>', how: 'Write to Mo, or see https://example.org/night_watch', note: '@everyone may' },
    { name: 'Second', how: 'Ring the bell' },
  ];

  it('come before every other, as text that pings nobody, with an address that can be pressed', async () => {
    await using town = await openTown();
    expect(await town.ben.runs('/crisis')).not.toShow(say('own'));
    await town.store.guilds.save(town.town.guild.id, 0, { crisis: { lines } });
    const panel = await town.ben.runs('/crisis', { country: 'GB' });
    expect(at(panel, say('own'))).toBeLessThan(at(panel, 'Samaritans'));
    expect(panel).toShow('<https://example.org/night_watch>');
    expect(panel).toShow('Ring the bell');
    for (const raw of ['<@1>', '@everyone', '**Night *watch']) expect(JSON.stringify(panel)).not.toContain(raw);
    expect(await town.ben.runs('/crisis', {}, { in: 'dm' })).not.toShow(say('own'));
  });

  it('fit beside every country, at their longest', async () => {
    await using town = await openTown();
    const line = (at: number) => ({ name: `${at}`.padEnd(60, '*'), how: '*'.repeat(120), note: '*'.repeat(120) });
    await town.store.guilds.save(town.town.guild.id, 0, { crisis: { lines: [1, 2, 3, 4].map(line) } });
    for (const code of countries.keys()) {
      const panel = await town.ben.runs('/crisis', { country: code });
      for (const who of ['somebody', 'oneself'])
        expect(sizeOf(await town.ben.presses(panel, `crisis:show:${who}`)).text, code).toBeLessThanOrEqual(4_000);
    }
  });
});

describe('nothing about danger is shared', () => {
  it('by no button of it', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/crisis', {}, { in: '#support' });
    const pages = [panel, await town.ben.presses(panel, 'crisis:show:somebody')];
    for (const page of pages) expect(actionsOf(page).filter((id) => /share/.test(id))).toEqual([]);
  });

  it('a button elsewhere opens it for whoever pressed, and leaves that panel as it is', async () => {
    await using town = await openTown();
    const other = await plant(town.town, town.town.channel('#support'), ['crisis:open']);
    const panel = await town.cleo.presses(other, 'crisis:open');
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(say('heading'));
    expect(town.ben.reads('#support').at(-1)).toMatchObject({ content: 'an old panel' });
  });
});

describe('as a personal app', () => {
  it.each(['Elsewhere#lobby', '@ana', 'dm'])('opens in %s', async (place) => {
    await using town = await openTown();
    town.town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
    town.ben.addsApp();
    const panel = await town.ben.runs('/crisis', { country: 'us' }, { in: place });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow('988');
    expect(await town.ben.presses(panel, 'crisis:show:oneself')).toShow(words.oneself.say[0] ?? '');
  });
});
