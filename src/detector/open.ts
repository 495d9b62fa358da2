/** Reads a language's signs from data/<language>/signs/. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { compileSigns, type Signs, SignsError } from '#detector/rules/signs';

const dataFolder = fileURLToPath(new URL('../../data', import.meta.url));

/** The parsed files by name without ending. @throws SignsError naming the file that cannot be parsed. */
export function readSignFiles(language = 'en', folder = dataFolder): Record<string, unknown> {
  const signs = `${folder}/${language}/signs`;
  const names = readdirSync(signs).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(
    names.sort().map((name) => {
      try {
        return [name.replace(/\.yaml$/, ''), parse(readFileSync(`${signs}/${name}`, 'utf8')) as unknown];
      } catch (error) {
        throw new SignsError(`${signs}/${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}

/** @throws SignsError naming file and entry of every fault. */
export function loadSigns(language = 'en', folder = dataFolder): Signs {
  const files = readSignFiles(language, folder);
  try {
    return compileSigns(files);
  } catch (error) {
    throw new SignsError(`${folder}/${language}/signs: ${error instanceof Error ? error.message : String(error)}`);
  }
}
