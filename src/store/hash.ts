import { createHmac, createSecretKey } from 'node:crypto';

/** The names under which the database knows members and messages. All of them begin with the key's generation. */
export type Hashes = {
  /** A short fingerprint of the key, so that rows made under another key can be told apart. */
  generation: string;
  member(guild: string, user: string): string;
  message(id: string): string;
  /** The same member beside what they said that they need: that message names them to all, and must not name `member`. */
  needer(guild: string, user: string): string;
  /** A member in one channel or thread. */
  need(guild: string, place: string, user: string): string;
  /** A member who thanks for a message. */
  thanks(user: string, message: string): string;
  /** At most 25 characters (Discord's limit), the same for the same messages: a repeated send carries the same nonce. */
  nonce(messages: readonly string[]): string;
};

/**
 * Keyed hashes (HMAC-SHA-256) under the member key.
 *
 * Why a user id cannot be got back from one without the key: Discord's ids are not secret and there are few enough of
 * them to try each one, so a plain hash would fall to a list of guesses. Here every guess needs the 256-bit key, which
 * is kept outside the database and its backups. Who has both can test a guess; so never store them together.
 * The guild is hashed in as well: the same person in two guilds has two names that cannot be linked.
 */
export function hashesUnder(secret: string): Hashes {
  if (secret.trim() === '') throw new TypeError('The member key is empty.');
  const key = createSecretKey(secret, 'utf8');
  // Each use has its own prefix and ids are digits only, so no two uses can produce the same input.
  const hmac = (use: string, ...parts: string[]) =>
    createHmac('sha256', key)
      .update([use, ...parts].join('/'))
      .digest('base64url');
  const generation = hmac('generation').slice(0, 8);
  return {
    generation,
    member: (guild, user) => `${generation}.${hmac('member', guild, user)}`,
    needer: (guild, user) => `${generation}.${hmac('needer', guild, user)}`,
    need: (guild, place, user) => `${generation}.${hmac('need', guild, place, user)}`,
    thanks: (user, message) => `${generation}.${hmac('thanks', user, message)}`,
    message: (id) => `${generation}.${hmac('message', id)}`,
    nonce: (messages) => hmac('nonce', ...messages).slice(0, 25),
  };
}
