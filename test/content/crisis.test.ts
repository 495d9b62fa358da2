import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { countriesIn, findingCountry, happenings } from '#content/crisis';
import { openEntry, suggest } from '#content/find';
import { DataError } from '#data';
import { shippedData } from '../sentences.ts';

const { lines, words } = loadContent(shippedData).crisis;
const countries = Object.entries(lines.countries);
const all = countries.flatMap(([, country]) => country.lines);

/** Every sentence below a value. */
const sentencesIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(Object(value) as object).flatMap(sentencesIn);

describe('the lines', () => {
  it('are there for thirty countries or more, each confirmed by a page', () => {
    expect(countries.length).toBeGreaterThanOrEqual(30);
    for (const { id, ways, seen } of all) {
      expect(ways.length, id).toBeGreaterThan(0);
      expect(seen.length, id).toBeGreaterThan(0);
    }
  });

  it('can be reached at night in every country but those that we know of', () => {
    const atNight = (country: (typeof countries)[number][1]) =>
      country.lines.some(({ ways }) => ways.some((way) => way.how !== 'email' && way.hours === 'always'));
    expect(countries.filter(([, country]) => !atNight(country)).map(([code]) => code)).toEqual(['IT', 'MY']);
  });

  it('can be written to in several countries, for who cannot speak', () => {
    const written = countries.filter(([, { lines }]) =>
      lines.some(({ ways }) => ways.some(({ how }) => how === 'text' || how === 'chat' || how === 'whatsapp')),
    );
    expect(written.length).toBeGreaterThanOrEqual(12);
  });

  it('use every sentence about what happens', () => {
    expect([...new Set(all.flatMap(({ happens }) => happens))].sort()).toEqual([...happenings].sort());
  });

  it('end with lists for the whole world', () => {
    expect(lines.directories.map(({ at }) => at)).toEqual(['https://findahelpline.com', 'https://www.befrienders.org']);
  });
});

describe('a country', () => {
  it.each([
    ['uk', 'GB'],
    ['England', 'GB'],
    ['usa', 'US'],
    ['us', 'US'],
    ['Deutschland', 'DE'],
    ['brasil', 'BR'],
    ['espana', 'ES'],
    ['suisse', 'CH'],
    ['österreich', 'AT'],
    ['holland', 'NL'],
    ['日本', 'JP'],
    ['Україна', 'UA'],
    ['hong kong', 'HK'],
    ['i live in new zealand', 'NZ'],
    ['za', 'ZA'],
    ['korea', 'KR'],
    ['South Korea', 'KR'],
    ['Northern Ireland', 'GB'],
    ['i live in georgia, usa', 'US'],
  ])('is found by "%s"', (typed, code) => {
    expect(openEntry(countriesIn(lines), typed, findingCountry(lines))?.id).toBe(code);
  });

  it.each([
    '',
    'atlantis',
    'denmark',
    '988',
    'europe',
    'faroe islands',
    'indian',
    'north korea',
    'North Korea please',
    'i want to die',
  ])('is not found by "%s", and none is made up', (typed) => {
    expect(openEntry(countriesIn(lines), typed, findingCountry(lines))).toBeUndefined();
    expect(suggest(countriesIn(lines), typed, findingCountry(lines)).length).toBe(typed === '' ? 25 : 0);
  });

  it('is offered by its name in the language of who asks, and found by the English one, too', () => {
    const german = countriesIn(lines, 'de');
    expect(suggest(german, 'österr', {}, 'de')).toEqual([{ name: 'Österreich', value: 'AT' }]);
    expect(openEntry(german, 'germany')?.name).toBe('Deutschland');
    expect(openEntry(countriesIn(lines, 'pt-BR'), 'brazil')?.name).toBe('Brasil');
  });
});

describe('the words', () => {
  const english = words();
  const somebody = Object.values({ ...english.somebody, rather: [] }).flat();

  it('ask plainly', () => {
    for (const asked of english.somebody.ask.slice(0, 2)) expect(asked).toMatch(/(killing yourself|suicide)\?/);
  });

  it('say that one is not responsible, may tell a moderator, and may stop', () => {
    const [, , ...rest] = english.somebody.before;
    expect(rest).toEqual([]);
    expect(english.somebody.before.join(' ')).toMatch(/not responsible.*moderator.*stop/);
  });

  it('name one adult for who is young, on both sides', () => {
    expect(english.somebody.whenYoung.join(' ')).toMatch(/one adult/);
    expect(english.oneself.whenYoung.join(' ')).toMatch(/one adult/);
  });

  it('hold no number, no method, no promise, no shout and no guilt in what is offered', () => {
    const said = sentencesIn({ ...english.oneself, somebody, questions: english.questions });
    expect(said.length).toBeGreaterThan(40);
    for (const sentence of said) {
      expect(sentence).not.toMatch(/\d{3}/);
      expect(sentence).not.toMatch(/pills?\b|rope|knife|blade|razor|bridge|overdos|hang(ing)?\b(?! up)|gun\b/i);
      expect(sentence).not.toMatch(/promise|always be here|think of your|so much to live for|selfish|!/i);
    }
  });

  it('are honest about the police, about writing, and about names: it differs', () => {
    const answer = (about: RegExp) => english.questions.find(({ ask }) => about.test(ask))?.answer;
    expect(answer(/police/)).toMatch(/^It differs\..*without your yes/);
    expect(answer(/write/)).toMatch(/some lines/);
    expect(answer(/anonymous/)).toMatch(/^Often\./);
  });

  it('fill in numbers and addresses', () => {
    const { how, seenAt, span } = english.lines;
    expect(how.textWord({ word: 'TALK', at: '50808' })).toBe('Text TALK to 50808');
    for (const { ways, seen } of all) {
      for (const way of ways) expect(how[way.how]({ at: way.at })).toContain(way.at);
      for (const { link } of seen) expect(seenAt({ where: new URL(link).host })).toContain(new URL(link).host);
    }
    expect(span({ days: 'Friday', from: '09:00', to: '13:00' })).toContain('09:00');
  });
});

describe('a broken line stops the start and is named', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'attune-crisis-'));
    cpSync(shippedData, data, { recursive: true });
  });
  afterEach(() => rmSync(data, { recursive: true }));

  it.each<[string, string, string | RegExp, string, RegExp]>([
    [
      'a country that is none',
      'crisis-lines.yaml',
      '\n  AU:',
      '\n  XX:',
      /crisis-lines\.yaml, countries\.XX: must be a code/,
    ],
    [
      'a country by another code',
      'crisis-lines.yaml',
      '\n  GB:',
      '\n  UK:',
      /crisis-lines\.yaml, countries\.UK: must be a code/,
    ],
    [
      'a number with letters',
      'crisis-lines.yaml',
      'at: 13 11 14',
      'at: 13 LIFE',
      /countries\.AU\.lines\.0\.ways\.0\.at/,
    ],
    [
      'a page that is not safe',
      'crisis-lines.yaml',
      'https://lifeinmind',
      'http://lifeinmind',
      /AU\.lines\.0\.seen\.1\.link/,
    ],
    ['no page', 'crisis-lines.yaml', /(1737-nz[\s\S]*?)seen: \[.*\]/, '$1seen: []', /countries\.NZ\.lines\.0\.seen/],
    [
      'a language that is none',
      'crisis-lines.yaml',
      'languages: [hu]',
      'languages: [xx]',
      /countries\.HU\.lines\.0\.lang/,
    ],
    ['an id twice', 'crisis-lines.yaml', 'id: 4141-cl', 'id: 024-es', /crisis-lines\.yaml, the whole: the id "024-es"/],
    ['what nobody can say', 'crisis-lines.yaml', '[volunteers, show-number]', '[magic]', /IS\.lines\.0\.happens\.0/],
    ['an hour that is none', 'crisis-lines.yaml', 'from: "14:00"', 'from: "25:00"', /PL\.lines\.1\.ways\.0\.hours/],
    ['words that are missing', 'en/crisis.yaml', /^ {4}may-alert:.*\n/m, '', /crisis\.yaml, lines\.happens\.may-alert/],
    ['no number to fill in', 'en/crisis.yaml', 'Call {at}', 'Call', /crisis\.yaml, lines\.how\.call: must contain/],
  ])('%s', (_, file, from, to, fault) => {
    const path = join(data, file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(from, to));
    expect(readFileSync(path, 'utf8')).not.toBe(text);
    expect(() => loadContent(data)).toThrow(DataError);
    expect(() => loadContent(data)).toThrow(fault);
  });

  it.each(['crisis-lines.yaml', 'en/crisis.yaml', 'en/missed.yaml'])('without %s', (file) => {
    rmSync(join(data, file));
    expect(() => loadContent(data)).toThrow(new RegExp(`${file}: the file is missing`));
  });
});
