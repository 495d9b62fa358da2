import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { openTown } from '@attune/town';
import { Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createClient } from '#discord/client';
import { createConnection } from '#discord/connection';
import { StartError } from '#discord/start-error';
import { createLog } from '#log';

/** A gateway in trouble: a start ends with what to do, and a bot that was there comes back without hammering. */

/** A Discord whose API tells of a gateway, and whose gateway does this. */
async function openDiscord(
  upgrade: (socket: Duplex, greet: (opened?: (socket: WebSocket) => void) => void, path: string) => void,
  api = () => true,
) {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo;
    const session_start_limit = { total: 9, remaining: 9, reset_after: 9_000, max_concurrency: 1 };
    if (!api()) return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit }));
  });
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    const greet = (opened = (_: WebSocket): void => undefined) => sockets.handleUpgrade(request, socket, head, opened);
    upgrade(socket, greet, request.url ?? '');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    [Symbol.dispose]() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

const open = (api: string, patience: number, token = 'token') =>
  createConnection({
    ...{ token, api, patience, log: createLog('silent'), wire: () => undefined },
    ...{ onAnswer: () => undefined, onMissed: () => undefined, onEnd: () => undefined },
  }).open();

describe('a start', () => {
  it.each([
    ['answers 503', (socket: Duplex) => void socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'), /\(503\)/],
    ['answers 429', (socket: Duplex) => void socket.end('HTTP/1.1 429 Too Many\r\n\r\n'), /\(429\)/],
    ['takes the connection and says nothing', () => undefined, /\(no answer\)/],
    ['opens the socket and says nothing', (_: Duplex, greet: () => void) => greet(), /\(no answer\)/],
  ])('whose gateway %s says so, and what to do', async (_, upgrade, says) => {
    using discord = await openDiscord(upgrade);
    const begun = performance.now();
    const error = await open(discord.api, 800).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StartError);
    expect(String(error)).toMatch(says);
    expect(String(error)).toMatch(/discordstatus\.com.*Start Attune again/);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });

  it('whose API hangs says so, too', async () => {
    using discord = await openDiscord(
      () => undefined,
      () => false,
    );
    await expect(open(discord.api, 800)).rejects.toThrow(/no answer/);
  });

  it('that takes its time, but goes on, is waited for', async () => {
    await using town = await openTown();
    void town.faults.next('GET /gateway/bot', { status: 429, retryAfter: 1 });
    const client = await open(town.api, 900, town.token);
    expect(client.isReady()).toBe(true);
    await client.destroy();
  });
});

it('a bot that was there tries again later each time, while the gateway lets nobody in, and is there again after', async () => {
  const tries: number[] = [];
  let isDown = false;
  let socket: WebSocket | undefined;
  using discord = await openDiscord((raw, greet) => {
    tries.push(performance.now());
    if (isDown) raw.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    else
      greet((opened) => {
        socket = opened;
        letIn(opened, discord.api.replace('http', 'ws').replace('/api', ''));
      });
  });
  const client = await loggedIn(discord.api);
  isDown = true;
  socket?.terminate();
  await expect.poll(() => tries.length, { timeout: 15_000 }).toBe(5);
  const pauses = tries.slice(2).map((time, at) => time - (tries[at + 1] ?? 0));
  // discord.js' own half second, and ours.
  for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThan(450 + 450 * 2 ** at);
  isDown = false;
  const back = once(client, Events.ShardReady);
  await back;
  // It was there again: the next break is mended at once.
  const from = performance.now();
  const again = once(client, Events.ShardReady);
  socket?.terminate();
  await again;
  expect(performance.now() - from).toBeLessThan(2_000);
  await client.destroy();
}, 40_000);

it('a bot begins anew where the place at which it should go on is gone', async () => {
  const sockets: WebSocket[] = [];
  using discord = await openDiscord((raw, greet, path) => {
    if (path.startsWith('/gone')) raw.end('HTTP/1.1 503 Service Unavailable\r\n\r\n');
    else
      greet((opened) => {
        sockets.push(opened);
        letIn(opened, discord.api.replace('http', 'ws').replace('/api', '/gone'));
      });
  });
  const client = await loggedIn(discord.api);
  const back = once(client, Events.ShardReady);
  sockets[0]?.terminate();
  await back;
  expect(sockets).toHaveLength(2);
  await client.destroy();
}, 40_000);

async function loggedIn(api: string) {
  const client = createClient({ api, messageContent: true });
  client.on(Events.ShardError, () => undefined);
  const ready = once(client, Events.ClientReady);
  await client.login('token');
  await ready;
  return client;
}

/** Hello, and ready for whoever identifies or resumes. */
function letIn(socket: WebSocket, url: string): void {
  const user = { id: '100000000000000001', username: 'attune', discriminator: '0', avatar: null, bot: true };
  const ready = { v: 10, user, guilds: [], session_id: 'one', resume_gateway_url: url };
  socket.on('message', (data: Buffer) => {
    const { op } = JSON.parse(data.toString()) as { op: number };
    if (op !== 2 && op !== 6) return;
    const d = { ...ready, application: { id: user.id, flags: 0 } };
    socket.send(JSON.stringify({ op: 0, s: 1, t: 'READY', d }));
  });
  socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
}
