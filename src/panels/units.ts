import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CommandFile, SlashCommand } from '#panels/unit';
import { WordsError } from '#words';

/**
 * Loads every command of a folder with its words. A file that is no command stops the start and is named: nothing is
 * skipped in silence.
 */
export async function loadCommands(folder: string, data: string): Promise<SlashCommand[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(
    files.map(async (file) => {
      const { default: found } = (await import(pathToFileURL(join(folder, file)).href)) as { default?: CommandFile };
      if (typeof found?.load !== 'function')
        throw new WordsError(`commands/${file}: must export default command({ … })`);
      const id = basename(file, '.ts');
      if (found.id !== id)
        throw new WordsError(`commands/${file}: its custom ids must begin with "${id}", as the file is called`);
      const command = found.load(data);
      if (command.body.name !== id) throw new WordsError(`data/en/commands/${id}.yaml, name: must be "${id}"`);
      return command;
    }),
  );
}
