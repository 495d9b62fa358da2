/** Finding an entry of the content by what people type, and orders that a number seeds. Pure. */

/** What can be found. */
export type Entry = { id: string; name: string; also: readonly string[] };

const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** How well an entry fits what was typed: 0 is not at all. */
function fitness(entry: Entry, typed: string): number {
  const names = [entry.id, entry.name].map(plain);
  const others = entry.also.map(plain);
  if (names.includes(typed)) return 6;
  if (others.includes(typed)) return 5;
  if (names.some((name) => name.startsWith(typed))) return 4;
  if (others.some((name) => name.startsWith(typed))) return 3;
  const words = [...names, ...others].flatMap((name) => name.split(' '));
  if (words.some((word) => word.startsWith(typed))) return 2;
  // A whole sentence at 3 a.m.: "my dog died and i cannot stop crying".
  const sentence = ` ${typed} `;
  return [...names, ...others].some((name) => name.length >= 3 && sentence.includes(` ${name} `)) ? 1 : 0;
}

type Fit<E> = { entry: E; score: number };

/** The entries that fit and how well, best first; all of them when nothing is typed. */
function fitting<E extends Entry>(entries: ReadonlyMap<string, E>, typed: string): Fit<E>[] {
  const wanted = plain(typed);
  const all = [...entries.values()];
  if (wanted === '') return all.map((entry) => ({ entry, score: 0 }));
  return all
    .map((entry) => ({ entry, score: fitness(entry, wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** The entry that was meant, if any: an id chosen from the list, a name, or words that stand for it. */
export function findEntry<E extends Entry>(entries: ReadonlyMap<string, E>, typed: string): E | undefined {
  return entries.get(typed) ?? (plain(typed) === '' ? undefined : fitting(entries, typed)[0]?.entry);
}

/** What autocomplete offers: at most 25 choices, as Discord allows; what fits alike in the order of its names. */
export const suggest = (entries: ReadonlyMap<string, Entry>, typed: string, locale?: string) =>
  fitting(entries, typed)
    .sort((a, b) => b.score - a.score || a.entry.name.localeCompare(b.entry.name, locale))
    .slice(0, 25)
    .map(({ entry: { id, name } }) => ({ name, value: id }));

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
