import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createClient } from '#discord/client';
import type { Limit } from '#discord/requests';

/** Discord, or a proxy before it, says "too many": asked again a few times, each time later, and told to whoever runs it. */

type Answer = (response: ServerResponse) => void;
const refuse =
  (headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(429, { 'content-type': 'text/html', ...headers }).end('<html>error 1015</html>');
const fine: Answer = (response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"1"}');

async function openServer(answer: (n: number) => Answer) {
  const times: number[] = [];
  const limits: Limit[] = [];
  const server = createServer((request, response) => {
    request.resume();
    times.push(performance.now());
    answer(times.length)(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const client = createClient({ api, messageContent: true, onLimit: (limit) => limits.push(limit) });
  client.rest.setToken('token');
  return {
    ...{ times, limits, rest: client.rest },
    async [Symbol.asyncDispose]() {
      await client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

const routes = [
  ['POST', '/interactions/100000000000000001/secret/callback'],
  ['PATCH', '/webhooks/100000000000000001/secret/messages/@original'],
  ['GET', '/applications/100000000000000001/commands'],
  ['GET', '/guilds/100000000000000001'],
] as const;
const never: Record<string, Record<string, string>> = {
  'with a date': { 'retry-after': 'Wed, 21 Oct 2065 07:28:00 GMT' },
  'with a time that is over': { 'retry-after': '-5' },
  'with nonsense': { 'retry-after': 'soon', 'x-ratelimit-reset-after': 'never', 'x-ratelimit-remaining': '-1' },
};

const cases = [
  ...routes.map((route) => [...route, 'without a word of when', {}] as const),
  ...Object.entries(never).map(([how, headers]) => [...routes[0], how, headers] as const),
];

describe.concurrent('refused without end', () => {
  it.each(cases)('%s %s, %s: ends after a few tries, each later than the last', async (method, route, _, headers) => {
    await using server = await openServer(() => refuse(headers));
    const asked = server.rest.request({ method: method as never, fullRoute: route, body: {} });
    await expect(asked).rejects.toBeInstanceOf(RateLimitError);
    const { times, limits } = server;
    expect(times.length).toBeGreaterThan(2);
    expect(times.length).toBeLessThanOrEqual(5);
    const pauses = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThan(400 * 2 ** at);
    expect(limits).toHaveLength(times.length);
    expect(limits.at(-1)).toMatchObject({ method, again: false });
    expect(JSON.stringify(limits)).not.toContain('secret');
  });
});

describe.concurrent('a limit', () => {
  const webhook = '/webhooks/100000000000000001/secret';

  it('is waited for as long as Discord says', async () => {
    await using server = await openServer((n) => (n === 1 ? refuse({ 'retry-after': '1' }) : fine));
    await expect(server.rest.post(webhook, { body: {}, auth: false })).resolves.toEqual({ id: '1' });
    expect((server.times[1] ?? 0) - (server.times[0] ?? 0)).toBeGreaterThan(950);
    expect(server.limits).toMatchObject([{ again: true, wait: expect.any(Number) }]);
  });

  it.each(['300', '4000000', '99999999999999', 'Infinity'])('that takes too long is not: %s s', async (wait) => {
    await using server = await openServer(() => refuse({ 'retry-after': wait }));
    const asked = server.rest.post(webhook, { body: {}, auth: false });
    await expect(asked).rejects.toBeInstanceOf(RateLimitError);
    expect(server.times).toHaveLength(1);
  });

  it('of everything at once lets nothing hang', async () => {
    await using server = await openServer(() => refuse({ 'retry-after': '600', 'x-ratelimit-global': 'true' }));
    const asked = routes.map(([method, route]) =>
      server.rest.request({ method: method as never, fullRoute: route, body: {} }),
    );
    for (const outcome of await Promise.allSettled(asked)) expect(outcome.status).toBe('rejected');
    expect(server.times.length).toBeLessThanOrEqual(routes.length);
  });

  it('that is over is forgotten', async () => {
    await using server = await openServer((n) => (n % 2 === 1 ? refuse() : fine));
    for (let turn = 0; turn < 3; turn++)
      await expect(server.rest.post(webhook, { body: {}, auth: false })).resolves.toEqual({ id: '1' });
    for (const at of [0, 2, 4]) {
      const pause = (server.times[at + 1] ?? 0) - (server.times[at] ?? 0);
      expect(pause).toBeLessThan(900);
    }
  });
});
