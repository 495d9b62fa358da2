import { loadCollections } from './collection.ts';
import * as collections from './collections.ts';
import { loadCrisis } from './crisis.ts';
import { loadMissed } from './missed.ts';

/** What a trainer of listeners writes. CONTRIBUTING.md shows each shape. */
export type Content = ReturnType<typeof loadContent>;

/** @throws DataError that names the file and the entry. */
export const loadContent = (data: string) => ({
  ...loadCollections(data, collections),
  crisis: loadCrisis(data),
  missed: loadMissed(data),
});
