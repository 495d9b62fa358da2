import { z } from 'zod';
import { saying } from '#content/openers';
import { families } from '#content/prompts';
import { by, customIds, key } from '#panels/custom-ids';
import { managingWords, type OpenedBy, openedBy } from '#panels/managing';
import {
  button,
  choose,
  chooseSome,
  colour,
  field,
  frame,
  modal,
  type Part,
  plainly,
  row,
  small,
  textInput,
} from '#panels/ui';
import { type Ctx, named, optionWords } from '#panels/unit';
import { mostOwnPrompts, type OwnPrompt, type OwnWords } from '#store/own-prompts';
import { clip, counted, filled, line } from '#words';
import { longest } from './typed.ts';

/** What /prompts shows: a dialog, one prompt, and all of them. */

const fieldWords = z.strictObject({ label: line(45), hint: line(100) });
export const wordsSchema = z.strictObject({
  ...named,
  ...{ add: optionWords, list: optionWords, edit: optionWords, remove: optionWords, prompt: optionWords },
  ...{ title: line(45), say: fieldWords, ask: fieldWords, notice: fieldWords, families: fieldWords },
  family: z.record(z.enum(families), line(40)),
  ...{ fits: filled(300, 'families'), fitsAny: line(80), listen: filled(500, 'notice') },
  ...{ heading: line(80), count: counted(80, 'most'), none: filled(300, 'prompts', 'reflect') },
  ...{ where: filled(300, 'reflect'), choose: line(100), before: line(80), after: line(80) },
  ...{ write: line(80), change: line(80), delete: line(80), back: line(80), saved: line(80) },
  ...{ sure: line(80), deleteNow: line(80), keep: line(80), removed: line(80) },
  looks: filled(600, 'kind', 'words'),
  ...{ fix: line(80), empty: line(100), danger: filled(300, 'crisis') },
  ...{ logAdded: filled(700, 'who', 'words'), logChanged: filled(1300, 'who', 'from', 'to') },
  logRemoved: filled(700, 'who', 'words'),
  ...{ thereAlready: line(100), full: filled(200, 'most'), changed: line(200) },
  ...{ changedMeanwhile: line(200), notFound: line(200) },
  ...managingWords,
});
export type Words = z.output<typeof wordsSchema>;
export const uses = ['content', 'guilds', 'hearDanger', 'mention', 'now', 'ownPrompts', 'read'] as const;
export type Prompts = Ctx<Words, (typeof uses)[number]>;

/** Of a prompt; '': a new one. */
const id = key(16);
const page = z.coerce.number().int().min(0).max(mostOwnPrompts);
export const ids = customIds('prompts', {
  save: by('modal', { id, by: openedBy }),
  fix: by('button', { id, draft: key(20), by: openedBy }),
  page: by('button', { page, by: openedBy }),
  open: by('choice', { by: openedBy }),
  edit: by('button', { id, by: openedBy }),
  remove: by('button', { id, by: openedBy }),
  removeNow: by('button', { id, by: openedBy }),
  show: by('button', { id, by: openedBy }),
});

/** @param words what the fields hold already. */
export function dialog(state: { id: string; by: OpenedBy }, words: OwnWords | undefined, said: Words) {
  const text = (name: keyof typeof longest) => {
    const value = words?.[name];
    const input = textInput(name, {
      ...{ long: name === 'say', max: longest[name], required: name === 'say' },
      ...(value !== undefined && { value }),
    });
    return field(said[name].label, input, said[name].hint);
  };
  const options = families.map((value) => ({
    ...{ label: said.family[value], value, default: words?.families.includes(value) ?? false },
  }));
  const chosen = field(said.families.label, chooseSome('families', said.families.label, options), said.families.hint);
  return modal(ids.to.save(state), said.title, text('say'), text('ask'), text('notice'), chosen);
}

function fitsOf({ families: fit }: OwnWords, words: Words, locale: string): string {
  const names = families.filter((family) => fit.includes(family)).map((family) => words.family[family]);
  return names.length === 0
    ? words.fitsAny
    : words.fits({ families: new Intl.ListFormat(locale, { type: 'unit' }).format(names) });
}

/** One of them, whole. */
export const told = (prompt: OwnWords, words: Words, locale: string): string =>
  [
    `> ${plainly(saying(prompt))}`,
    prompt.notice !== undefined && small(words.listen({ notice: plainly(prompt.notice) })),
    small(fitsOf(prompt, words, locale)),
  ]
    .filter(Boolean)
    .join('\n');

export const oneView = (prompt: OwnPrompt, by: OpenedBy, words: Words, locale: string, ...notices: Part[]) =>
  frame(
    colour.panel,
    ...notices,
    told(prompt, words, locale),
    row(
      button(ids.to.edit({ id: prompt.id, by }), words.change),
      button(ids.to.remove({ id: prompt.id, by }), words.delete),
      button(ids.to.page({ page: 0, by }), words.back),
    ),
  );

export const sureView = (prompt: OwnPrompt, by: OpenedBy, words: Words, locale: string) =>
  frame(
    colour.panel,
    `**${words.sure}**`,
    told(prompt, words, locale),
    row(
      button(ids.to.removeNow({ id: prompt.id, by }), words.deleteNow, { style: 'danger' }),
      button(ids.to.show({ id: prompt.id, by }), words.keep),
    ),
  );

const perPage = 6;

/** How a prompt is called where only a little of it is shown. */
export const nameOf = (prompt: OwnWords) => clip(saying(prompt), 100);

export function listView(
  all: readonly OwnPrompt[],
  { page, by }: { page: number; by: OpenedBy },
  { words, mention }: Prompts,
  locale: string,
  notice?: string,
) {
  const reflect = mention('reflect');
  const last = Math.max(0, Math.ceil(all.length / perPage) - 1);
  const at = Math.min(page, last);
  const shown = all.slice(at * perPage, (at + 1) * perPage);
  const most = new Intl.NumberFormat(locale).format(mostOwnPrompts);
  const short = (prompt: OwnPrompt) =>
    `> ${clip(plainly(saying(prompt)), 400)}\n${small(fitsOf(prompt, words, locale))}`;
  return frame(
    colour.panel,
    notice,
    `### ${words.heading}\n${small(words.count({ n: all.length, most }))}`,
    all.length === 0 && words.none({ prompts: mention('prompts'), reflect }),
    shown.map(short).join('\n\n'),
    shown.length > 0 &&
      row(
        choose(
          ids.to.open({ by }),
          words.choose,
          shown.map((prompt) => ({ label: nameOf(prompt), value: prompt.id })),
        ),
      ),
    row(
      at > 0 && button(ids.to.page({ page: at - 1, by }), words.before),
      at < last && button(ids.to.page({ page: at + 1, by }), words.after),
    ),
    small(words.where({ reflect })),
  );
}
