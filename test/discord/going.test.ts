import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { openTown } from '@attune/town';
import { Events } from 'discord.js';
import { expect, it } from 'vitest';
import { createClient } from '#discord/client';

/** A client that goes just when a connection is being made: discord.js loses sight of it. */

it('takes the socket that is being opened along, and its end is no fault', async () => {
  const faults: unknown[] = [];
  const fault = (error: unknown) => faults.push(error);
  process.on('uncaughtException', fault);
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo;
    const session_start_limit = { total: 9, remaining: 9, reset_after: 9_000, max_concurrency: 1 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createClient({ api: `http://127.0.0.1:${port}/api`, messageContent: true });
  const asked = once(server, 'upgrade') as Promise<[unknown, Duplex]>;
  client.login('token').catch(() => undefined);
  const [, socket] = await asked;
  const gone = once(socket.resume(), 'end');
  socket.on('error', () => undefined);
  await client.destroy();
  await gone;
  expect(faults).toEqual([]);
  process.off('uncaughtException', fault);
  socket.destroy();
  server.close();
});

it('does not come back when it goes in the pause after a connection that broke', async () => {
  await using town = await openTown();
  const client = createClient({ api: town.api, messageContent: true });
  const ready = once(client, Events.ClientReady);
  await client.login(town.token);
  await ready;
  const pausing = once(client, Events.ShardReconnecting);
  town.gateway.drop();
  await pausing;
  await client.destroy();
  // Nothing tells that nothing happens: the pause is half a second.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(town.gateway.greeted).toMatchObject({ identifies: 1, resumes: 0 });
});
