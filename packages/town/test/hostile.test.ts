import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ask } from './client.ts';
import { town, useTown } from './each-town.ts';

/** Whatever comes to the door, from a foreign page or a program: it is refused, and the town goes on. */

useTown();
const goesOn = async () => expect((await ask(town, 'GET', '/users/@me')).status).toBe(200);

/** The first line of what is answered to these bytes. */
async function says(bytes: string): Promise<string> {
  const socket = connect(town.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes.replaceAll('HOST', `127.0.0.1:${town.port}`));
  const answer = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  socket.destroy();
  return String(answer[0]).split('\r\n')[0] ?? '';
}
const handshake = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: x';

describe('a path that is none', () => {
  const paths = ['//', '///', '//[', 'http://[', '/\\', '/%', '/%E0%A4%A', '*', '/gateway?v=%', '/'.repeat(4_000)];

  test.each(paths)('%j ends nothing, by whichever door and from wherever', async (path) => {
    for (const origin of ['http://evil.example', 'http://HOST'])
      for (const more of [`origin: ${origin}`, `origin: ${origin}\r\n${handshake}`])
        expect(await says(`GET ${path} HTTP/1.1\r\nhost: HOST\r\n${more}\r\n\r\n`)).toMatch(
          /^HTTP\/1\.1 (400|403|404)/,
        );
    await goesOn();
  });

  test('a foreign page cannot open a socket', async () => {
    for (const path of ['/gateway', '//', '/town']) {
      const socket = new WebSocket(`ws://127.0.0.1:${town.port}${path}`, { origin: 'https://evil.example' });
      const [error] = (await once(socket, 'error')) as [Error];
      expect(error.message).toMatch(/403|400/);
    }
    await goesOn();
  });
});

describe('what a program sends to the gateway', () => {
  const odd: unknown[] = [{ toString: 1, valueOf: 1 }, [[]], null, 1e300, -1, 1.5, '', '👩‍👩‍👧', { length: -1 }];
  const forms = (value: unknown) => [
    { op: value },
    { op: 1, d: value },
    { op: 2, d: value },
    { op: 2, d: { token: value } },
    { op: 2, d: { token: town.token, intents: value } },
    { op: 2, d: { token: town.token, intents: 1, shard: value } },
    { op: 2, d: { token: town.token, intents: 1, shard: [0, value] } },
    { op: 6, d: { token: town.token, session_id: value, seq: value } },
  ];
  const afterwards = (value: unknown) => [
    { op: 8, d: { guild_id: value } },
    { op: 8, d: { guild_id: town.guild.id, user_ids: [value], limit: value, nonce: value } },
    { op: 8, d: { guild_id: town.guild.id, query: value, limit: value } },
    { op: 3, d: value },
  ];

  test.each(odd)('with %j in every field, before it is known and after, ends nothing', async (value) => {
    const sockets = [];
    for (const [at, message] of [...forms(value), ...afterwards(value)].entries()) {
      const socket = new WebSocket(`ws://127.0.0.1:${town.port}/gateway`);
      sockets.push(socket);
      socket.on('error', () => undefined);
      await once(socket, 'message');
      if (at >= forms(value).length) {
        socket.send(JSON.stringify({ op: 2, d: { token: town.token, intents: 1 } }));
        await once(socket, 'message');
      }
      socket.send(JSON.stringify(message));
    }
    await town.person('ana').says('#support', 'hello');
    for (const socket of sockets) socket.terminate();
    await goesOn();
  });

  test('a message that is too long ends its socket', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${town.port}/gateway`);
    await once(socket, 'message');
    socket.send(JSON.stringify({ op: 1, d: 'x'.repeat(100_000) }));
    await once(socket, 'close');
    await goesOn();
  });
});

describe('requests that do not end', () => {
  test('hold no more than two whole uploads in memory, all together', async () => {
    const before = process.memoryUsage().rss;
    const sockets: Socket[] = [];
    const half = Buffer.alloc(28 * 1024 * 1024, 'x');
    for (let n = 0; n < 20; n++) {
      const socket = connect(town.port, '127.0.0.1');
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.write(
        `POST /api/v10/channels/1/messages HTTP/1.1\r\nhost: 127.0.0.1:${town.port}\r\n` +
          `content-type: application/json\r\ncontent-length: ${half.length + 1}\r\n\r\n`,
      );
      socket.write(half);
    }
    // All but those that fit.
    await new Promise<void>((resolve) => {
      let refused = 0;
      for (const socket of sockets)
        socket.on('close', () => {
          refused += 1;
          if (refused === 18) resolve();
        });
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(250 * 1024 * 1024);
    await goesOn();
    for (const socket of sockets) socket.destroy();
    await goesOn();
  });

  test('one that says how long it is, and is too long, is not read', async () => {
    const head = `POST /api/v10/users/@me/channels HTTP/1.1\r\nhost: HOST\r\ncontent-length: ${40 * 1024 * 1024}\r\n\r\n`;
    expect(await says(head)).toMatch(/^HTTP\/1\.1 413/);
    await goesOn();
  });
});
