import { loadCollections } from './collection.ts';
import * as collections from './collections.ts';
import { loadCrisis } from './crisis.ts';
import { loadFeedback } from './feedback.ts';
import { loadMissed } from './missed.ts';
import { loadOneself } from './oneself.ts';
import { loadSearch } from './search.ts';

/** What a trainer of listeners writes, and what its search knows. CONTRIBUTING.md shows each shape. */
export type Content = ReturnType<typeof loadContent>;

/** @throws DataError that names the file and the entry. */
export function loadContent(data: string) {
  const loaded = loadCollections(data, collections);
  return {
    ...loaded,
    search: loadSearch(data, loaded),
    crisis: loadCrisis(data),
    missed: loadMissed(data),
    feedback: loadFeedback(data),
    oneself: loadOneself(data),
  };
}
