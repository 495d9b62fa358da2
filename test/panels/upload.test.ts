import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { bytesAt } from '#panels/upload';

async function served(answer: RequestListener) {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/file`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

it('reads a file to its end, as far as it may be long', async () => {
  await using server = await served((_, response) => response.end('x'.repeat(1_000)));
  expect(await bytesAt(server.url, 1_000)).toEqual(Buffer.from('x'.repeat(1_000)));
  expect(await bytesAt(server.url, 999)).toBe('too large');
});

it('does not read on when there is more than was said', async () => {
  let ended = false;
  await using server = await served((_, response) => {
    response.on('close', () => {
      ended = true;
    });
    const more = () => {
      while (!ended && response.write('x'.repeat(64_000)));
    };
    response.on('drain', more);
    more();
  });
  expect(await bytesAt(server.url, 100_000)).toBe('too large');
  await expect.poll(() => ended).toBe(true);
});

it.each<[string, RequestListener]>([
  ['is not there', (_, response) => response.writeHead(404).end('gone')],
  [
    'breaks off',
    (_, response) => response.writeHead(200, { 'content-length': 10 }).write('x', () => response.destroy()),
  ],
  ['never comes', () => undefined],
])('a file that %s is out of reach', async (_, answer) => {
  await using server = await served(answer);
  expect(await bytesAt(server.url, 1_000)).toBe('out of reach');
});
