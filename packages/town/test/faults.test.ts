import { describe, expect, test, vi } from 'vitest';
import { ask, logIn } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

const messages = () => `/channels/${town.channel('#support').id}/messages`;

describe('trouble', () => {
  const route = 'POST /channels/:id/messages';
  const said = () => [...(town.world.messages.get(town.channel('#support').id)?.values() ?? [])].length;

  test('a status, as often as asked, for that route only', async () => {
    void town.faults.next(route, { status: 500, times: 2 });
    expect((await ask(town, 'GET', messages())).status).toBe(200);
    expect((await ask(town, 'POST', messages(), { content: 'x' })).status).toBe(500);
    expect((await ask(town, 'POST', messages(), { content: 'x' })).status).toBe(500);
    expect((await ask(town, 'POST', messages(), { content: 'x' })).status).toBe(200);
    expect(said()).toBe(1);
  });

  test('a code, for one channel', async () => {
    void town.faults.next(`POST ${messages()}`, {
      status: 403,
      code: 50007,
      message: 'Cannot send messages to this user',
    });
    expect(
      (await ask(town, 'POST', `/channels/${town.channel('#general').id}/messages`, { content: 'x' })).status,
    ).toBe(200);
    expect((await ask(town, 'POST', messages(), { content: 'x' })).body).toEqual({
      code: 50007,
      message: 'Cannot send messages to this user',
    });
  });

  test('429 with its headers, which the client waits out', async () => {
    await using bot = await logIn(town);
    void town.faults.next('GET /users/:user', { status: 429, retryAfter: 0.05 });
    const raw = await ask(town, 'GET', `/users/${town.person('ana').id}`);
    expect(raw.body).toEqual({ message: 'You are being rate limited.', code: 0, retry_after: 0.05, global: false });
    expect(raw.headers.get('retry-after')).toBe('1');
    expect(raw.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(raw.headers.get('x-ratelimit-scope')).toBe('user');
    void town.faults.next('GET /users/:user', { status: 429, retryAfter: 0.05 });
    expect((await bot.client.users.fetch(town.person('ana').id)).username).toBe('ana');
  });

  test('the page of a proxy, without a word of when to come back', async () => {
    void town.faults.next(route, { status: 429, page: true });
    const response = await fetch(`${town.api}/v10${messages()}`, {
      method: 'POST',
      headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json' },
      body: '{"content":"x"}',
    });
    expect(response.status).toBe(429);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect([...response.headers.keys()].filter((name) => /rate|retry/.test(name))).toEqual([]);
    expect(await response.text()).toContain('<title>429</title>');
    expect(said()).toBe(0);
  });

  test('an answer that is lost: it has happened', async () => {
    const struck = town.faults.next(route, { loseAnswer: true });
    await expect(ask(town, 'POST', messages(), { content: 'x' })).rejects.toThrow();
    await struck;
    expect(said()).toBe(1);
  });

  test('a connection that is cut, or never answered: it has not happened', async () => {
    void town.faults.next(route, { drop: true });
    await expect(ask(town, 'POST', messages(), { content: 'x' })).rejects.toThrow();
    const struck = town.faults.next(route, { hang: true });
    const abort = new AbortController();
    const asking = fetch(`${town.api}/v10${messages()}`, {
      method: 'POST',
      body: '{"content":"x"}',
      headers: { authorization: `Bot ${town.token}` },
      signal: abort.signal,
    });
    await struck;
    abort.abort();
    await expect(asking).rejects.toThrow();
    expect(said()).toBe(0);
  });

  test('an answer that is late', async () => {
    void town.faults.next(route, { delayAnswer: 80 });
    const begun = performance.now();
    const asking = ask(town, 'POST', messages(), { content: 'x' });
    await vi.waitUntil(() => said() === 1, { interval: 5 });
    expect((await asking).status).toBe(200);
    expect(performance.now() - begun).toBeGreaterThan(75);
  });

  test('an answer that stops in its middle: it has happened', async () => {
    void town.faults.next(route, { stallAnswer: true });
    const abort = new AbortController();
    const answer = await fetch(`${town.api}/v10${messages()}`, {
      method: 'POST',
      body: '{"content":"x"}',
      headers: { authorization: `Bot ${town.token}` },
      signal: abort.signal,
    });
    expect([answer.status, said()]).toEqual([200, 1]);
    const reader = answer.body?.getReader();
    const begun = new TextDecoder().decode((await reader?.read())?.value);
    expect(() => JSON.parse(begun)).toThrow();
    const rest = reader?.read();
    abort.abort();
    await expect(rest).rejects.toThrow();
  });

  test('what has not happened can be forgotten', async () => {
    void town.faults.next(route, { status: 500 });
    town.faults.clear();
    expect((await ask(town, 'POST', messages(), { content: 'x' })).status).toBe(200);
  });
});
