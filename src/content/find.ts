import type { Entries } from './collection.ts';
import { matchesIn } from './matches.ts';
import type { Search, Voiced } from './search.ts';
import { type Mend, mending, plain } from './spelling.ts';

/** Finding an entry of the content by what people type, and orders that a number seeds. Pure. */

/** What can be found. */
export type Entry = { id: string; name: string; also: readonly string[] };

/** What is opened where danger is voiced: the id of an entry. */
type Opens = (voiced: Voiced) => string;

/** How entries are found, and drawn in a list of choices. */
export type Finding<E> = {
  /**
   * What knows danger when it is voiced, and which words are no slips; and what is opened for danger. Left out where
   * people name a thing, as a country: slips are not mended then.
   */
  hears?: { search: Search; opens: Opens };
  /** An entry that gives way to every other one. */
  last?: string;
  /** Names of what there is no entry for: a name inside one of them is not meant ("north korea" is not "korea"). */
  others?: readonly string[];
  /** What people read, by which equals are ordered; else the name. */
  label?: (entry: E) => string;
  /** What is offered before the others while nothing is typed. */
  isUsual?: (entry: E) => boolean;
};

/** An entry's words made comparable, and what mends a slip toward them. Made once for a language. */
type Index<E> = { named: [string, E][]; listed: [string, E][]; mend: Mend };
const indexes = new WeakMap<object, Index<Entry>>();

function indexOf<E extends Entry>(entries: Entries<E>, search?: Search): Index<E> {
  const made = indexes.get(entries) as Index<E> | undefined;
  if (made) return made;
  const all = [...entries.values()];
  const named = all.map((entry): [string, E] => [plain(entry.name), entry]);
  const listed = all.flatMap((entry) => entry.also.map((one): [string, E] => [plain(one), entry]));
  const known = [...named, ...listed].map(([phrase]) => phrase);
  // Words of danger are known here, too: nothing that is nearly one of them becomes another word. Without a search
  // nobody knows which words are no slips ("islands" is not "Ísland").
  const mend: Mend = search ? mending([...search.phrases, ...known], search.right) : (typed) => typed;
  indexes.set(entries, { named, listed, mend });
  return { named, listed, mend };
}

/**
 * The entry that was meant, if any: an id chosen from the list; a name, or words that stand for it; a phrase in a whole
 * sentence ("my dog died and i cannot stop crying"), where the longest wins. Nothing when that is not sure.
 */
function findEntry<E extends Entry>(
  entries: Entries<E>,
  typed: string,
  { hears, last, others = [] }: Finding<E>,
): E | undefined {
  const { named, listed, mend } = indexOf(entries, hears?.search);
  const wanted = mend(plain(typed));
  if (entries.has(typed) || wanted === '') return entries.get(typed);
  const known = [...named, ...listed];
  const whole = known.find(([phrase]) => phrase === wanted)?.[1];
  if (whole) return whole;
  const meantElse = matchesIn(
    wanted,
    others.map((name) => [plain(name), undefined]),
  );
  const said = matchesIn(
    wanted,
    known.filter(([phrase]) => phrase.length >= 3),
  ).filter(({ from, to }) => !meantElse.some((other) => other.from <= from && to <= other.to));
  return (said.find(({ value }) => value.id !== last) ?? said[0])?.value;
}

/**
 * The entry that is opened for what was typed: one that was named; where danger is voiced, the one that opens for it;
 * else the one that was meant.
 */
export function openEntry<E extends Entry>(
  entries: Entries<E>,
  typed: string,
  finding: Finding<E> = {},
): E | undefined {
  const name = plain(typed);
  const chosen = entries.get(typed) ?? [...entries.values()].find((entry) => name !== '' && plain(entry.name) === name);
  if (chosen) return chosen;
  const { hears } = finding;
  const voiced = hears?.search.dangerIn(typed);
  return hears && voiced ? entries.get(hears.opens(voiced)) : findEntry(entries, typed, finding);
}

/**
 * What autocomplete offers: at most 25 choices, as Discord allows, best first; what fits alike in the order of labels.
 * Where danger is voiced, what is opened for it and nothing else.
 */
export function suggest<E extends Entry>(
  entries: Entries<E>,
  typed: string,
  finding: Finding<E> = {},
  locale?: string,
): { name: string; value: string }[] {
  const { hears, label = ({ name }) => name, isUsual = () => false } = finding;
  const wanted = plain(typed);
  const meant = wanted === '' ? undefined : openEntry(entries, typed, finding);
  if (meant && hears?.search.dangerIn(typed)) return [{ name: label(meant), value: meant.id }];
  const fitness = (entry: E): number => {
    if (wanted === '') return isUsual(entry) ? 2 : 1;
    if (entry === meant) return 5;
    const names = [plain(label(entry)), plain(entry.name)];
    if (names.some((name) => name.startsWith(wanted))) return 4;
    const others = entry.also.map(plain);
    if (others.some((one) => one.startsWith(wanted))) return 3;
    return [...names, ...others].some((one) => ` ${one}`.includes(` ${wanted}`)) ? 2 : 0;
  };
  return [...entries.values()]
    .map((entry) => ({ entry, name: label(entry), score: fitness(entry) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, locale))
    .slice(0, 25)
    .map(({ entry: { id }, name }) => ({ name, value: id }));
}

/** The list in an order that the number seeds: the same number, the same order. */
export function seeded<T>(list: readonly T[], seed: number): T[] {
  const rest = [...list];
  const order: T[] = [];
  let state = (seed * 2654435761 + 1) >>> 0;
  while (rest.length > 0) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    order.push(...rest.splice(Math.floor((state / 2 ** 32) * rest.length), 1));
  }
  return order;
}
