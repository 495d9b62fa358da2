import { z } from 'zod';
import { DataError, named } from '#data';
import { loadFolder, type Spoken } from '#words';

/** A folder of content, data/<language>/<folder>/: one YAML file an entry, named by its id. */

/** An entry's id, and its file's name: it stays when the words change. */
export const id = z.string().regex(/^[a-z][a-z-]{0,31}$/, 'lower-case letters and hyphens, at most 32');

/** That an entry names another one: where it stands in the entry, and what must be there. */
export type Reference = { at: string; to: string; id: string };

export type Collection<E extends { id: string }> = {
  folder: string;
  schema: z.ZodType<E>;
  /** Entries that the bot cannot do without. */
  needs?: readonly string[];
  refers?: (entry: E) => Reference[];
};

/** Every entry by its id, in one language. */
export type Entries<E> = ReadonlyMap<string, E>;

type AnyCollection = Collection<{ id: string }>;
type EntryOf<C> = C extends Collection<infer E> ? E : never;
export type Loaded<Collections> = { [Name in keyof Collections]: Spoken<Entries<EntryOf<Collections[Name]>>> };

export const collection = <S extends z.ZodType<{ id: string }>>(spec: {
  folder: string;
  schema: S;
  needs?: readonly string[];
  refers?: (entry: z.output<S>) => Reference[];
}) => spec as unknown as Collection<z.output<S>>;

/** Reads every folder and checks what its entries refer to. @throws DataError that names the file and the entry. */
export function loadCollections<const Collections extends Record<string, { folder: string }>>(
  data: string,
  collections: Collections,
): Loaded<Collections> {
  const all = Object.values(collections) as unknown as AnyCollection[];
  const loaded = new Map(all.map((one) => [one.folder, loadFolder(data, one.folder, one.schema)]));
  for (const { folder, needs = [], refers = () => [] } of all) {
    const entries = loaded.get(folder)?.() ?? new Map<string, { id: string }>();
    const missing = needs.find((needed) => !entries.has(needed));
    if (missing) throw new DataError(`${named(data, 'en', `${folder}/${missing}.yaml`)}: the file is missing`);
    for (const entry of entries.values()) {
      for (const { at, to, id } of refers(entry)) {
        if (!loaded.get(to)?.().has(id))
          throw new DataError(
            `${named(data, 'en', `${folder}/${entry.id}.yaml`)}, ${at}: there is no "${id}" in ${to}/`,
          );
      }
    }
  }
  return Object.fromEntries(
    Object.entries(collections).map(([name, { folder }]) => [name, loaded.get(folder)]),
  ) as Loaded<Collections>;
}
