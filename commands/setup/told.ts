import { counted, filled, line } from '#words';

/** What a change was, in words: for the panel, and for the log. */

/** One setting by its name. A list is told by what was added and what was taken off. */
export type Told = { name: string; value: string | readonly string[] };

export const toldWords = {
  fromTo: filled(900, 'name', 'from', 'to'),
  list: filled(900, 'name', 'changes'),
  added: filled(420, 'items'),
  takenOff: filled(420, 'items'),
  isNow: filled(600, 'name', 'value'),
  nothing: line(40),
  moreLines: counted(80),
};
type More = (values: { n: number }) => string;
type Filled<Name extends string> = (values: Record<Name, string>) => string;
type Words = {
  fromTo: Filled<'name' | 'from' | 'to'>;
  list: Filled<'name' | 'changes'>;
  added: Filled<'items'>;
  takenOff: Filled<'items'>;
  isNow: Filled<'name' | 'value'>;
  nothing: string;
  moreLines: More;
};

const mostItems = 15;
const listed = (items: readonly string[]) =>
  [...items.slice(0, mostItems), ...(items.length > mostItems ? ['…'] : [])].join(', ');
const isList = (value: Told['value']): value is readonly string[] => typeof value !== 'string';
const asText = ({ value }: Told, { nothing }: Words) => (isList(value) ? listed(value) : value) || nothing;

const isSame = (one: Told, other: Told) => JSON.stringify(one.value) === JSON.stringify(other.value);

/** The settings that are told in another way now, before and after. */
const changed = (before: readonly Told[], after: readonly Told[]): [Told, Told][] =>
  after.flatMap((now): [Told, Told][] => {
    const was = before.find(({ name }) => name === now.name);
    return was && !isSame(was, now) ? [[was, now]] : [];
  });

/** "Mode: Off → On", a line each. */
export const differences = (before: readonly Told[], after: readonly Told[], words: Words): string[] =>
  changed(before, after).map(([was, now]) => {
    const { name } = now;
    if (!isList(was.value) || !isList(now.value))
      return words.fromTo({ name, from: asText(was, words), to: asText(now, words) });
    const [old, next] = [was.value, now.value];
    const added = next.filter((item) => !old.includes(item));
    const gone = old.filter((item) => !next.includes(item));
    const changes = [
      added.length > 0 && words.added({ items: listed(added) }),
      gone.length > 0 && words.takenOff({ items: listed(gone) }),
    ];
    return words.list({ name, changes: changes.filter(Boolean).join('; ') });
  });

/** How the settings stand that somebody wanted to be otherwise. */
export const asTheyAre = (now: readonly Told[], wanted: readonly Told[], words: Words): string[] =>
  changed(now, wanted).map(([is]) => words.isNow({ name: is.name, value: asText(is, words) }));

/** A message holds 4,000 characters in all. */
const mostText = 3_000;

/** Lines, as many as fit, and how many did not. */
export function fitting(lines: readonly string[], more: More, room = mostText): string[] {
  let left = room;
  const fits = lines.findIndex((one) => {
    left -= one.length + 1;
    return left < 0;
  });
  return fits < 0 ? [...lines] : [...lines.slice(0, fits), more({ n: lines.length - fits })];
}
