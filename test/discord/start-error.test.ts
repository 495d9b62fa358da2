import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { isRefusedIntent, refusedToken, StartError, startError } from '#discord/start-error';

const api = 'http://127.0.0.1:1/api';
const none = { body: undefined, files: undefined };

const limit = {
  ...{ global: false, method: 'GET', url: api, route: '/gateway/bot', majorParameter: '', hash: '', limit: 1 },
  ...{ timeToReset: 1, retryAfter: 1, sublimitTimeout: 0, scope: 'user' as const },
};

describe('why a bot did not start', () => {
  it.each([
    ['a refused token', new DiscordAPIError({ code: 0, message: '401' }, 0, 401, 'GET', api, none), refusedToken],
    ['a failing Discord', new HTTPError(503, 'x', 'GET', api, none), /cannot be reached at http.*503/],
    [
      'an API without this path',
      new DiscordAPIError({ code: 0, message: '' }, 0, 404, 'GET', api, none),
      /not Discord's API.*DISCORD_API_URL/,
    ],
    ['a page in its place', new SyntaxError('Unexpected token <'), /not Discord's API.*DISCORD_API_URL/],
    ['a limit', new RateLimitError(limit), /too many requests/],
    ['a gateway in trouble', new Error('Unexpected server response: 503'), /gateway .*\(503\)/],
    ['a gateway that hangs', new Error('Opening handshake has timed out'), /gateway .*\(no answer\)/],
    ['no network', Object.assign(new Error('secret'), { code: 'ECONNREFUSED' }), /ECONNREFUSED.*DISCORD_API_URL/],
  ])('%s is said with what to do', (_, error, words) => {
    expect(startError(error, api)).toBeInstanceOf(StartError);
    expect(startError(error, api).message).toMatch(words);
  });

  it('leaves other errors as they are', () => {
    const bug = new TypeError('x');
    expect(startError(bug, api)).toBe(bug);
    const known = new StartError('y');
    expect(startError(known, api)).toBe(known);
  });

  it('knows a refused intent from other errors', () => {
    expect(isRefusedIntent(new Error('Used disallowed intents'))).toBe(true);
    expect(isRefusedIntent(new Error('An invalid token was provided'))).toBe(false);
  });
});
