import { basename, join } from 'node:path';
import { z } from 'zod';
import { DataError, languages, named, readYaml, yamlFiles } from '#data';

/**
 * Every sentence that people read is data: data/<language>/…. A missing file or entry falls back to English; a broken
 * one stops the start and is named.
 */

/** Words in the language that fits a Discord locale best ("pt-BR", else "pt", else "en"). */
export type Spoken<T> = ((locale?: string | null) => T) & {
  /** Every language there is, English first. */
  languages: readonly string[];
};

const placeholders = (text: string) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
const noPlaceholder = (text: string) => placeholders(text).length === 0;
const written = (max: number) => z.string().trim().min(1, 'must not be empty').max(max);

/** Text of one paragraph or more, at most `max` characters, without placeholders. */
export const prose = (max: number) => written(max).refine(noPlaceholder, 'takes no {placeholder}');

/** One line of at most `max` characters, without placeholders. */
export const line = (max: number) => prose(max).refine((text) => !text.includes('\n'), 'must be one line');

/**
 * Text with placeholders: `filled(200, 'who')` reads "Shared by {who}." and gives a typed function `({ who }) => text`.
 * The text as written has at most `max` characters; what is filled in is shortened when the whole would be longer, but
 * for mentions.
 */
export function filled<const Name extends string>(max: number, ...names: Name[]) {
  return withPlaceholders(max, names).transform(
    (text) =>
      (values: Record<Name, string>): string =>
        fill(text, max, values),
  );
}

/**
 * A sentence that changes with a number: `counted(80)` reads `{ one: "{n} note", other: "{n} notes" }`, with the forms
 * that the language has (Intl.PluralRules: one, few, many, other …), and gives `({ n }) => text`. Further placeholders
 * are filled as in `filled`. The form "other" is always needed; "one" may leave {n} out.
 */
export function counted<const Name extends string = never>(max: number, ...names: Name[]) {
  const form = withPlaceholders(max, [...names, 'n'], names);
  const forms = z.strictObject({
    ...{ zero: form.optional(), one: form.optional(), two: form.optional(), few: form.optional() },
    ...{ many: form.optional(), other: form },
  });
  return forms.transform((said) => {
    const rules = new Intl.PluralRules(languageRead);
    const numbers = new Intl.NumberFormat(languageRead);
    return ({ n, ...values }: { n: number } & Record<Name, string>): string => {
      const text = said[rules.select(n)] ?? said.other;
      return fill(text, max, { ...(values as Record<string, string>), n: numbers.format(n) });
    };
  });
}

/** The language whose words are being checked: the rules of plurals are its own. */
let languageRead = 'en';

/** Text that may hold the `known` placeholders and must hold the `needed` ones. */
const withPlaceholders = (max: number, known: readonly string[], needed = known) =>
  written(max).superRefine((text, check) => {
    const found = new Set(placeholders(text));
    for (const name of needed) if (!found.has(name)) check.addIssue(`must contain {${name}}`);
    for (const name of found) {
      if (!known.includes(name))
        check.addIssue(`does not know {${name}}; it takes ${known.map((n) => `{${n}}`).join(', ')}`);
    }
  });

/**
 * Fills a text in. Where the whole would be longer than `max`, the longest values are shortened, those that hold a
 * mention last. A value that is one mention stays as it is, whatever the length.
 */
function fill(text: string, max: number, values: Readonly<Record<string, string>>): string {
  const given = placeholders(text).map((name) => values[name] ?? '');
  const room = max - text.replace(/\{[^{}]*\}/g, '').length;
  const [held = [], free = []] = [true, false].map((holds) => given.filter((value) => holdsMention(value) === holds));
  const most = {
    held: longest(held, room - free.length),
    free: longest(free, room - held.join('').length),
  };
  const filled = given.map((value) => {
    if (unitsOf(value).length === 1) return value;
    return clip(value, holdsMention(value) ? most.held : most.free);
  });
  return text.replace(/\{[^{}]*\}/g, () => filled.shift() ?? '');
}

/** How long a value may be at most, so that all of them have room. */
function longest(values: readonly string[], room: number): number {
  const lengths = values.map(({ length }) => length).sort((a, b) => a - b);
  let rest = room;
  for (const [at, length] of lengths.entries()) {
    const share = Math.floor(rest / (lengths.length - at));
    if (length > share) return Math.max(1, share);
    rest -= length;
  }
  return room;
}

/** What Discord makes something else of: `</setup:123>`, `<@1>`, `<#2>`, `<t:3:D>`, an address. Cut, it is rubbish. */
const mention = /<(?:[@#/]|t:|a?:)[^<>]*>|https?:\/\/\S+/u;
const unit = new RegExp(`${mention.source}|.`, 'gsu');
const holdsMention = (text: string) => mention.test(text);
const unitsOf = (text: string): readonly string[] => text.match(unit) ?? [];

/** At most `max` characters, an ellipsis where it was cut: between code points, and never inside a mention. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const one of unitsOf(text)) {
    if (kept.length + one.length > max - 1) break;
    kept += one;
  }
  return `${kept.trimEnd()}…`;
}

/** The words of one file in every language, e.g. `loadFile('data', 'commands/reflect.yaml', words)`. */
export function loadFile<S extends z.ZodType>(data: string, file: string, schema: S): Spoken<z.output<S>> {
  const english = readYaml(join(data, 'en', file));
  if (english === undefined) throw new DataError(`${named(data, 'en', file)}: the file is missing`);
  return spoken(data, (language) => {
    const own = language === 'en' ? english : readYaml(join(data, language, file));
    return own === undefined ? undefined : check(named(data, language, file), schema, over(english, own), language);
  });
}

/** What one file says for every language, e.g. `loadShared('data', 'crisis-lines.yaml', lines)`. */
export function loadShared<S extends z.ZodType>(data: string, file: string, schema: S): z.output<S> {
  const value = readYaml(join(data, file));
  if (value === undefined) throw new DataError(`${named(data, '', file)}: the file is missing`);
  return check(named(data, '', file), schema, value);
}

/** A folder of files with an id each, equal to the file's name, e.g. `loadFolder('data', 'prompts', prompt)`. */
export function loadFolder<S extends z.ZodType<{ id: string }>>(
  data: string,
  folder: string,
  schema: S,
): Spoken<ReadonlyMap<string, z.output<S>>> {
  const files = yamlFiles(join(data, 'en', folder));
  if (files.length === 0) throw new DataError(`${named(data, 'en', folder)}: no .yaml file there`);
  const loaded = files.map((file) => ({
    file,
    id: basename(file, '.yaml'),
    speak: loadFile(data, join(folder, file), schema),
  }));
  return spoken(data, (language) => {
    for (const file of yamlFiles(join(data, language, folder))) {
      if (!files.includes(file))
        throw new DataError(`${named(data, language, join(folder, file))}: there is no such file in English`);
    }
    return new Map(
      loaded.map(({ file, id, speak }) => {
        const entry = speak(language);
        if (entry.id !== id)
          throw new DataError(
            `${named(data, language, join(folder, file))}, id: must be "${id}", as the file is called`,
          );
        return [id, entry];
      }),
    );
  });
}

function spoken<T>(data: string, load: (language: string) => T | undefined): Spoken<T> {
  const all = languages(data);
  const english = load('en');
  if (english === undefined) throw new DataError(`${data}: nothing in English`);
  const byLanguage = new Map<string, T>([['en', english]]);
  for (const language of all.slice(1)) {
    const own = load(language);
    if (own !== undefined) byLanguage.set(language, own);
  }
  const speak = (locale?: string | null) =>
    byLanguage.get(locale ?? 'en') ?? byLanguage.get((locale ?? 'en').split('-')[0] ?? 'en') ?? english;
  return Object.assign(speak, { languages: all });
}

/** A translation over the English it translates: entries that it lacks stay English. Lists are taken whole. */
function over(english: unknown, own: unknown): unknown {
  if (!isRecord(english) || !isRecord(own)) return own ?? english;
  const keys = new Set([...Object.keys(english), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, over(english[key], own[key])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function check<S extends z.ZodType>(where: string, schema: S, value: unknown, language = 'en'): z.output<S> {
  languageRead = language;
  const read = schema.safeParse(value);
  languageRead = 'en';
  if (read.success) return read.data;
  throw new DataError(
    read.error.issues
      .map((issue) => `${where}, ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`)
      .join('\n'),
  );
}
