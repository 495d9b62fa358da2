import { setTimeout as pause } from 'node:timers/promises';
import { DefaultRestOptions, HTTPError, type RateLimitData, type RESTOptions } from 'discord.js';

/** How requests are sent, and how long they wait when Discord, or a proxy before it, says "too many". */

/** Somebody said "too many": `again` in `wait` ms, or not at all. `route` is without ids and tokens. */
export type Limit = { method: string; route: string; wait: number; again: boolean };

/** A POST was sent and no answer came: it may or may not have been carried out. */
export class NoAnswer extends Error {
  override name = 'NoAnswer';
  constructor(options: ErrorOptions) {
    super('Discord gave no answer to a POST', options);
  }
}

/** `tries` of one request at most, each wait at most `longest` ms. */
type Patience = { tries: number; longest: number };
/** Somebody waits for the answer, or the caller tries again by itself. */
const usual: Patience = { tries: 4, longest: 15_000 };
/** Nobody can do anything before this one, and whoever starts the process anew would only ask more often. */
const atTheStart: Patience = { tries: 15, longest: 60 * 60_000 };
/** Where no wait is told, or none that makes sense: the first one, and the longest, in ms. Each is twice the last. */
const backOff = { first: 500, longest: 5 * 60_000 };

/** What discord.js is told about sending. `onLimit` hears of every limit. */
export function createRequests(
  onLimit: (limit: Limit) => void,
): Pick<RESTOptions, 'makeRequest' | 'rejectOnRateLimit' | 'retries'> {
  /** How often in a row each request under way was refused. */
  const refused = new Map<string, number>();
  const keyOf = (method: string | undefined, url: string) => `${method ?? 'GET'} ${url}`;

  const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
    const key = keyOf(init.method, url);
    const before = refused.get(key) ?? 0;
    refused.delete(key);
    const response = await send(url, init);
    if (response.status === 429) refused.set(key, before + 1);
    return response;
  };

  const rejectOnRateLimit = async ({ method, url, route, retryAfter }: RateLimitData) => {
    if (isOnTheWayOfANote(route)) return true;
    const key = keyOf(method, url);
    const times = refused.get(key) ?? 0;
    const { tries, longest } = route === '/gateway/bot' ? atTheStart : usual;
    const ownWait = Math.min(backOff.first * 2 ** (times - 1), backOff.longest);
    const isTold = retryAfter > 0;
    const wait = isTold ? retryAfter : ownWait;
    const again = times < tries && wait <= longest;
    onLimit({ method, route, wait, again });
    if (!again) refused.delete(key);
    // discord.js waits for what it was told; where it was told nothing, or that did not help, it is given more time.
    else if (!isTold || times > 1) await pause(ownWait);
    return !again;
  };

  return { makeRequest, rejectOnRateLimit, retries: 2 };
}

/**
 * Limits on the way of a note are not waited for inside a request: whoever asks sees them as a RateLimitError, and asks
 * again whether the note is still wanted before it tries anew.
 */
const isOnTheWayOfANote = (route: string): boolean =>
  route.startsWith('/users/@me/channels') || route.startsWith('/channels/');

/**
 * Sends a request. discord.js repeats requests after a 5xx, a time-out or a broken connection; a POST (a message, an
 * interaction's answer) might then happen twice, so these fail at the first time: with an HTTPError (5xx) or NoAnswer.
 * A 429 was not carried out, and is repeated.
 */
const send: RESTOptions['makeRequest'] = async (url, init) => {
  if (init.method !== 'POST') return DefaultRestOptions.makeRequest(url, init);
  const response = await DefaultRestOptions.makeRequest(url, init).catch((cause: unknown) => {
    throw new NoAnswer({ cause });
  });
  if (response.status < 500) return response;
  await response.arrayBuffer().catch(() => undefined);
  throw new HTTPError(response.status, response.statusText, 'POST', url, { body: undefined, files: undefined });
};
