import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';
import { kept } from '#kept';
import { Mendable } from '#mendable';

/** The only reader of data/: one folder a language, named by its code ("en", "de", "pt-BR"), with YAML files in it. */

/** A fault in the data, named by file and entry, for the person who edits it. */
export class DataError extends Mendable {
  override name = 'DataError';
}

/** The languages below `data`, English first. */
export function languages(data: string): string[] {
  const found = readdirSync(data, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}(-([A-Z]{2}|\d{3}))?$/.test(entry.name))
    .map((entry) => entry.name);
  if (!found.includes('en')) throw new DataError(`${data}: the folder "en" is missing`);
  return ['en', ...found.filter((name) => name !== 'en').sort()];
}

/** How a file is named to people: from where they stand. */
export const named = (data: string, language: string, file: string) => relative('.', join(data, language, file));

/**
 * The names of the .yaml files in a folder, sorted; none when there is no such folder. A README.md may lie beside them.
 * @throws DataError that names a file of another kind.
 */
export function yamlFiles(folder: string): string[] {
  const names = unlessMissing(() => readdirSync(folder).sort()) ?? [];
  const stranger = names.find((name) => !name.endsWith('.yaml') && !name.startsWith('.') && name !== 'README.md');
  if (stranger) throw new DataError(`${relative('.', join(folder, stranger))}: only .yaml files belong here`);
  return names.filter((name) => name.endsWith('.yaml'));
}

/** What a file holds; undefined when there is no such file. @throws DataError when it is no YAML. */
export function readYaml(path: string): unknown {
  const text = unlessMissing(() => readFileSync(path, 'utf8'));
  if (text === undefined) return undefined;
  return kept(text, () => {
    const document = parseDocument(text);
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault) throw new DataError(`${relative('.', path)}: ${fault.message}`);
    return document.toJS();
  });
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
