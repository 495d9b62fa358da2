/** What is asked when somebody thanks for listening, and what comes of it. */

export type Thanking = {
  guild: string;
  channel: string;
  /** Who thanks. */
  by: string;
  locale: string;
  /** The reply, as Discord hands it along. `to`: whose message it refers to, where that is told. */
  reply: { id: string; author: string; text: string; answers?: string; to?: string; mentions: readonly string[] };
  /** Names the letter: a repeat would be the same message for Discord. */
  nonce: string;
};

/**
 * given: whether it reaches anybody is not told. before: they have thanked for it already. not theirs: it answers somebody
 * else. unclear: it cannot be told whom it answers. danger: somebody there may be in danger. old: it was long ago.
 */
export const thankedAs = ['given', 'before', 'not theirs', 'unclear', 'danger', 'old'] as const;
export type Thanked = (typeof thankedAs)[number];
