/** The detector's door: opens it on a language's signs, data/<language>/signs/. */
import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readYaml, yamlFiles } from '#data';
import { readBy } from '#detector/rules/read';
import { compileSigns, type Signs, SignsError } from '#detector/rules/signs';
import type { Detector } from './reading.ts';

const shipped = fileURLToPath(new URL('../../data', import.meta.url));

/** The parsed files by name without ending. @throws DataError naming the file that cannot be parsed. */
export function readSignFiles(data = shipped, language = 'en'): Record<string, unknown> {
  const folder = join(data, language, 'signs');
  return Object.fromEntries(yamlFiles(folder).map((file) => [basename(file, '.yaml'), readYaml(join(folder, file))]));
}

/** @throws SignsError naming file and entry of every fault. */
export function loadSigns(data = shipped, language = 'en'): Signs {
  return compile(readSignFiles(data, language), `${data}/${language}/signs`);
}

function compile(files: Record<string, unknown>, where: string): Signs {
  try {
    return compileSigns(files);
  } catch (error) {
    throw new SignsError(`${where}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws SignsError or DataError naming file and entry. */
export async function openDetector(data = shipped, language = 'en'): Promise<Detector> {
  const files = readSignFiles(data, language);
  const { screen, read } = readBy(compile(files, `${data}/${language}/signs`));
  return {
    version: `signs-${createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8)}`,
    screen: async (reply) => screen(reply),
    read: async (reply, post) => read(reply, post),
  };
}
