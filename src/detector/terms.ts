import type { Kind } from './reading.ts';

export const sensitivities = ['careful', 'balanced', 'keen'] as const;
/** `careful` names only what is surest, `keen` also what is likely. judge.ts says what each asks for. */
export type Sensitivity = (typeof sensitivities)[number];

/** The community's choices that a judgement depends on. */
export type Terms = { sensitivity: Sensitivity; kinds: readonly Kind[] };

/**
 * What notes are about unless a community says otherwise; the one place that says so. A list of what is in, not of what
 * is out: a kind that is new is not noted by itself. The other kinds are read but not noted, because text alone is
 * easily misread there.
 */
export const defaultTerms: Terms = {
  sensitivity: 'balanced',
  kinds: ['advice', 'silver-lining', 'cheerleading', 'explaining-away', 'interpreting', 'changing-subject'],
};
