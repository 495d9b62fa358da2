import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type MessageComponentInteraction,
  type ModalMessageModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { z } from 'zod';
import { DataError } from '#data';
import { customIds } from '#panels/custom-ids';
import { OldPanel, Refusal } from '#panels/refusal';
import type { Services } from '#panels/services';
import { colour, frame, gap, message, plainly, small, whisper } from '#panels/ui';
import { command, named, type Unit, type UnitFile } from '#panels/unit';
import { MINUTE } from '#store/times';
import { filled, line, loadFile } from '#words';
import type { Asked, Panel, PanelState, Press, Section, SectionFile } from './section.ts';

/** /setup: the moderators' panel. Its sections are the files of sections/: the folder is the list. */

const wordsSchema = z.strictObject({
  ...named,
  heading: filled(150, 'guild'),
  what: filled(400, 'nudges'),
  tooOld: line(200),
  openAgain: filled(250, 'setup'),
  changed: line(200),
  notAllowed: line(200),
  privacy: line(200),
});

const goodFor = 15 * MINUTE;

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

const manages = (asked: Asked) => asked.memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true;

type OnPanel = MessageComponentInteraction<'cached' | 'raw'> | ModalMessageModalSubmitInteraction<'cached' | 'raw'>;

/** A press on the panel, or a form that was opened from it. */
function onPanel(press: Press): OnPanel {
  if (!press.isModalSubmit()) return press;
  if (!press.isFromMessage()) throw new OldPanel();
  return press as ModalMessageModalSubmitInteraction<'cached' | 'raw'>;
}

function load(data: string): Unit {
  const spoken = loadFile(data, 'commands/setup.yaml', wordsSchema);

  const view = async (asked: Asked, by: PanelState['by'], services: Services, notice?: string) => {
    const words = spoken(asked.locale);
    const { settings, revision } = services.guilds.settings(asked.guildId);
    const shown = { asked, state: { revision, by }, settings };
    const parts = await Promise.all(sections.map((section) => section.view(shown, services)));
    return frame(
      colour.panel,
      notice && `**${notice}**`,
      `### ${words.heading({ guild: plainly(asked.guild?.name ?? '…') })}\n${words.what({ nudges: services.mention('nudges') })}`,
      ...parts.flatMap((own, at) => (at === 0 ? own : [gap(), ...own])),
      small(words.privacy),
    );
  };

  const panelWith = (services: Services): Panel => {
    const allows = async (press: Press, { by }: PanelState) => {
      const words = spoken(press.locale);
      // Discord opens /setup only to those who may; it says so again in the press, except for those an admin allowed.
      if (by === 'manage' && !manages(press)) throw new Refusal(words.notAllowed);
      // Both times are Discord's own, so that it does not matter whether our clock is right.
      if (press.createdTimestamp - onPanel(press).message.createdTimestamp <= goodFor) return true;
      // Whether an admin still allows it, only Discord can say: when /setup is opened.
      if (!manages(press)) throw new Refusal(words.openAgain({ setup: services.mention('setup') }));
      await press.reply(whisper(await view(press, by, services, words.tooOld)));
      return false;
    };
    const draw = async (press: Press, { by }: PanelState, notice?: string) =>
      onPanel(press).update(message(await view(press, by, services, notice)));
    return {
      allows,
      show: async (press, state, { notice } = {}) => (await allows(press, state)) && draw(press, state, notice),
      async change(press, state, next) {
        if (!(await allows(press, state))) return undefined;
        const { settings } = services.guilds.settings(press.guildId);
        const saved = await services.guilds.save(press.guildId, state.revision, next(settings));
        return draw(press, state, saved === 'saved' ? undefined : spoken(press.locale).changed);
      },
    };
  };

  const sections: readonly Section[] = files.map((file) => file.load(data, panelWith));
  return command({
    words: wordsSchema,
    ids: customIds('setup', {}),
    contexts: ['server'],
    permissions: PermissionFlagsBits.ManageGuild,
    uses: ['guilds', 'mention', ...files.flatMap(({ uses }) => uses)],
    on: {},
    parts: () => sections.map(({ owner }) => owner),
    async run(interaction, services) {
      await interaction.reply(whisper(await view(interaction, manages(interaction) ? 'manage' : 'admin', services)));
    },
  }).load(data);
}

export default { id: 'setup', load } satisfies UnitFile;
