import type { Kind } from '#detector/reading';
import { defaultTerms, type Terms } from '#detector/terms';
import { type Pace, paces } from '#settings/pace';
import type { Settings } from '#settings/settings';

/** What the moderators of a server chose of what notes can be. Today it is the same everywhere: only here it would change. */

/** By which terms replies are judged there. */
export const termsIn = (_: Settings): Terms => defaultTerms;

/** What a member may choose among there: what notes are about, and how often they come at most. */
export type Choices = { kinds: readonly Kind[]; paces: readonly Pace[] };
export const choicesIn = (settings: Settings): Choices => ({ kinds: termsIn(settings).kinds, paces });
