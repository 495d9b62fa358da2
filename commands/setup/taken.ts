import { z } from 'zod';
import { saying } from '#content/openers';
import { plainly } from '#panels/ui';
import type { Taken } from '#settings/import';
import type { IdOf } from '#settings/section';
import { type OwnPrompt, type OwnWords, stampOf, without } from '#store/own-prompts';
import { clip, counted, filled, line } from '#words';
import { fitting } from './told.ts';

/** What an import would do, line by line. */

export const takenWords = {
  changed: filled(500, 'setting', 'from', 'to'),
  leftOut: filled(400, 'setting', 'ids'),
  kept: filled(400, 'setting', 'ids'),
  same: filled(600, 'settings'),
  more: counted(80),
  promptsName: line(60),
  prompts: filled(200, 'from', 'to'),
  promptAdded: filled(250, 'words'),
  promptRemoved: filled(250, 'words'),
  empty: line(40),
  /** By section and key. */
  names: z.record(z.string(), z.record(z.string(), line(60))),
};
type Filled<Name extends string> = (values: Record<Name, string>) => string;
type Words = {
  changed: Filled<'setting' | 'from' | 'to'>;
  leftOut: Filled<'setting' | 'ids'>;
  kept: Filled<'setting' | 'ids'>;
  same: Filled<'settings'>;
  more: (values: { n: number }) => string;
  promptsName: string;
  prompts: Filled<'from' | 'to'>;
  promptAdded: Filled<'words'>;
  promptRemoved: Filled<'words'>;
  empty: string;
  names: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** What a file would make of the community's own prompts. */
export type PromptsTaken = {
  was: number;
  becomes: readonly OwnWords[];
  added: readonly OwnWords[];
  removed: readonly OwnWords[];
  isChanged: boolean;
  /** Of those that are here now. */
  stamp: string;
};

export function promptsTaken(was: readonly OwnPrompt[], becomes: readonly OwnWords[]): PromptsTaken {
  const [added, removed] = [without(becomes, was), without(was, becomes)];
  const isChanged = added.length + removed.length > 0;
  return { was: was.length, becomes, added, removed, isChanged, stamp: stampOf(was) };
}

/** What changes among the prompts, a line each. */
export function toldPrompts({ was, becomes, added, removed }: PromptsTaken, words: Words): string[] {
  const shown = (prompt: OwnWords) => ({ words: plainly(clip(saying(prompt), 120)) });
  return [
    words.prompts({ from: `${was}`, to: `${becomes.length}` }),
    ...added.map((one) => words.promptAdded(shown(one))),
    ...removed.map((one) => words.promptRemoved(shown(one))),
  ];
}

const mostItems = 10;

const nameIn =
  ({ names }: Words) =>
  ({ section, key }: Taken): string =>
    names[section]?.[key] ?? `${section}.${key}`;

/** What is not here and so is not taken, a line for each setting. */
export const toldLeftOut = (taken: readonly Taken[], words: Words): string[] =>
  taken
    .filter(({ leftOut }) => leftOut.length > 0)
    .map((one) => {
      const say = one.isKept ? words.kept : words.leftOut;
      return say({ setting: nameIn(words)(one), ids: listed(one.leftOut.map((id) => `\`${id}\``)) });
    });

export function told(
  { taken, prompts }: { taken: readonly Taken[]; prompts?: PromptsTaken | undefined },
  words: Words,
): string[] {
  const name = nameIn(words);
  const changed = taken.filter(({ isChanged }) => isChanged);
  const same = [
    ...taken.filter(({ isChanged, leftOut }) => !isChanged && leftOut.length === 0).map(name),
    ...(prompts && !prompts.isChanged ? [words.promptsName] : []),
  ];
  return fitting(
    [
      ...changed.map((one) =>
        words.changed({
          setting: name(one),
          from: shown(one.was, one.ids, words),
          to: shown(one.becomes, one.ids, words),
        }),
      ),
      ...toldLeftOut(taken, words),
      ...(prompts?.isChanged ? toldPrompts(prompts, words) : []),
      ...(same.length > 0 ? [words.same({ settings: same.join(', ') })] : []),
    ],
    words.more,
  );
}

const listed = (items: readonly string[]) =>
  [...items.slice(0, mostItems), ...(items.length > mostItems ? [`… (${items.length})`] : [])].join(', ');

function shown(value: unknown, ids: IdOf | undefined, { empty }: Pick<Words, 'empty'>): string {
  const all = Array.isArray(value) ? value : [value];
  return listed(all.filter((one) => one !== null).map((one) => item(one, ids))) || empty;
}

function item(value: unknown, ids: IdOf | undefined): string {
  if (ids === 'channel' || ids === 'log') return `<#${value}>`;
  if (ids === 'role') return `<@&${value}>`;
  const text = typeof value === 'object' && value !== null ? Object.values(value).join(', ') : String(value);
  return plainly(clip(text, 80));
}
