import { z } from 'zod';
import { plainly } from '#panels/ui';
import type { Taken } from '#settings/import';
import type { IdOf } from '#settings/section';
import { clip, counted, filled, line } from '#words';

/** What an import would do, line by line. */

export const takenWords = {
  changed: filled(500, 'setting', 'from', 'to'),
  leftOut: filled(400, 'setting', 'ids'),
  kept: filled(400, 'setting', 'ids'),
  same: filled(600, 'settings'),
  more: counted(80),
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
  empty: string;
  names: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** A message holds 4,000 characters in all. */
const mostText = 3_000;
const mostItems = 10;

/** Lines, as many as fit, and how many did not. */
export function fitting(lines: readonly string[], { more }: Pick<Words, 'more'>): string[] {
  let room = mostText;
  const fits = lines.findIndex((one) => {
    room -= one.length + 1;
    return room < 0;
  });
  return fits < 0 ? [...lines] : [...lines.slice(0, fits), more({ n: lines.length - fits })];
}

export function told(taken: readonly Taken[], words: Words): string[] {
  const name = ({ section, key }: Taken) => words.names[section]?.[key] ?? `${section}.${key}`;
  const changed = taken.filter(({ isChanged }) => isChanged);
  const same = taken.filter(({ isChanged, leftOut }) => !isChanged && leftOut.length === 0);
  const without = taken.filter(({ leftOut }) => leftOut.length > 0);
  return fitting(
    [
      ...changed.map((one) =>
        words.changed({
          setting: name(one),
          from: shown(one.was, one.ids, words),
          to: shown(one.becomes, one.ids, words),
        }),
      ),
      ...without.map((one) => {
        const say = one.isKept ? words.kept : words.leftOut;
        return say({ setting: name(one), ids: listed(one.leftOut.map((id) => `\`${id}\``)) });
      }),
      ...(same.length > 0 ? [words.same({ settings: same.map(name).join(', ') })] : []),
    ],
    words,
  );
}

const listed = (items: readonly string[]) =>
  [...items.slice(0, mostItems), ...(items.length > mostItems ? [`… (${items.length})`] : [])].join(', ');

function shown(value: unknown, ids: IdOf | undefined, { empty }: Pick<Words, 'empty'>): string {
  const all = Array.isArray(value) ? value : [value];
  return listed(all.filter((one) => one !== null).map((one) => item(one, ids))) || empty;
}

function item(value: unknown, ids: IdOf | undefined): string {
  if (ids === 'channel') return `<#${value}>`;
  if (ids === 'role') return `<@&${value}>`;
  const text = typeof value === 'object' && value !== null ? Object.values(value).join(', ') : String(value);
  return plainly(clip(text, 80));
}
