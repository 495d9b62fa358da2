/** What survives that the page is loaded anew: who one is, where, in which step of the tour, and what was begun to write. */
import type { State } from './state.ts';

export type Kept = Pick<State, 'places'> & Partial<Pick<State, 'me' | 'step' | 'reached'>>;

const seenKey = 'tour-seen';
const placeKey = 'place';
const draftsKey = 'drafts';

/** By person and channel. */
let drafts: Record<string, string> = {};

/** Storage may be forbidden, full, or hold what something else wrote. */
function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Then it lasts as long as the page.
  }
}

/** What was kept in this town. After another town it forgets everything. */
export function recall(town: string): Kept | undefined {
  const place = read(placeKey) as ({ town: string } & Kept) | null;
  if (place?.town !== town) {
    drafts = {};
    write(draftsKey, drafts);
    return undefined;
  }
  drafts = { ...(read(draftsKey) as typeof drafts | null) };
  const { town: _, ...kept } = place;
  return { ...kept, places: { ...kept.places } };
}

export const keep = (town: string, { me, places, step, reached }: Kept): void =>
  write(placeKey, { town, me, places, step, reached });

export const draftAt = (at: string): string => drafts[at] ?? '';

export function keepDraft(at: string, text: string): void {
  const { [at]: _, ...others } = drafts;
  drafts = text === '' ? others : { ...others, [at]: text };
  write(draftsKey, drafts);
}

export const hasSeenTour = (): boolean => read(seenKey) !== null;
export const keepTourSeen = (): void => write(seenKey, true);
