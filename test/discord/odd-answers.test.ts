import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { REST } from 'discord.js';
import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '#discord/client';
import { createDelivery } from '#discord/deliver';
import { createLog } from '#log';

/** Whatever a server answers on the last step: one message at most, a plain outcome in time, and no error that is lost. */

type Odd = (response: ServerResponse) => void;
const json = (status: number, text: string, headers: Record<string, string> = {}): Odd => {
  return (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
};
const isLimit = (name: string) => name.startsWith('a limit');
const later = 'Wed, 21 Oct 2065 07:28:00 GMT';
const odd: Record<string, Odd> = {
  'no JSON': json(200, 'gateway says hello', { 'content-type': 'text/html' }),
  'broken JSON': json(200, '{"id":'),
  'JSON that is null': json(200, 'null'),
  'a list': json(200, '[]'),
  'a word': json(200, '"id"'),
  'an object without an id': json(200, '{}'),
  'nothing (204)': (response) => void response.writeHead(204).end(),
  'a redirect': json(302, '', { location: '/elsewhere' }),
  'a refusal that is no JSON': json(403, '<html>banned</html>', { 'content-type': 'text/html' }),
  'a refusal that is a word': json(403, '"no"'),
  'a refusal that is null': json(400, 'null'),
  'a refusal without a code': json(403, '{}'),
  'a refusal with a code that is text': json(403, '{"code":"50007","message":7}'),
  'broken JSON with a refusal': json(400, '{"code":'),
  'a limit without a word': json(429, ''),
  'a limit until a date': json(429, '{}', { 'retry-after': later }),
  'a limit that is over': json(429, '{}', { 'retry-after': '-5' }),
  'a limit that says nonsense': json(429, '{}', { 'retry-after': 'soon', 'x-ratelimit-reset-after': 'never' }),
  'a limit for everything': json(429, '{}', { 'retry-after': '9', 'x-ratelimit-global': 'true' }),
  'an empty bucket': json(200, '{"id":"7"}', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset-after': '99' }),
  'a teapot': json(418, '{}'),
  'a failure that is cut': (response) => void response.writeHead(500, { 'content-length': '10' }).write('x'),
  'half a header': (response) => void response.socket?.end('HTTP/1.1 200 O'),
  'no HTTP at all': (response) => void response.socket?.end('hello\r\n\r\n'),
  'too few bytes': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' }).write('{"id":"7"}');
    setTimeout(() => response.socket?.destroy(), 20);
  },
  'a byte now and then': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(drip));
  },
};

const lost: unknown[] = [];
process.on('unhandledRejection', (error) => lost.push(error));
afterAll(() => expect(lost).toEqual([]));

/** A server that answers the first request to `route` oddly and all others well; and a delivery that speaks to it. */
async function open(route: string, answer: Odd, more: { mayAsk?: () => boolean } = {}) {
  const asked: string[] = [];
  const seen: Record<string, number> = {};
  const server = createServer((request, response) => {
    request.resume();
    const what = request.url?.endsWith('/messages') ? 'messages' : 'opening';
    asked.push(what);
    seen[what] = (seen[what] ?? 0) + 1;
    if (what === route && seen[what] === 1) answer(response);
    else json(200, what === 'opening' ? '{"id":"100000000000000007"}' : '{"id":"8"}')(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const client = createClient({ api, messageContent: true });
  client.rest.setToken('token');
  const log = createLog('silent');
  const { mayAsk = () => true } = more;
  const delivery = createDelivery({
    ...{ rest: () => client.rest as unknown as REST, mayAsk, log, now: Date.now },
    ...{ gap: 5, backOff: 600_000, deadline: 1_500 },
  });
  const deliver = (user = '100000000000000001', isWanted = () => true) =>
    delivery.inTurn('1', (send) => send({ user, letter: { components: [], flags: 0 }, nonce: 'n', isWanted }));
  return {
    ...{ asked, delivery, deliver },
    async [Symbol.asyncDispose]() {
      await delivery.stop(0);
      await client.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.concurrent.each(['opening', 'messages'])('%s is answered with', (route) => {
  it.each(Object.entries(odd))('%s', async (name, answer) => {
    await using server = await open(route, answer);
    const { asked, deliver } = server;
    const begun = performance.now();
    const sent = await deliver();
    expect(performance.now() - begun).toBeLessThan(2_500);
    expect(['sent', 'unknown', 'failed']).toContain(sent);
    // Nobody gets it twice: another try only after a limit, and none after it may have arrived.
    expect(asked.filter((what) => what === route)).toHaveLength(isLimit(name) && sent === 'sent' ? 2 : 1);
    expect(asked.filter((what) => what !== route).length).toBeLessThanOrEqual(1);
    if (sent === 'sent') expect(asked.at(-1)).toBe('messages');
    const next = await deliver('100000000000000002');
    expect(['sent', 'failed']).toContain(next);
  });
});

describe('a delivery', () => {
  const fine = json(200, '{"id":"100000000000000007"}');

  it('asks nothing when it is not wanted, and stops when it no longer is', async () => {
    await using server = await open('opening', fine);
    const { asked, deliver } = server;
    expect(await deliver('100000000000000001', () => false)).toBe('not wanted');
    expect(asked).toEqual([]);
    let left = 1;
    expect(await deliver('100000000000000001', () => left-- > 0)).toBe('not wanted');
    expect(asked).toEqual(['opening']);
  });

  it('asks nothing while the process was refused too often', async () => {
    await using server = await open('opening', fine, { mayAsk: () => false });
    const { asked, deliver } = server;
    expect(await deliver()).toBe('failed');
    expect(asked).toEqual([]);
  });

  it('asks nothing when the claim took all of its time', async () => {
    await using server = await open('opening', fine);
    const { asked, delivery } = server;
    const letter = { components: [], flags: 0 };
    const sent = await delivery.inTurn('1', async (send) => {
      await new Promise((resolve) => setTimeout(resolve, 1_600));
      return send({ user: '100000000000000001', letter, nonce: 'n', isWanted: () => true });
    });
    expect(sent).toBe('failed');
    expect(asked).toEqual([]);
  });

  it('passes on what fails in the work, and goes on with the next', async () => {
    await using server = await open('opening', fine);
    const { delivery, deliver } = server;
    await expect(
      delivery.inTurn('1', async () => {
        throw new RangeError('the claim failed');
      }),
    ).rejects.toThrow(RangeError);
    expect(await deliver()).toBe('sent');
  });

  it('sends nothing after the stop', async () => {
    await using server = await open('opening', fine);
    const { asked, delivery, deliver } = server;
    const waiting = [deliver(), deliver(), deliver()];
    await delivery.stop(1_000);
    expect(new Set(await Promise.all(waiting)).has('stopped')).toBe(true);
    const before = asked.length;
    expect(await deliver()).toBe('stopped');
    expect(asked).toHaveLength(before);
  });
});
