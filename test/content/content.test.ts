import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deleteChannel } from '@attune/town/world/places';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { families, moves } from '#content/prompts';
import { plain } from '#content/spelling';
import { DataError } from '#data';
import { kinds } from '#detector/reading';
import { readReflectionWords } from '#reflection/words';
import { actionsOf, deny, plant, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { openTown, shippedData } from '../town.ts';

const content = loadContent(shippedData);
const checks = sentences('commands/setup/checks.yaml');
const filesOf = (folder: string) => readdirSync(join(shippedData, 'en', folder));
const fits = (message: Parameters<typeof sizeOf>[0], what: string) => {
  const { text, parts } = sizeOf(message);
  expect(text, what).toBeGreaterThan(0);
  expect(text, what).toBeLessThan(4000);
  expect(parts, what).toBeLessThanOrEqual(40);
};

/** Every sentence below a value, with the way to it. */
function everySentence(value: unknown, way = ''): [string, string][] {
  if (typeof value === 'string') return [[way, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => everySentence(part, `${way}/${key}`));
}
const spoken = [
  ...kinds.flatMap((kind) => everySentence(wordsOf(content.kinds(), kind), `kinds/${kind}`)),
  ...[...content.prompts().values()].flatMap((entry) => everySentence(entry, `prompts/${entry.id}`)),
  ...[...content.explanations().values()].flatMap((entry) => everySentence(entry, `explanations/${entry.id}`)),
].filter(([way]) => !/\/(sources|also)\//.test(way));

describe('the words that ship', () => {
  it('are all loaded', () => {
    expect([...content.prompts().keys()].map((id) => `${id}.yaml`)).toEqual(filesOf('prompts'));
    expect([...content.explanations().keys()].map((id) => `${id}.yaml`)).toEqual(filesOf('explanations'));
    expect([...content.kinds().keys()].map((id) => `${id}.yaml`)).toEqual(filesOf('kinds'));
    expect([...content.kinds().keys()].sort()).toEqual([...kinds].sort());
    expect(content.prompts().size).toBeGreaterThanOrEqual(60);
    expect(content.explanations().size).toBeGreaterThanOrEqual(38);
  });

  const all = [...content.prompts().values()];

  it('hold at least 240 prompts, and in every feeling three openers of different moves', () => {
    expect(all.flatMap(({ prompts }) => prompts).length).toBeGreaterThanOrEqual(240);
    for (const { id, prompts } of all) expect(new Set(prompts.map(({ move }) => move)).size, id).toBeGreaterThan(2);
    const used = new Set(all.flatMap(({ prompts }) => prompts.map(({ move }) => move)));
    expect([...used].sort()).toEqual([...moves].sort());
  });

  it('fill a list of choices before anything is typed, with something of every family', () => {
    const usual = all.filter(({ usual }) => usual);
    expect(usual).toHaveLength(25);
    expect(new Set(usual.map(({ family }) => family)).size).toBe(families.length);
    for (const family of families) expect(all.filter((one) => one.family === family).length).toBeGreaterThan(2);
  });

  it('have no gap that does not say in square brackets what goes in', () => {
    const unsaid = [...content.prompts().values()].flatMap(({ id, prompts }) =>
      prompts.flatMap(({ say, ask = '' }) => (/…|\[\]/.test(`${say} ${ask}`) ? [`${id}: ${say} ${ask}`] : [])),
    );
    const openers = [...content.kinds().values()].flatMap(({ openers }) => openers);
    const { general, beside } = readReflectionWords(shippedData).shapes;
    expect([...unsaid, ...[...openers, ...general, ...beside].filter((line) => line.includes('…'))]).toEqual([]);
  });

  it('are short: nothing to say has more than 15 words, but where somebody may be in danger', () => {
    const long = all.flatMap(({ id, prompts }) =>
      prompts.flatMap(({ say, first }) => (first || say.split(/\s+/).length <= 15 ? [] : [`${id}: ${say}`])),
    );
    expect(long).toEqual([]);
  });

  it('mark every question about danger, so that no press shows it to a channel', () => {
    const opened = loadContent(shippedData).search().opened.prompts;
    const plainly =
      /suicid|kill|your life|hurt(ing)? yourself|are you (and [^?]*)?safe|safe for you|in danger|dead\b|dying\b.*\?|bleeding/i;
    const unmarked = all
      .filter(({ id }) => !opened.has(id))
      .flatMap(({ id, prompts }) =>
        prompts.flatMap(({ say, ask = '', first, danger }) =>
          plainly.test(`${say} ${ask}`) && !first && !danger ? [`${id}: ${say} ${ask}`] : [],
        ),
      );
    expect(unmarked).toEqual([]);
    expect(all.filter(({ prompts }) => prompts.some(({ danger }) => danger)).length).toBeGreaterThan(0);
  });

  it('leave a note short enough to be seen whole on a phone', () => {
    for (const kind of kinds) {
      const { name, does, turns, openers } = wordsOf(content.kinds(), kind);
      expect(`${name}. ${does}`.length, kind).toBeLessThanOrEqual(75);
      for (const { from, to } of turns) {
        expect(from.length, from).toBeLessThanOrEqual(26);
        expect(to.length, to).toBeLessThanOrEqual(50);
      }
      for (const opener of openers) expect(opener.length, opener).toBeLessThanOrEqual(52);
    }
  });

  it('begin no two kinds alike', () => {
    const begins = kinds.map((kind) => wordsOf(content.kinds(), kind).does.split(' ').slice(0, 2).join(' '));
    expect(new Set(begins).size).toBe(begins.length);
  });

  it('are found: no two feelings, and no two topics, by the same words', () => {
    for (const entries of [content.prompts(), content.explanations()]) {
      const owner = new Map<string, string>();
      for (const { id, name, also } of entries.values())
        for (const one of [name, ...also].map(plain)) {
          expect(owner.get(one) ?? id, one).toBe(id);
          owner.set(one, id);
        }
    }
  });

  it('ping nobody', () => {
    const pings = spoken.filter(([, text]) => /@everyone|@here|<@|<#|<t:/.test(text));
    expect(pings).toEqual([]);
  });

  it('do not shout: no exclamation mark in what we say; in an explanation only where somebody is quoted', () => {
    const shouts = spoken.filter(([way, text]) => {
      const own = way.startsWith('explanations') ? text.replace(/^>.*$/gm, '') : text;
      return own.includes('!');
    });
    expect(shouts).toEqual([]);
  });

  it('have no two entries that are found by the same name', () => {
    for (const entries of [content.prompts(), content.explanations()]) {
      const names = [...entries.values()].map(({ name }) => name.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('repeat no opener, no turn and no prompt', () => {
    const words = kinds.map((kind) => wordsOf(content.kinds(), kind));
    const offered = words.flatMap(({ openers, turns }) => [...openers, ...turns.map(({ to }) => to)]);
    expect(new Set(offered).size).toBe(offered.length);
    const shown = words.flatMap(({ turns }) => turns.map(({ from }) => from));
    expect(new Set(shown).size).toBe(shown.length);
    const says = [...content.prompts().values()].flatMap(({ prompts }) => prompts.map(({ say }) => say));
    expect(new Set(says).size).toBe(says.length);
  });

  it('lead on to what exists, and to nothing twice', () => {
    const topics = content.explanations();
    for (const kind of kinds) expect(topics.has(wordsOf(content.kinds(), kind).topic)).toBe(true);
    for (const { id, related } of topics.values()) {
      expect(related).not.toContain(id);
      expect(new Set(related).size).toBe(related.length);
      for (const other of related) expect(topics.has(other)).toBe(true);
    }
  });

  it('leave no explanation that nothing leads to', () => {
    const reached = new Set([
      ...[...content.explanations().values()].flatMap(({ related }) => related),
      ...kinds.map((kind) => wordsOf(content.kinds(), kind).topic),
    ]);
    expect([...content.explanations().keys()].filter((id) => id !== 'feeling-felt' && !reached.has(id))).toEqual([]);
  });
});

/** The town refuses what Discord would; here it is seen that all of it is drawn, and how near to the limits. */
describe('drawn in Discord', () => {
  it('every prompt fits', async () => {
    await using town = await openTown();
    for (const { id, prompts } of content.prompts().values()) {
      let panel = await town.ben.runs('/reflect', { feeling: id });
      for (let turn = 0; turn < prompts.length; turn++) {
        fits(panel, id);
        if (prompts.length - turn === 1) break;
        panel = await town.ben.presses(panel, 'reflect:another');
      }
      // What is about danger cannot be shared.
      if (actionsOf(panel).includes('reflect:share')) fits(await town.ben.presses(panel, 'reflect:share'), id);
    }
  });

  it('every explanation fits, short, in full and shared', async () => {
    await using town = await openTown();
    for (const { id } of content.explanations().values()) {
      const panel = await town.ben.runs('/explain', { topic: id });
      fits(panel, id);
      const long = await town.ben.presses(panel, 'explain:show');
      fits(long, id);
      // What is about danger cannot be shared.
      if (actionsOf(long).includes('explain:share')) fits(await town.ben.presses(long, 'explain:share'), id);
    }
  });

  it('"Why this?" of every kind fits', async () => {
    await using town = await openTown();
    const customIds = kinds.map((kind) => `note:why:${town.town.guild.id}:${kind}`);
    const planted = await plant(town.town, town.town.channel('#general'), customIds);
    for (const id of customIds) fits(await town.ben.presses(planted, id), id);
  });

  it('/setup fits with everything that can be counted and everything that can be wrong', async () => {
    await using town = await openTown({
      before: ({ grants, guild }) => {
        grants.messageContent = false;
        guild.name = '*_~<@&>'.repeat(12);
      },
    });
    const { guild } = town.town;
    const made = Array.from({ length: 25 }, (_, at) => town.town.addChannel(guild, { name: `circle-${at}` }));
    let panel = await town.mo.runs('/setup');
    panel = await town.mo.selects(
      panel,
      'setup:channels',
      made.map(({ name }) => `#${name}`),
    );
    await town.mo.presses(panel, 'setup:mode:observe');
    for (const channel of made.slice(0, 12)) deny(town.town, channel, 1n << 10n);
    for (const channel of made.slice(12, 20)) deny(town.town, channel, (1n << 10n) | (1n << 16n));
    for (const channel of made.slice(20)) deleteChannel(town.town.world, channel);
    const full = await town.mo.runs('/setup');
    for (const fault of ['gone', 'noView', 'noHistory', 'cannotRead'])
      expect(full).toShow(checks(`found.${fault}.title`));
    fits(full, 'setup');
    const page = await town.mo.presses(full, 'setup:page:checks');
    for (const fault of ['gone', 'noView', 'noHistory'])
      for (const part of checks(`found.${fault}.what`, { channels: '|' }).split('|')) expect(page).toShow(part);
    fits(page, 'setup checks');
  });

  it('/nudges fits in every state', async () => {
    await using town = await openTown({
      support: '#support',
      mode: 'observe',
      before: ({ guild }) => {
        guild.name = '*_~<@&>'.repeat(12);
      },
    });
    let panel = await town.ben.runs('/nudges');
    fits(panel, 'off');
    town.ben.closesDms();
    panel = await town.ben.presses(panel, 'nudges:on');
    fits(panel, 'closed');
    panel = await town.ben.presses(panel, 'nudges:snooze');
    fits(await town.ben.presses(panel, 'nudges:posts:out'), 'snoozed');
  });
});

describe('broken words', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'attune-words-'));
    cpSync(shippedData, data, { recursive: true });
  });
  afterEach(() => rmSync(data, { recursive: true }));
  const change = (file: string, how: (text: string) => string) => {
    const path = join(data, 'en', file);
    writeFileSync(path, how(readFileSync(path, 'utf8')));
  };

  it.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a kind with a wrong id',
      'kinds/advice.yaml',
      (t) => t.replace('id: advice', 'id: tips'),
      /kinds\/advice\.yaml, id/,
    ],
    ['a kind without a name', 'kinds/advice.yaml', (t) => t.replace(/^name:.*\n/m, ''), /kinds\/advice\.yaml, name/],
    [
      'a topic that is not there',
      'kinds/advice.yaml',
      (t) => t.replace('topic: advice', 'topic: tips'),
      /kinds\/advice\.yaml, topic.*"tips"/,
    ],
    [
      'a link that is none',
      'kinds/advice.yaml',
      (t) => t.replace('https://doi.org/10.1111/j.1468-2958.2004.tb00724.x', 'http://x'),
      /kinds\/advice\.yaml, sources\.\d\.link/,
    ],
    [
      'a related topic that is not there',
      'explanations/advice.yaml',
      (t) => t.replace(/^related:.*$/m, 'related: [nothing]'),
      /explanations\/advice\.yaml, related.*"nothing"/,
    ],
    [
      'a related topic twice',
      'explanations/advice.yaml',
      (t) => t.replace(/^related:.*$/m, 'related: [presence, presence]'),
      /explanations\/advice\.yaml, related/,
    ],
    [
      'a short form that is too long',
      'explanations/advice.yaml',
      (t) => t.replace(/^short: .*/m, `short: |-\n  ${'x'.repeat(900)}`),
      /explanations\/advice\.yaml, short/,
    ],
    [
      'a prompt without words to say',
      'prompts/grief.yaml',
      (t) => t.replace(/^ {4}say:.*\n/m, ''),
      /prompts\/grief\.yaml, prompts\.0\.say/,
    ],
    [
      'an entry that nobody knows',
      'prompts/grief.yaml',
      (t) => `${t}\nmood: dark\n`,
      /prompts\/grief\.yaml, the whole: .*mood/,
    ],
    [
      'a family that nobody knows',
      'prompts/grief.yaml',
      (t) => t.replace('family: loss', 'family: tears'),
      /prompts\/grief\.yaml, family/,
    ],
    [
      'danger that opens nothing',
      'search.yaml',
      (t) => t.replace('prompts: hopelessness', 'prompts: nothing'),
      /search\.yaml, danger\.self: there is no "nothing" in prompts/,
    ],
    ['danger without words', 'search.yaml', (t) => t.replace(/^noDanger:/m, 'nothingElse:'), /search\.yaml, noDanger/],
    ['YAML that is none', 'prompts/grief.yaml', (t) => `${t}\n  - [`, /prompts\/grief\.yaml: /],
    [
      'more sources than a message holds with the text',
      'explanations/advice.yaml',
      (t) => {
        const source = `  - { title: "${'x'.repeat(190)}", by: "${'y'.repeat(190)}", link: "https://z.org/${'z'.repeat(180)}" }\n`;
        return t.replace('sources:\n', `sources:\n${source.repeat(2)}`);
      },
      /explanations\/advice\.yaml, sources: is with its text/,
    ],
  ])('stop the start and name file and entry: %s', (_, file, how, fault) => {
    change(file, how);
    expect(() => loadContent(data)).toThrow(DataError);
    expect(() => loadContent(data)).toThrow(fault);
  });

  it.each([
    ['kinds/advice.yaml', /kinds\/advice\.yaml: the file is missing/],
    ['prompts/any.yaml', /prompts\/any\.yaml: the file is missing/],
    ['explanations/feeling-felt.yaml', /explanations\/feeling-felt\.yaml: the file is missing/],
  ])('stop the start when %s is missing', (file, fault) => {
    rmSync(join(data, 'en', file));
    expect(() => loadContent(data)).toThrow(fault);
  });

  it('a new prompt needs nothing but its file', () => {
    cpSync(join(data, 'en/prompts/grief.yaml'), join(data, 'en/prompts/envy.yaml'));
    change('prompts/envy.yaml', (text) => text.replace('id: grief', 'id: envy').replace(/^name: .*/m, 'name: Envy'));
    expect(loadContent(data).prompts().get('envy')?.name).toBe('Envy');
  });
});
