import { by, customIds } from '#panels/custom-ids';

/** The door to /nudges that a message may have: one press opens the presser's own panel, seen by them alone. */
export const nudgesDoor = customIds('nudges', { open: by('button') });
