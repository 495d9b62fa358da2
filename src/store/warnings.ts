import type { SectionName } from '#settings/settings';

/** Something that does not stop the bot but that a host should hear of. */
export type Warning =
  /** Sections of a guild's stored settings no longer parse: its mode counts as off and the row is left as it is. */
  | { warning: 'unreadable settings'; guild: string; sections: readonly SectionName[] }
  /** A moderator saved these sections over ones that no longer parsed. */
  | { warning: 'unreadable settings replaced'; guild: string; sections: readonly SectionName[] }
  /** Rows of members were made under another key and cannot be reached: nobody gets a note until `acceptKey`. */
  | { warning: 'another key'; rows: number }
  /** There was no database where a key of one was: it is a new, empty one. */
  | { warning: 'begun anew'; path: string }
  /** A new key was made, and this is still the one before. */
  | { warning: 'new key not in use'; path: string }
  /** PostgreSQL does not answer: nobody gets a note until it does, and for a moment after. */
  | { warning: 'database away' }
  /** Why it cannot be had again, in words for a host; each reason once for each time that it is away. */
  | { warning: 'database still away'; why: string }
  | { warning: 'database back' };

export type OnWarning = (warning: Warning) => void;
