import {
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { wordsOf } from '#content/kinds';
import { saying } from '#content/openers';
import { entryOption } from '#panels/entries';
import { howOpened, type OpenedBy, requireManaging } from '#panels/managing';
import { button, colour, frame, message, plainly, row, whisper } from '#panels/ui';
import { command } from '#panels/unit';
import { tellLog } from '#panels/write';
import { mostOwnPrompts, type OwnPrompt, type OwnWords } from '#store/own-prompts';
import { draftOf, hasWords, keepDraft, typedIn } from './typed.ts';
import {
  dialog,
  ids,
  listView,
  nameOf,
  oneView,
  type Prompts,
  sureView,
  told,
  uses,
  type Words,
  wordsSchema,
} from './views.ts';

/** /prompts: a community's own words for listening, kept by its moderators. They come up in /reflect where they fit. */

type Slash = ChatInputCommandInteraction<'cached' | 'raw'>;
type Press = MessageComponentInteraction<'cached' | 'raw'>;
type Sent = ModalSubmitInteraction<'cached' | 'raw'>;

/** Its id, from the list, or words of it. */
function asked(options: Slash['options'], all: readonly OwnPrompt[]): OwnPrompt | undefined {
  const typed = options.getString('prompt', true);
  const found = all.filter((one) => saying(one).toLowerCase().includes(typed.toLowerCase()));
  return all.find(({ id }) => id === typed) ?? (found.length === 1 ? found[0] : undefined);
}

async function complete(typing: AutocompleteInteraction, { ownPrompts }: Prompts) {
  const typed = typing.options.getFocused().toLowerCase();
  const all = typing.guildId === null ? [] : await ownPrompts.of(typing.guildId);
  const found = all.filter((one) => saying(one).toLowerCase().includes(typed));
  await typing.respond(found.slice(0, 25).map((one) => ({ name: nameOf(one), value: one.id })));
}

/** With the one that was asked for; where there is none, all of them are shown. */
async function withAsked(slash: Slash, ctx: Prompts, use: (prompt: OwnPrompt, by: OpenedBy) => Promise<unknown>) {
  const all = await ctx.ownPrompts.of(slash.guildId);
  const by = howOpened(slash);
  const prompt = asked(slash.options, all);
  if (prompt) await use(prompt, by);
  else await slash.reply(whisper(listView(all, { page: 0, by }, ctx, slash.locale, ctx.words.notFound)));
}

/** The same for a panel that was pressed. */
async function withPressed(
  press: Press,
  { id, by }: { id: string; by: OpenedBy },
  ctx: Prompts,
  use: (prompt: OwnPrompt) => Promise<unknown>,
) {
  requireManaging(press, by, ctx.words);
  const all = await ctx.ownPrompts.of(press.guildId);
  const prompt = all.find((one) => one.id === id);
  if (prompt) await use(prompt);
  else await press.update(message(listView(all, { page: 0, by }, ctx, press.locale, ctx.words.changed)));
}

/** Why these words cannot be kept, whoever else has saved what. */
async function faultOf(words: OwnWords, locale: string, { words: said, hearDanger, mention }: Prompts) {
  if (!hasWords(words.say)) return said.empty;
  const heard = await hearDanger(saying(words), locale);
  return heard?.isClear ? said.danger({ crisis: mention('crisis') }) : undefined;
}

/** What the detector would say of these words, if somebody wrote them to one who is hurting. */
async function looksLike(words: OwnWords, locale: string, { words: said, read, content }: Prompts) {
  const { judgement } = await read(saying(words), '', { 'not-distress': 0 });
  if (!judgement.flag) return undefined;
  const { name } = wordsOf(content.kinds(locale), judgement.kind);
  return said.looks({ kind: name, words: plainly(judgement.words) });
}

/** Every change is told in the log channel, as those of the settings are, in the language of the server. */
async function log({ client, guildId }: Press | Sent, { guilds }: Prompts, line: string): Promise<void> {
  const { channel } = guilds.settings(guildId).settings.log;
  if (channel !== null) await tellLog(client, [channel], line);
}

const inLog = (words: Pick<OwnWords, 'say' | 'ask'>) => plainly(saying(words));

async function save(sent: Sent, { id, by }: { id: string; by: OpenedBy }, ctx: Prompts) {
  const { words: said, guildWords, ownPrompts, now } = ctx;
  const { guildId: guild, locale } = sent;
  requireManaging(sent, by, said);
  const words = typedIn(sent);
  /** Nothing is lost: what was typed is there again with one press. */
  const mend = (fault: string, as = id) => {
    keepDraft(sent.id, { guild, words, at: now() });
    const again = button(ids.to.fix({ id: as, draft: sent.id, by }), said.fix, { style: 'primary' });
    return sent.reply(whisper(frame(colour.panel, fault, told(words, said, locale), row(again))));
  };

  const fault = await faultOf(words, locale, ctx);
  if (fault) return mend(fault);
  const before = id === '' ? undefined : (await ownPrompts.of(guild)).find((one) => one.id === id);
  const saved = id === '' ? await ownPrompts.add(guild, words, now()) : await ownPrompts.edit(guild, id, words);
  switch (saved) {
    case 'full':
      return mend(said.full({ most: `${mostOwnPrompts}` }));
    case 'there already':
      return mend(said.thereAlready);
    case 'changed':
      return mend(said.changedMeanwhile, '');
    default: {
      const looks = await looksLike(words, locale, ctx);
      await sent.reply(whisper(oneView(saved, by, said, locale, `**${said.saved}**`, looks)));
      const who = `<@${sent.user.id}>`;
      const line = before
        ? guildWords.logChanged({ who, from: inLog(before), to: inLog(saved) })
        : guildWords.logAdded({ who, words: inLog(saved) });
      return log(sent, ctx, line);
    }
  }
}

const prompt = (words: Words) => words.prompt;

/*
 * Of a dialog that a command opens Discord does not say to whom. So it opens at once for those with Manage Server, of whom
 * it says that; others, whom an admin allowed, open it from a panel.
 */

export default command({
  words: wordsSchema,
  ids,
  contexts: ['server'],
  permissions: PermissionFlagsBits.ManageGuild,
  uses,
  subcommands: {
    add: {
      said: ({ add }) => add,
      run: (slash, { words, mention }) => {
        const by = howOpened(slash);
        if (by === 'manage') return slash.showModal(dialog({ id: '', by }, undefined, words));
        const open = button(ids.to.fix({ id: '', draft: '', by }), words.write, { style: 'primary' });
        return slash.reply(whisper(frame(colour.panel, words.where({ reflect: mention('reflect') }), row(open))));
      },
    },
    list: {
      said: ({ list }) => list,
      async run(slash, ctx) {
        const state = { page: 0, by: howOpened(slash) };
        await slash.reply(whisper(listView(await ctx.ownPrompts.of(slash.guildId), state, ctx, slash.locale)));
      },
    },
    edit: {
      said: ({ edit }) => edit,
      options: (say) => [{ ...entryOption(say(prompt)), required: true }],
      run: (slash, ctx) =>
        withAsked(slash, ctx, (found, by) =>
          by === 'manage'
            ? slash.showModal(dialog({ id: found.id, by }, found, ctx.words))
            : slash.reply(whisper(oneView(found, by, ctx.words, slash.locale))),
        ),
      complete,
    },
    remove: {
      said: ({ remove }) => remove,
      options: (say) => [{ ...entryOption(say(prompt)), required: true }],
      run: (slash, ctx) =>
        withAsked(slash, ctx, (found, by) => slash.reply(whisper(sureView(found, by, ctx.words, slash.locale)))),
      complete,
    },
  },
  on: {
    save,
    async fix(press, { id, draft, by }, ctx) {
      requireManaging(press, by, ctx.words);
      const words = draftOf(draft, press.guildId, ctx.now());
      await press.showModal(dialog({ id, by }, words, ctx.words));
    },
    async page(press, state, ctx) {
      requireManaging(press, state.by, ctx.words);
      await press.update(message(listView(await ctx.ownPrompts.of(press.guildId), state, ctx, press.locale)));
    },
    open: (choice, { by }, ctx) =>
      withPressed(choice, { id: choice.values[0] ?? '', by }, ctx, (found) =>
        choice.update(message(oneView(found, by, ctx.words, choice.locale))),
      ),
    show: (press, state, ctx) =>
      withPressed(press, state, ctx, (found) =>
        press.update(message(oneView(found, state.by, ctx.words, press.locale))),
      ),
    edit: (press, state, ctx) =>
      withPressed(press, state, ctx, (found) => press.showModal(dialog(state, found, ctx.words))),
    remove: (press, state, ctx) =>
      withPressed(press, state, ctx, (found) =>
        press.update(message(sureView(found, state.by, ctx.words, press.locale))),
      ),
    async removeNow(press, { id, by }, ctx) {
      requireManaging(press, by, ctx.words);
      const { ownPrompts, words, guildWords } = ctx;
      const before = (await ownPrompts.of(press.guildId)).find((one) => one.id === id);
      const isRemoved = await ownPrompts.remove(press.guildId, id);
      const all = await ownPrompts.of(press.guildId);
      const notice = `**${isRemoved ? words.removed : words.changed}**`;
      await press.update(message(listView(all, { page: 0, by }, ctx, press.locale, notice)));
      if (isRemoved && before)
        await log(press, ctx, guildWords.logRemoved({ who: `<@${press.user.id}>`, words: inLog(before) }));
    },
  },
});
