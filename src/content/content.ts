import type { Spoken } from '#words';
import { type Loaded, loadCollections } from './collection.ts';
import * as collections from './collections.ts';
import { loadSearch, type Search } from './search.ts';

/** What a trainer of listeners writes: every folder of it, and what its search knows. CONTRIBUTING.md shows each shape. */
export type Content = Loaded<typeof collections> & { search: Spoken<Search> };

/** @throws DataError that names the file and the entry. */
export function loadContent(data: string): Content {
  const loaded = loadCollections(data, collections);
  return { ...loaded, search: loadSearch(data, loaded) };
}
