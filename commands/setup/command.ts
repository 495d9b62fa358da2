import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PermissionFlagsBits } from 'discord.js';
import { z } from 'zod';
import { DataError } from '#data';
import { howOpened } from '#panels/managing';
import type { Services } from '#panels/services';
import { whisper } from '#panels/ui';
import { command, named, type Unit, type UnitFile } from '#panels/unit';
import { loadFile } from '#words';
import { createPanel, ids, panelWords } from './panel.ts';
import type { Section, SectionFile } from './section.ts';

/** /setup: the moderators' panel. Its sections are the files of sections/: the folder is the list. */

const wordsSchema = z.strictObject({ ...named, ...panelWords });

const folder = join(import.meta.dirname, 'sections');
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'));
const files = await Promise.all(
  names.map(async (file) => {
    const { default: found } = (await import(pathToFileURL(join(folder, file)).href)) as { default?: SectionFile };
    if (found?.id !== basename(file, '.ts'))
      throw new DataError(
        `commands/setup/sections/${file}: must export default section({ … }) with the file's name as id`,
      );
    return found;
  }),
);
files.sort((a, b) => a.order - b.order);

function load(data: string): Unit {
  const spoken = loadFile(data, 'commands/setup.yaml', wordsSchema);
  const panel = (services: Services) => createPanel(spoken, () => sections, services);
  const sections: readonly Section[] = files.map((file) =>
    file.load(data, (services, page) => panel(services).panelOf(page)),
  );
  return command({
    words: wordsSchema,
    ids,
    contexts: ['server'],
    permissions: PermissionFlagsBits.ManageGuild,
    uses: ['guilds', 'mention', ...files.flatMap(({ uses }) => uses)],
    on: {
      page: (press, { page, at, ...state }, services) =>
        panel(services as Services)
          .panelOf(page)
          .show(press, state, { at }),
    },
    parts: () => sections.map(({ owner }) => owner),
    async run(interaction, services) {
      const by = howOpened(interaction);
      await interaction.reply(whisper(await panel(services as Services).draw(interaction, by)));
    },
  }).load(data);
}

export default { id: 'setup', load } satisfies UnitFile;
