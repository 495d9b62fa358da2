/** What the bot heard, as plain values: no Discord in it, and text only where a decision may need it. */

/** A pointer to a message; its author, where that is known. */
export type Ref = { channel: string; id: string; author?: string };

/** One message of a person in a support channel. */
export type Heard = {
  id: string;
  guild: string;
  channel: string;
  author: string;
  /** Milliseconds since the epoch, as the snowflake tells. */
  at: number;
  /** Of this message alone; '' for none. */
  text: string;
  /** The reply reference; 'deleted' when what was answered is no longer there. */
  answers?: Ref | 'deleted';
  /** The community leaves this person's replies alone. */
  exempt?: true;
};

/** Who spoke, where and when, in a message or in another way; `id` tells the order. */
export type Act = Pick<Heard, 'id' | 'guild' | 'channel' | 'author' | 'at'>;

/** An edit that changed what a person wrote (not a link preview); `at` is the time of the edit in ms. */
export type Edited = { id: string; channel: string; text: string; at: number };

/** Was the message `a` written after `b`? Snowflakes grow with time; a longer one is a larger one. */
export function isLater(a: string, b: string): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}
