import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** The names under which the database knows members and messages. All of them begin with the key's generation. */
export type Hashes = {
  /** A short fingerprint of the key, so that rows made under another key can be told apart. */
  generation: string;
  /** The generations of the key before something was added to it, the first one first. */
  earlier: readonly string[];
  /** The name of today for one of an earlier generation, without knowing whom it names. */
  carried(name: string): string;
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

/** Behind the first secret stands what was added to it, once or more often (`npm run rotate-key`). */
const added = /(?:\.[0-9a-f]{64})*$/;

/** The secrets of a key, in the order in which they are used. */
function secretsIn(key: string): string[] {
  const at = key.search(added);
  return [key.slice(0, at), ...key.slice(at).split('.').slice(1)];
}

/**
 * Keyed hashes (HMAC-SHA-256) under the member key.
 *
 * Why a user id cannot be got back from one without the key: Discord's ids are not secret and there are few enough of
 * them to try each one, so a plain hash would fall to a list of guesses. Here every guess needs the 256-bit key, which
 * is kept outside the database and its backups. Who has both can test a guess; so never store them together.
 * The guild is hashed in as well: the same person in two guilds has two names that cannot be linked.
 *
 * How the key changes though nobody's id is stored: a secret is added behind the ones before, and each name is hashed
 * once more with it, `HMAC(k2, HMAC(k1, id))`. That needs no id, so all rows move at once (carry-over.ts) and nobody's
 * wish is lost. Who got hold of the key of before and of the database of today can test nothing: each guess needs k2 as
 * well, and under a secret that they do not have HMAC's output looks like chance. What they do not need to guess, which
 * names belong to one row, was in the database before as well. Two members are given one name only where HMAC-SHA-256
 * collides. The earlier secrets remain a part of the key: with k2 alone no name can be computed.
 */
export function hashesUnder(key: string): Hashes {
  const [first = '', ...later] = secretsIn(key);
  if (first.trim() === '') throw new TypeError('The member key is empty.');
  const root = createSecretKey(first, 'utf8');
  const secrets = later.map((secret) => createSecretKey(secret, 'utf8'));
  // Each use has its own prefix and ids are digits only, so no two uses can produce the same input.
  const under = (some: readonly KeyObject[], use: string, ...parts: string[]) =>
    again(some, digest(root, [use, ...parts].join('/')));
  const hmac = (use: string, ...parts: string[]) => under(secrets, use, ...parts);
  const generations = [root, ...secrets].map((_, n) => under(secrets.slice(0, n), 'generation').slice(0, SHORT));
  const generation = generations.at(-1) ?? '';
  const earlier = generations.slice(0, -1);
  return {
    generation,
    earlier,
    carried(name) {
      const from = earlier.indexOf(name.slice(0, SHORT));
      if (from === -1) throw new RangeError('This name is of no earlier generation.');
      return `${generation}.${again(secrets.slice(from), name.slice(SHORT + 1))}`;
    },
    member: (guild, user) => `${generation}.${hmac('member', guild, user)}`,
    needer: (guild, user) => `${generation}.${hmac('needer', guild, user)}`,
    need: (guild, place, user) => `${generation}.${hmac('need', guild, place, user)}`,
    thanks: (user, message) => `${generation}.${hmac('thanks', user, message)}`,
    message: (id) => `${generation}.${hmac('message', id)}`,
    nonce: (messages) => hmac('nonce', ...messages).slice(0, 25),
  };
}

/** How long a generation is. */
const SHORT = 8;

const digest = (key: KeyObject, text: string) => createHmac('sha256', key).update(text).digest('base64url');

/** Hashed once more with each of these; the prefix keeps it apart from every first hash. */
const again = (secrets: readonly KeyObject[], hash: string) =>
  secrets.reduce((inner, secret) => digest(secret, `again/${inner}`), hash);
