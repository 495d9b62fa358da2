import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '#town';
import { ask } from './client.ts';
import { town, useTown } from './each-town.ts';

let exchanges: Exchange[];
useTown(() => {
  exchanges = [];
  return { onExchange: (exchange) => exchanges.push(exchange) };
});

const messages = () => `/channels/${town.channel('#support').id}/messages`;

describe('the door', () => {
  test('a foreign Host or Origin is refused', async () => {
    const path = '/users/@me';
    expect((await ask(town, 'GET', path, undefined, { origin: town.origin })).status).toBe(200);
    for (const origin of ['https://evil.example', 'null'])
      expect((await fetch(`${town.api}/v10${path}`, { headers: { origin } })).status).toBe(403);
    const status = await new Promise((resolve, reject) =>
      request(`${town.api}/v10${path}`, { headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(403);
  });

  test('something else can live at the address', async () => {
    expect((await fetch(`${town.origin}/`)).status).toBe(404);
    town.mount({
      request(_, response, path) {
        if (path !== '/') return false;
        response.end('a page');
        return true;
      },
    });
    expect(await (await fetch(`${town.origin}/`)).text()).toBe('a page');
    expect((await ask(town, 'GET', '/users/@me')).status).toBe(200);
  });

  test('every exchange is told, with parsed bodies', async () => {
    await ask(town, 'POST', messages(), { content: 'x' });
    await ask(town, 'GET', `${messages()}?limit=1`);
    expect(exchanges).toMatchObject([
      {
        method: 'POST',
        path: `/api/v10${messages()}`,
        request: { content: 'x' },
        status: 200,
        response: { content: 'x' },
      },
      {
        method: 'GET',
        path: `/api/v10${messages()}`,
        query: { limit: '1' },
        status: 200,
        response: [{ content: 'x' }],
      },
    ]);
  });

  test('an upload is kept, described and served, and told as its payload', async () => {
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ content: 'see', attachments: [{ id: '0', description: 'A file' }] }));
    form.set('files[0]', new Blob(['inside'], { type: 'text/plain' }), 'a.txt');
    const response = await fetch(`${town.api}/v10${messages()}`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bot ${town.token}` },
    });
    const { attachments } = (await response.json()) as { attachments: [{ url: string }] };
    expect(attachments).toMatchObject([
      { filename: 'a.txt', size: 6, content_type: 'text/plain', description: 'A file' },
    ]);
    expect(await (await fetch(attachments[0].url)).text()).toBe('inside');
    expect(exchanges.at(-1)?.request).toMatchObject({ content: 'see' });
  });
});
