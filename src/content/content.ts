import { type Loaded, loadCollections } from './collection.ts';
import * as collections from './collections.ts';

/** What a trainer of listeners writes, every folder of it. CONTRIBUTING.md shows each shape. */
export type Content = Loaded<typeof collections>;

/** @throws DataError that names the file and the entry. */
export const loadContent = (data: string): Content => loadCollections(data, collections);
