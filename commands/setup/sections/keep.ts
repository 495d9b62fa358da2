import type { ModalSubmitInteraction } from 'discord.js';
import { z } from 'zod';
import { saying } from '#content/openers';
import { by, customIds, key } from '#panels/custom-ids';
import type { HearDanger } from '#panels/danger';
import { OldPanel, Refusal } from '#panels/refusal';
import { fileIn } from '#panels/sent';
import {
  button,
  colour,
  field,
  file,
  fileInput,
  frame,
  gap,
  message,
  modal,
  plainly,
  row,
  small,
  text,
  textInput,
  whisper,
} from '#panels/ui';
import { tellLog } from '#panels/write';
import { exported } from '#settings/export';
import type { Fault } from '#settings/faults';
import type { OwnWords } from '#store/own-prompts';
import { filled, line, prose } from '#words';
import { fileAt, importWords, knownIn, mostBytes, readFile, refusedFor, toSave, withChanges } from '../importing.ts';
import { type Asked, panelState, section } from '../section.ts';
import { type PromptsTaken, told, toldLeftOut, toldPrompts } from '../taken.ts';

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
  reading: line(200),
  apply: line(80),
  leave: line(80),
  delete: line(80),
  deleteTitle: line(45),
  deleteHow: line(250),
  deleteWhat: prose(600),
  deleteName: line(45),
  deleteHint: filled(100, 'guild'),
  otherName: line(200),
  deleted: line(250),
  deletedBy: filled(300, 'who'),
  deleteUntold: filled(200, 'channel'),
  ...importWords,
});
type Words = z.output<typeof wordsSchema>;

const ids = customIds('setup', {
  exportFile: by('button', panelState),
  importFile: by('button', panelState),
  imported: by('modal', panelState),
  /** `seen`: the prompts that were there; '': the file changes none. */
  applyImport: by('button', { seen: key(16), ...panelState }),
  leaveImport: by('button', panelState),
  deleteAll: by('button', panelState),
  deleteNow: by('modal', panelState),
});

const fileName = 'attune-settings.json';

/** As two people would say that a name is the same. */
const heard = (name: string) =>
  name
    .normalize('NFKC')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();

const attached = (settings: object, prompts: readonly OwnWords[] | undefined) => [
  { name: fileName, attachment: Buffer.from(exported(settings, prompts)) },
];

/** Words of danger among those that are new here: they would come up without a line to call. */
async function dangersIn({ becomes, added }: PromptsTaken, locale: string, hearDanger: HearDanger): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const one of added)
    if ((await hearDanger(saying(one), locale))?.isClear)
      found.push({ at: `prompts[${becomes.indexOf(one)}]`, what: 'danger' });
  return found;
}

export default section({
  id: 'keep',
  order: 95,
  page: 'keep',
  words: wordsSchema,
  ids,
  uses: ['content', 'guilds', 'deleteServer', 'hearDanger', 'now', 'ownPrompts'],
  view: ({ state }, { words }) => [
    `### ${words.heading}\n${words.hint}`,
    row(button(ids.to.exportFile(state), words.export), button(ids.to.importFile(state), words.import)),
    gap(),
    `### ${words.deleteTitle}\n${words.deleteHow}`,
    row(button(ids.to.deleteAll(state), words.delete, { style: 'danger' })),
  ],
  on: {
    async exportFile(press, state, { words, guilds, ownPrompts, allows }) {
      if (!(await allows(press, state))) return;
      const { settings } = guilds.settings(press.guildId);
      const prompts = (await ownPrompts.of(press.guildId)).map(({ id: _, ...words }) => words);
      const view = frame(colour.panel, words.exported, file(fileName));
      await press.reply({ ...whisper(view), files: attached(settings, prompts) });
    },
    async importFile(press, state, { words, allows }) {
      if (!(await allows(press, state))) return;
      const input = field(words.importFile, fileInput('file'), words.importHint);
      await press.showModal(modal(ids.to.imported(state), words.importTitle, input));
    },
    async imported(sent, state, { words, content, guilds, ownPrompts, hearDanger, allows, show }) {
      if (!(await allows(sent, state))) return undefined;
      const upload = sent.fields.getUploadedFiles('file', true).first();
      if (!upload || upload.size > mostBytes) throw new Refusal(words.tooLarge);
      const [given, isKnown, prompts] = await Promise.all([
        fileAt(upload.url, words),
        knownIn(sent, content.kinds.languages, words),
        ownPrompts.of(sent.guildId),
      ]);
      const { settings, revision } = guilds.settings(sent.guildId);
      const read = readFile(given, { settings, prompts }, isKnown, words);
      const saves = toSave(read);
      const lines = told(read, words);
      if (Object.keys(saves.settings).length === 0 && !saves.prompts) {
        const said = lines.length > 0 ? [words.nothing, lines.join('\n')] : [words.namesNone];
        return sent.reply(whisper(frame(colour.panel, ...said)));
      }
      if (read.prompts && read.prompts.added.length > 0) {
        // Reading many takes longer than a form may wait.
        await onPanel(sent).update(message(frame(colour.panel, words.reading)));
        const dangers = await dangersIn(read.prompts, sent.locale, hearDanger);
        if (dangers.length > 0) return show(sent, state, { notice: refusedFor(dangers, words) });
      }
      const now = { ...state, revision };
      const seen = saves.prompts ? (read.prompts?.stamp ?? '') : '';
      const view = frame(
        colour.panel,
        `### ${words.preview}\n${lines.join('\n')}`,
        // What would be saved stands in the message: a button remembers nothing.
        file(fileName),
        small(words.missing),
        row(
          button(ids.to.applyImport({ seen, ...now }), words.apply, { style: 'primary' }),
          button(ids.to.leaveImport(now), words.leave),
        ),
      );
      const shown = { ...message(view), files: attached(saves.settings, saves.prompts), attachments: [] };
      return sent.replied ? sent.editReply(shown) : onPanel(sent).update(shown);
    },
    async applyImport(press, { seen, ...state }, ctx) {
      const { words, guildWords, content, guilds, ownPrompts, now, change, allows } = ctx;
      if (!(await allows(press, state))) return;
      const url = fileIn(press.message);
      if (url === undefined) throw new OldPanel();
      // Asked again: something may have gone since the file was shown.
      const [given, isKnown, there] = await Promise.all([
        fileAt(url, words),
        knownIn(press, content.kinds.languages, words),
        ownPrompts.of(press.guildId),
      ]);
      const { settings } = guilds.settings(press.guildId);
      const read = readFile(given, { settings, prompts: there }, isKnown, words);
      const changes = toSave(read).settings;
      const { prompts } = read;
      const along = {
        also: prompts && ownPrompts.instead(press.guildId, seen, prompts.becomes, now()),
        told: [...(prompts ? toldPrompts(prompts, words) : []), ...toldLeftOut(read.taken, words)],
        toldLog: prompts ? toldPrompts(prompts, guildWords) : [],
      };
      await change(press, state, (now) => withChanges(now, changes), { along });
    },
    leaveImport: (press, state, { show }) => show(press, state),
    async deleteAll(press, state, { words, allows }) {
      if (!(await allows(press, state))) return;
      const guild = nameOf(press, words);
      const hint = words.deleteHint({ guild });
      const name = field(words.deleteName, textInput('name', { max: 200 }), hint);
      await press.showModal(
        modal(ids.to.deleteNow(state), words.deleteTitle, text(`${words.deleteWhat}\n**${plainly(guild)}**`), name),
      );
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
