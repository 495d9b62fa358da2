import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataError } from '#data';
import type { Unit, UnitFile } from '#panels/unit';

/**
 * Loads every unit of a folder with its words: `<id>.ts`, or `<id>/command.ts` where there is more than a view. A file
 * that is no unit stops the start and is named: nothing is skipped in silence.
 */
export async function loadUnits(folder: string, data: string): Promise<Unit[]> {
  const files = readdirSync(folder, { withFileTypes: true })
    .map((entry) => (entry.isDirectory() ? `${entry.name}/command.ts` : entry.name))
    .filter((file) => file.endsWith('.ts'))
    .sort();
  return Promise.all(files.map((file) => loadUnit(folder, file, data)));
}

async function loadUnit(folder: string, file: string, data: string): Promise<Unit> {
  const path = join(folder, file);
  if (!existsSync(path)) throw new DataError(`commands/${file}: the file is missing`);
  const { default: found } = (await import(pathToFileURL(path).href)) as { default?: UnitFile };
  if (typeof found?.load !== 'function')
    throw new DataError(`commands/${file}: must export default command({ … }), messageMenu({ … }) or userMenu({ … })`);
  const id = file.includes('/') ? (file.split('/')[0] ?? '') : basename(file, '.ts');
  if (found.id !== id)
    throw new DataError(`commands/${file}: its custom ids must begin with "${id}", as the file is called`);
  const unit = found.load(data);
  if (unit.type === 'slash' && unit.body.name !== id)
    throw new DataError(`data/en/commands/${id}.yaml, name: must be "${id}"`);
  return unit;
}
