import type { Kind } from '#detector/reading';
import type { Terms } from '#detector/terms';
import { type Pace, pacesFrom } from '#settings/pace';
import type { Settings } from '#settings/settings';

/** What the moderators of a server chose of what notes can be. */

/** By which terms replies are judged there. */
export const termsIn = ({ notes }: Settings): Terms => notes;

/** What a member may choose among there: what notes are about, and how often they come at most. */
export type Choices = { kinds: readonly Kind[]; paces: readonly Pace[] };
export const choicesIn = ({ notes }: Settings): Choices => ({ kinds: notes.kinds, paces: pacesFrom(notes.fastest) });
