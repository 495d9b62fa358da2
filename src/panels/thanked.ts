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

export type Thanked =
  /** Whether it reaches anybody is not told. */
  | 'given'
  /** They have thanked for it already. */
  | 'before'
  /** It answers somebody else. */
  | 'not theirs'
  /** It cannot be told whom it answers. */
  | 'unclear'
  /** Somebody there may be in danger. */
  | 'danger'
  /** It was long ago. */
  | 'old';

/** `answer` tells the one who thanks what came of it; only after that is anything done that others would not bring about. */
export type Thank = (asked: Thanking, answer: (thanked: Thanked) => Promise<unknown>) => Promise<void>;
