import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';

/**
 * Every sentence that people read is data: data/<language>/…, one folder a language, named by its language code
 * ("en", "de", "pt-BR"). A missing file or entry falls back to English; a broken one stops the start and is named.
 */

/** A fault in the data, named by file and entry, for the person who edits it. */
export class WordsError extends Error {
  override name = 'WordsError';
}

/** Words in the language that fits a Discord locale best ("pt-BR", else "pt", else "en"). */
export type Spoken<T> = ((locale?: string | null) => T) & {
  /** Every language there is, English first. */
  languages: readonly string[];
};

const placeholders = (text: string) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
const noPlaceholder = (text: string) => placeholders(text).length === 0;

/** Text of one paragraph or more, at most `max` characters, without placeholders. */
export const prose = (max: number) =>
  z.string().trim().min(1, 'must not be empty').max(max).refine(noPlaceholder, 'takes no {placeholder}');

/** One line of at most `max` characters, without placeholders. */
export const line = (max: number) => prose(max).refine((text) => !text.includes('\n'), 'must be one line');

/**
 * Text with placeholders: `filled(200, 'who')` reads "Shared by {who}." and gives a typed function `({ who }) => text`.
 * The text as written has at most `max` characters; what is filled in is shortened when the whole would be longer.
 */
export function filled<const Name extends string>(max: number, ...names: Name[]) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .superRefine((text, check) => {
      const found = new Set(placeholders(text));
      for (const name of names) if (!found.has(name)) check.addIssue(`must contain {${name}}`);
      for (const name of found) {
        if (!names.includes(name as Name))
          check.addIssue(`does not know {${name}}; it takes ${names.map((n) => `{${n}}`).join(', ')}`);
      }
    })
    .transform((text) => (values: Record<Name, string>) => {
      const fixed = text.replace(/\{[^{}]*\}/g, '').length;
      const room = Math.max(1, Math.floor((max - fixed) / Math.max(1, placeholders(text).length)));
      return text.replace(/\{([^{}]*)\}/g, (_, name: Name) => clip(values[name], room));
    });
}

/** At most `max` characters, whole code points, an ellipsis where it was cut. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const char of text) {
    if (kept.length + char.length > max - 1) break;
    kept += char;
  }
  return `${kept.trimEnd()}…`;
}

/** The languages below `data`, English first. */
export function languages(data: string): string[] {
  const found = readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}(-([A-Z]{2}|\d{3}))?$/.test(entry.name))
    .map((entry) => entry.name);
  if (!found.includes('en')) throw new WordsError(`${data}: the folder "en" is missing`);
  return ['en', ...found.filter((name) => name !== 'en').sort()];
}

/** The words of one file in every language, e.g. `loadFile('data', 'commands/reflect.yaml', words)`. */
export function loadFile<S extends z.ZodType>(data: string, file: string, schema: S): Spoken<z.output<S>> {
  const english = readYaml(join(data, 'en', file));
  if (english === undefined) throw new WordsError(`${named(data, 'en', file)}: the file is missing`);
  return spoken(data, (language) => {
    const own = language === 'en' ? english : readYaml(join(data, language, file));
    return own === undefined ? undefined : check(named(data, language, file), schema, over(english, own));
  });
}

/** A folder of files with an id each, equal to the file's name, e.g. `loadFolder('data', 'prompts', prompt)`. */
export function loadFolder<S extends z.ZodType<{ id: string }>>(
  data: string,
  folder: string,
  schema: S,
): Spoken<ReadonlyMap<string, z.output<S>>> {
  const files = yamlFiles(join(data, 'en', folder));
  if (files.length === 0) throw new WordsError(`${named(data, 'en', folder)}: no .yaml file there`);
  const loaded = files.map((file) => ({
    file,
    id: basename(file, '.yaml'),
    speak: loadFile(data, join(folder, file), schema),
  }));
  return spoken(data, (language) => {
    for (const file of yamlFiles(join(data, language, folder))) {
      if (!files.includes(file))
        throw new WordsError(`${named(data, language, join(folder, file))}: there is no such file in English`);
    }
    return new Map(
      loaded.map(({ file, id, speak }) => {
        const entry = speak(language);
        if (entry.id !== id)
          throw new WordsError(
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
  if (english === undefined) throw new WordsError(`${data}: nothing in English`);
  const byLanguage = new Map<string, T>([['en', english]]);
  for (const language of all.slice(1)) {
    const own = load(language);
    if (own !== undefined) byLanguage.set(language, own);
  }
  const speak = (locale?: string | null) =>
    byLanguage.get(locale ?? 'en') ?? byLanguage.get((locale ?? 'en').split('-')[0] ?? 'en') ?? english;
  return Object.assign(speak, { languages: all });
}

const named = (data: string, language: string, file: string) => relative('.', join(data, language, file));

function yamlFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).sort();
    const stranger = names.find((name) => !name.endsWith('.yaml') && !name.startsWith('.'));
    if (stranger) throw new WordsError(`${relative('.', join(folder, stranger))}: only .yaml files belong here`);
    return names.filter((name) => name.endsWith('.yaml'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readYaml(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const document = parseDocument(text);
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) throw new WordsError(`${relative('.', path)}: ${fault.message}`);
  return document.toJS();
}

/** A translation over the English it translates: entries that it lacks stay English. Lists are taken whole. */
function over(english: unknown, own: unknown): unknown {
  if (!isRecord(english) || !isRecord(own)) return own ?? english;
  const keys = new Set([...Object.keys(english), ...Object.keys(own)]);
  return Object.fromEntries([...keys].map((key) => [key, over(english[key], own[key])]));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function check<S extends z.ZodType>(file: string, schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new WordsError(
    read.error.issues
      .map((issue) => `${file}, ${issue.path.map(String).join('.') || 'the whole'}: ${issue.message}`)
      .join('\n'),
  );
}
