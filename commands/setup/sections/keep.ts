import { type ModalSubmitInteraction, Routes } from 'discord.js';
import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { isThread, placesOf } from '#panels/places';
import { OldPanel, Refusal } from '#panels/refusal';
import { fileIn } from '#panels/sent';
import {
  button,
  colour,
  field,
  file,
  fileInput,
  frame,
  message,
  modal,
  row,
  small,
  text,
  textInput,
  whisper,
} from '#panels/ui';
import { bytesAt } from '#panels/upload';
import { tellLog } from '#panels/write';
import { exported, openExport } from '#settings/export';
import { changesOf, type KeyChanges, readImport } from '#settings/import';
import type { IdOf } from '#settings/section';
import { type Changes, type Settings, sections } from '#settings/settings';
import { filled, line, prose } from '#words';
import { faultWords, saidOf } from '../faults.ts';
import { type Asked, panelState, section } from '../section.ts';
import { fitting, takenWords, told } from '../taken.ts';

/** Settings as a file, to keep or to bring to another server; and the end of all that is kept of this one. */

const wordsSchema = z.strictObject({
  heading: line(80),
  hint: line(300),
  export: line(80),
  exported: line(300),
  import: line(80),
  importTitle: line(45),
  importFile: line(45),
  importHint: line(100),
  preview: line(80),
  missing: line(200),
  nothing: line(200),
  namesNone: line(200),
  apply: line(80),
  leave: line(80),
  tooLarge: line(200),
  outOfReach: line(200),
  noJson: line(200),
  otherVersion: line(200),
  noSettings: line(250),
  refused: line(200),
  notNow: line(200),
  delete: line(80),
  deleteTitle: line(45),
  deleteWhat: prose(600),
  deleteName: line(45),
  deleteHint: filled(100, 'guild'),
  otherName: line(200),
  deleted: line(250),
  deletedBy: filled(300, 'who'),
  deleteUntold: filled(200, 'channel'),
  ...takenWords,
  ...faultWords,
});
type Words = z.output<typeof wordsSchema>;

const ids = customIds('setup', {
  exportFile: by('button', panelState),
  importFile: by('button', panelState),
  imported: by('modal', panelState),
  applyImport: by('button', panelState),
  leaveImport: by('button', panelState),
  deleteAll: by('button', panelState),
  deleteNow: by('modal', panelState),
});

const fileName = 'attune-settings.json';
/** The largest that settings can be is a quarter of this, in bytes. */
const mostBytes = 512 * 1024;

const wrongs = { 'no JSON': 'noJson', 'other version': 'otherVersion', 'no settings': 'noSettings' } as const;

/** What the file at `url` holds. @throws Refusal, in words that say what to do. */
async function settingsAt(url: string, words: Words): Promise<unknown> {
  const bytes = await bytesAt(url, mostBytes);
  if (bytes === 'too large') throw new Refusal(words.tooLarge);
  if (bytes === 'out of reach') throw new Refusal(words.outOfReach);
  const opened = openExport(bytes);
  if ('wrong' in opened) throw new Refusal(words[wrongs[opened.wrong]]);
  return opened.settings;
}

/** Reads settings against those of now. @throws Refusal, naming all that does not fit. */
function taken(given: unknown, now: Settings, isKnown: (of: IdOf, id: string) => boolean, words: Words) {
  const answer = readImport(sections, given, now, isKnown);
  if ('taken' in answer) return answer.taken;
  throw new Refusal([words.refused, ...fitting(saidOf(answer.refused, words), words)].join('\n'));
}

/** Which ids this server has. @throws Refusal when Discord does not say. */
async function knownIn({ client, guild, guildId }: Asked, words: Words): Promise<(of: IdOf, id: string) => boolean> {
  const found = await client.rest
    .get(Routes.guildRoles(guildId), { signal: AbortSignal.timeout(1_500) })
    .catch(() => undefined);
  // While a server has an outage none of its channels is known.
  if (!guild?.available || !Array.isArray(found)) throw new Refusal(words.notNow);
  const roles = new Set((found as { id: string }[]).map(({ id }) => id).filter((id) => id !== guildId));
  const places = placesOf(client);
  const tags = new Set(
    [...places.values()].flatMap((place) => (place.guildId === guildId ? (place.tags ?? []).map(({ id }) => id) : [])),
  );
  const isChannel = (id: string) => {
    const place = places.get(id);
    return place?.guildId === guildId && !isThread(place);
  };
  return (of, id) =>
    ({ channel: isChannel, role: (id: string) => roles.has(id), tag: (id: string) => tags.has(id) })[of](id);
}

const withChanges = (settings: Settings, changes: KeyChanges): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([name, keys]) => [name, { ...settings[name as keyof Settings], ...keys }]),
  );

/** As two people would say that a name is the same. */
const heard = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const attached = (settings: object) => [{ name: fileName, attachment: Buffer.from(exported(settings)) }];

export default section({
  id: 'keep',
  order: 95,
  page: 'keep',
  words: wordsSchema,
  ids,
  uses: ['guilds', 'deleteServer'],
  view: ({ state }, { words }) => [
    `**${words.heading}**\n${words.hint}`,
    row(
      button(ids.to.exportFile(state), words.export),
      button(ids.to.importFile(state), words.import),
      button(ids.to.deleteAll(state), words.delete, { style: 'danger' }),
    ),
  ],
  on: {
    async exportFile(press, state, { words, guilds, allows }) {
      if (!(await allows(press, state))) return;
      const { settings } = guilds.settings(press.guildId);
      const view = frame(colour.panel, words.exported, file(fileName));
      await press.reply({ ...whisper(view), files: attached(settings) });
    },
    async importFile(press, state, { words, allows }) {
      if (!(await allows(press, state))) return;
      const input = field(words.importFile, fileInput('file'), words.importHint);
      await press.showModal(modal(ids.to.imported(state), words.importTitle, input));
    },
    async imported(sent, state, { words, guilds, allows }) {
      if (!(await allows(sent, state))) return;
      const upload = sent.fields.getUploadedFiles('file', true).first();
      if (!upload || upload.size > mostBytes) throw new Refusal(words.tooLarge);
      const [given, isKnown] = await Promise.all([settingsAt(upload.url, words), knownIn(sent, words)]);
      const { settings, revision } = guilds.settings(sent.guildId);
      const all = taken(given, settings, isKnown, words);
      const changes = changesOf(all);
      const lines = told(all, words);
      if (Object.keys(changes).length === 0) {
        const said = lines.length > 0 ? [words.nothing, lines.join('\n')] : [words.namesNone];
        await sent.reply(whisper(frame(colour.panel, ...said)));
        return;
      }
      const now = { ...state, revision };
      const view = frame(
        colour.panel,
        `### ${words.preview}\n${lines.join('\n')}`,
        // What would be saved stands in the message: a button remembers nothing.
        file(fileName),
        small(words.missing),
        row(
          button(ids.to.applyImport(now), words.apply, { style: 'primary' }),
          button(ids.to.leaveImport(now), words.leave),
        ),
      );
      await onPanel(sent).update({ ...message(view), files: attached(changes), attachments: [] });
    },
    async applyImport(press, state, { words, guilds, change, allows }) {
      if (!(await allows(press, state))) return;
      const url = fileIn(press.message);
      if (url === undefined) throw new OldPanel();
      const given = await settingsAt(url, words);
      const { settings } = guilds.settings(press.guildId);
      const changes = changesOf(taken(given, settings, () => true, words));
      await change(press, state, (now) => withChanges(now, changes));
    },
    leaveImport: (press, state, { show }) => show(press, state),
    async deleteAll(press, state, { words, allows }) {
      if (!(await allows(press, state))) return;
      const hint = words.deleteHint({ guild: nameOf(press, words) });
      const name = field(words.deleteName, textInput('name', { max: 200 }), hint);
      await press.showModal(modal(ids.to.deleteNow(state), words.deleteTitle, text(words.deleteWhat), name));
    },
    async deleteNow(sent, state, { words, guildWords, guilds, deleteServer, allows, show }) {
      if (!(await allows(sent, state))) return;
      if (heard(sent.fields.getTextInputValue('name')) !== heard(nameOf(sent, words)))
        throw new Refusal(words.otherName);
      const { channel } = guilds.settings(sent.guildId).settings.log;
      // The log may have to wait for a limit; a form has its answer within three seconds.
      await onPanel(sent).deferUpdate();
      // Told before: which channel it is goes with the settings.
      const failed =
        channel === null
          ? []
          : await tellLog(sent.client, [channel], guildWords.deletedBy({ who: `<@${sent.user.id}>` }));
      await deleteServer(sent.guildId);
      const untold = failed.map((id) => words.deleteUntold({ channel: `<#${id}>` }));
      await show(sent, state, { notice: [words.deleted, ...untold].join('\n') });
    },
  },
});

/** @throws Refusal while the server is not known. */
function nameOf({ guild }: Asked, words: Words): string {
  if (!guild?.name) throw new Refusal(words.notNow);
  return guild.name;
}

function onPanel(sent: ModalSubmitInteraction<'cached' | 'raw'>) {
  if (!sent.isFromMessage()) throw new OldPanel();
  return sent;
}
