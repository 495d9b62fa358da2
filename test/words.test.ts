import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DataError } from '#data';
import { clip, counted, filled, line, loadFile, loadFolder, prose } from '#words';

let data: string;
const put = (file: string, text: string) => {
  const path = join(data, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
};
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'words-'));
  put('en/x.yaml', 'hello: Hello\nby: Shared by {who}.\n');
});
afterEach(() => rmSync(data, { recursive: true }));

const schema = z.strictObject({ hello: line(10), by: filled(20, 'who') });
const load = () => loadFile(data, 'x.yaml', schema);

describe('words', () => {
  it('are read from data and filled in', () => {
    expect(load()().hello).toBe('Hello');
    expect(load()().by({ who: 'Ana' })).toBe('Shared by Ana.');
  });

  it('shorten what is filled in to the limit', () => {
    const said = load()().by({ who: 'a name that is much too long' });
    expect(said.length).toBeLessThanOrEqual(20);
    expect(said).toMatch(/^Shared by a name.*…\.$/);
  });

  it('follow the locale: exact, then its language, then English', () => {
    put('de/x.yaml', 'hello: Hallo\n');
    put('pt-BR/x.yaml', 'hello: Olá\n');
    const words = load();
    expect([
      words('de').hello,
      words('pt-BR').hello,
      words('en-GB').hello,
      words('fr').hello,
      words(null).hello,
    ]).toEqual(['Hallo', 'Olá', 'Hello', 'Hello', 'Hello']);
    expect(words('de').by({ who: 'Ana' })).toBe('Shared by Ana.');
    expect(words.languages).toEqual(['en', 'de', 'pt-BR']);
  });

  it('fall back to English where a translation lacks the file', () => {
    put('de/other.yaml', 'a: b');
    expect(load()('de').hello).toBe('Hello');
  });

  it.each([
    ['a missing entry', 'hello: Hello\n', /x\.yaml, by: /],
    ['an unknown entry', 'hello: Hello\nby: "{who}"\nbye: Bye\n', /x\.yaml, the whole: .*bye/],
    ['a text that is too long', 'hello: Hello, hello\nby: "{who}"\n', /x\.yaml, hello: /],
    ['an unknown placeholder', 'hello: Hello\nby: Von {wer}\n', /x\.yaml, by: .*\{who\}.*\n?.*\{wer\}/],
    ['a placeholder where none is taken', 'hello: Hi {a}\nby: "{who}"\n', /x\.yaml, hello: takes no/],
    ['two lines in one', 'hello: "a\\nb"\nby: "{who}"\n', /x\.yaml, hello: must be one line/],
    ['no YAML', 'hello: [', /x\.yaml: /],
    ['the same entry twice', 'hello: a\nhello: b\nby: "{who}"\n', /x\.yaml: .*unique/],
    ['an empty file', '', /x\.yaml, the whole: /],
  ])('stop the start and name file and entry for %s', (_, text, fault) => {
    put('en/x.yaml', text);
    expect(load).toThrow(DataError);
    expect(load).toThrow(fault);
  });

  it('stop the start for a broken translation, and name it', () => {
    put('de/x.yaml', 'by: Von {wer}\n');
    expect(load).toThrow(/de\/x\.yaml, by: /);
  });

  it('stop the start when the file is missing in English', () => {
    expect(() => loadFile(data, 'y.yaml', schema)).toThrow(/en\/y\.yaml: the file is missing/);
  });
});

describe('a folder of entries', () => {
  const entry = z.strictObject({ id: z.string(), name: line(20) });
  const folder = () => loadFolder(data, 'things', entry);
  beforeEach(() => {
    put('en/things/a.yaml', 'id: a\nname: Apple\n');
    put('en/things/b.yaml', 'id: b\nname: Bread\n');
  });

  it('is a map by id, with translations over it', () => {
    put('de/things/b.yaml', 'name: Brot\n');
    expect([...folder()('de').values()]).toEqual([
      { id: 'a', name: 'Apple' },
      { id: 'b', name: 'Brot' },
    ]);
  });

  it.each([
    ['en/things/c.yaml', 'id: d\nname: Dill', /things\/c\.yaml, id: must be "c"/],
    ['de/things/z.yaml', 'id: z\nname: Z', /de\/things\/z\.yaml: there is no such file in English/],
    ['en/things/notes.txt', 'x', /notes\.txt: only \.yaml/],
  ])('names %s', (file, text, fault) => {
    put(file, text);
    expect(folder).toThrow(fault);
  });
});

describe('what is filled in, where the whole would be too long', () => {
  const say = (text: string, max: number, values: Record<string, string>) => {
    put('en/x.yaml', `said: "${text}"\n`);
    return loadFile(data, 'x.yaml', z.strictObject({ said: filled(max, ...Object.keys(values)) }))().said(values);
  };
  const name = 'a server with a very long name';

  it.each([
    ['a command', '</setup:1234567890123456789>'],
    ['a subcommand', '</prompts add:1234567890123456789>'],
    ['a person', '<@1234567890123456789>'],
    ['a channel', '<#1234567890123456789>'],
    ['a time', '<t:1234567890:D>'],
    ['an address', 'https://discord.com/channels/1/2/3'],
  ])('%s is never cut: the other words give way', (_, mention) => {
    const max = mention.length + 30;
    const said = say('{what} opens it in {guild}.', max, { what: mention, guild: name });
    expect(said).toContain(mention);
    expect(said).toMatch(/opens it in a.*…\.$/);
    expect(said.length).toBeLessThanOrEqual(max);
    // It stays, even where it alone is too long.
    expect(say('{what}, see there.', 20, { what: mention })).toBe(`${mention}, see there.`);
    expect(say('{what} in {guild}', 20, { what: mention, guild: name })).toBe(`${mention} in …`);
  });

  it('of a list of mentions some are left out, and none is cut', () => {
    const channels = Array.from({ length: 9 }, (_, at) => `<#123456789012345678${at}>`);
    const said = say('I cannot see {channels}.', 100, { channels: channels.join(' ') });
    expect(said).toBe(`I cannot see ${channels.slice(0, 3).join(' ')}….`);
    expect(say('{channels} in {guild}', 100, { channels: channels.join(' '), guild: name })).toBe(
      `${channels.slice(0, 4).join(' ')}… in …`,
    );
  });

  it('a short value leaves its room to a long one', () => {
    expect(say('{who} in {guild}', 36, { who: 'Ana', guild: name })).toBe(`Ana in ${name.slice(0, 28)}…`);
    expect(say('{who} in {guild}', 37, { who: 'Ana', guild: name })).toBe(`Ana in ${name}`);
    expect(say('{guild} and {guild}', 25, { guild: name })).toBe('a server… and a server…');
  });

  it('what only looks like a mention is cut like any words', () => {
    expect(say('{who} is here', 16, { who: 'x <- y and more' })).toBe('x <- y… is here');
    expect(say('{who} is here', 16, { who: '<\u200b@1234567890>' }).length).toBeLessThanOrEqual(16);
  });
});

describe('clip', () => {
  it('leaves what fits and cuts between characters', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    expect(clip('a🌊🌊', 4)).toBe('a🌊…');
    expect(prose(5).safeParse('  ').success).toBe(false);
  });
});

it('the data that ships is copied and loaded from anywhere', () => {
  cpSync('data', join(data, 'copy'), { recursive: true });
  expect(() => loadFolder(join(data, 'copy'), 'prompts', z.looseObject({ id: z.string() }))).not.toThrow();
});

describe('a sentence that changes with a number', () => {
  const schema = z.strictObject({ notes: counted(40, 'who') });
  const load = () => loadFile(data, 'n.yaml', schema);

  it('takes the form that the language has for it', () => {
    put('en/n.yaml', 'notes: { one: "{who} got a note", other: "{who} got {n} notes" }\n');
    put('pl/n.yaml', 'notes: { one: "{who}: {n} list", few: "{who}: {n} listy", other: "{who}: {n} listów" }\n');
    const { notes } = load()();
    expect([0, 1, 2, 1_000].map((n) => notes({ n, who: 'Ben' }))).toEqual([
      'Ben got 0 notes',
      'Ben got a note',
      'Ben got 2 notes',
      'Ben got 1,000 notes',
    ]);
    const polish = load()('pl').notes;
    expect([1, 2, 5].map((n) => polish({ n, who: 'Ana' }))).toEqual(['Ana: 1 list', 'Ana: 2 listy', 'Ana: 5 listów']);
    // English words stay English, whatever was read in between.
    expect(load()().notes({ n: 2, who: 'Ben' })).toBe('Ben got 2 notes');
  });

  it.each([
    ['notes: { one: "{who}" }', /n\.yaml, notes\.other/],
    ['notes: { other: "{n} notes" }', /notes\.other: must contain \{who\}/],
    ['notes: { other: "{who} {wer}" }', /notes\.other: does not know \{wer\}; it takes \{who\}, \{n\}/],
    ['notes: { other: "{who}", lots: "{who}" }', /notes: .*lots/],
  ])('names what is wrong in %s', (text, fault) => {
    put('en/n.yaml', `${text}\n`);
    expect(load).toThrow(DataError);
    expect(load).toThrow(fault);
  });
});
