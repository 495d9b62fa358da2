import type { Kind, Reading, Reason } from '#detector/reading';
import type { StandingReason } from './decide.ts';
import type { LeftReason } from './reply.ts';

/** Where on the way something failed. */
export type Stage = 'screen' | 'standing' | 'conversation' | 'poster' | 'read' | 'judge' | 'count' | 'claim' | 'send';

/** Why, as one would say it: "left alone: asked for". */
export type DecisionReason =
  | LeftReason
  | StandingReason
  | Reason
  | 'looks fine'
  | 'landed'
  | 'cannot be read'
  | 'unclear who'
  | 'it had ended'
  | 'post without words'
  | 'poster left out'
  | 'settings changed'
  | 'not claimed'
  | 'not there any more'
  | 'sending stopped'
  | 'answer lost'
  | 'not sent'
  | 'something failed';

/**
 * What became of one reply (or of one message that was no reply); never message text, except for the words that
 * show the kind, which are in `words` and `reading`.
 */
export type Decision = {
  guild: string;
  channel: string;
  messages: readonly string[];
  replier: string;
  /** The message that was answered. */
  post?: string;
  /** `counted`: would have got a note, but the guild only observes. */
  outcome: 'nudged' | 'counted' | 'left alone' | 'failed';
  kind?: Kind;
  words?: string;
  reason: DecisionReason;
  /** With `failed`: where; with `nudged`: `count` when the note went out and could not be counted. */
  stage?: Stage;
  reading?: Reading;
};
