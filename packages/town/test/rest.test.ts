import { describe, expect, test } from 'vitest';
import { deleteRole } from '#world/guilds';
import { ask } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

const messages = () => `/channels/${town.channel('#support').id}/messages`;
const row = (...components: object[]) => ({ type: 1, components });

describe('errors', () => {
  test.each([
    ['no token', 'GET', '/users/@me', { authorization: '' }, 401, 0],
    ['a wrong token', 'GET', '/users/@me', { authorization: 'Bot no' }, 401, 0],
    ['a channel that is not there', 'GET', '/channels/1', {}, 404, 10003],
    ['a guild that is not there', 'GET', '/guilds/1', {}, 404, 10004],
    ['a member who is not there', 'GET', '/guilds/GUILD/members/1', {}, 404, 10007],
    ['a message that is not there', 'GET', '/channels/SUPPORT/messages/1', {}, 404, 10008],
    ['an interaction that is not there', 'POST', '/interactions/1/token/callback', {}, 404, 10062],
    ['a webhook token that is not there', 'POST', '/webhooks/BOT/token', {}, 401, 50027],
    [
      'permissions of a command that has none',
      'GET',
      '/applications/BOT/guilds/GUILD/commands/1/permissions',
      {},
      404,
      10066,
    ],
    ['another application', 'GET', '/applications/1/commands', {}, 404, 10002],
  ])('%s', async (_, method, path, headers, status, code) => {
    const real = path
      .replace('GUILD', town.guild.id)
      .replace('SUPPORT', town.channel('#support').id)
      .replace('BOT', town.bot.id);
    expect(await ask(town, method, real, undefined, headers)).toMatchObject({
      status,
      body: { code, message: expect.any(String) },
    });
  });

  test('a route that the town lacks is named (501)', async () => {
    const answer = await ask(town, 'GET', '/sticker-packs');
    expect(answer).toMatchObject({ status: 501, body: { method: 'GET', route: '/sticker-packs' } });
  });

  test('missing permissions are 50013, a channel out of sight is 50001', async () => {
    const hidden = town.addChannel(town.guild, { name: 'hidden', onlyFor: [town.person('mo').id] });
    expect((await ask(town, 'POST', `/channels/${hidden.id}/messages`, { content: 'x' })).body.code).toBe(50001);
    const said = await town.person('ben').says('#support', 'x');
    expect(await ask(town, 'DELETE', `${messages()}/${said.id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
    expect((await ask(town, 'PATCH', `${messages()}/${said.id}`, { content: 'y' })).body.code).toBe(50005);
    town.setRolePermissions(town.guild, 'everyone', 1024n);
    town.setRolePermissions(town.guild, 'Bot', 1024n);
    expect((await ask(town, 'POST', messages(), { content: 'x' })).body.code).toBe(50013);
    expect((await ask(town, 'GET', messages())).body.code).toBe(50013);
  });

  test('a body that is no JSON', async () => {
    const response = await fetch(`${town.api}/v10${messages()}`, {
      method: 'POST',
      body: '{',
      headers: { authorization: `Bot ${town.token}`, 'content-type': 'application/json' },
    });
    expect(await response.json()).toMatchObject({ code: 50109 });
  });
});

test('an answer is dated by the time of the town', async () => {
  town.clock.advance(3_600_000);
  const response = await fetch(`${town.api}/v10/gateway`);
  const ahead = Date.parse(response.headers.get('date') ?? '') - Date.now();
  expect(Math.abs(ahead - 3_600_000)).toBeLessThan(60_000);
});

test("a role that goes is nobody's any more, and no channel speaks of it", async () => {
  const mo = town.person('Mo').id;
  const role = town.guild.members.get(mo)?.roles[0] ?? '';
  const channel = town.channel('#support');
  channel.overwrites = [{ id: role, type: 0, allow: '0', deny: '0' }];
  const gone = town.until('the role', ({ t }) => t === 'GUILD_ROLE_DELETE');
  deleteRole(town.world, town.guild, role);
  expect((await gone).d).toEqual({ guild_id: town.guild.id, role_id: role });
  expect((await ask(town, 'GET', `/guilds/${town.guild.id}/members/${mo}`)).body.roles).toEqual([]);
  expect((await ask(town, 'GET', `/channels/${channel.id}`)).body.permission_overwrites).toEqual([]);
});

describe('reading', () => {
  test.each([
    ['/users/@me', { bot: true, discriminator: expect.any(String) }],
    ['/users/@me/guilds', [{ name: 'Harbour' }]],
    ['/applications/@me', { flags: 1 << 19, bot: { bot: true } }],
    ['/oauth2/applications/@me', { owner: expect.any(Object) }],
    ['/gateway', { url: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/gateway$/) }],
    ['/gateway/bot', { shards: 1, session_start_limit: { max_concurrency: 1 } }],
    ['/guilds/GUILD?with_counts=true', { name: 'Harbour', approximate_member_count: 6 }],
    [
      '/guilds/GUILD/channels',
      [{ name: 'general' }, { name: 'support' }, { type: 4 }, { name: 'circle' }, { type: 15 }],
    ],
    ['/guilds/GUILD/roles', [{ name: '@everyone' }, { name: 'Moderator' }, { tags: { bot_id: expect.any(String) } }]],
    ['/guilds/GUILD/members/BOT', { user: { bot: true }, roles: [expect.any(String)] }],
    ['/guilds/GUILD/threads/active', { threads: [], members: [] }],
    ['/channels/SUPPORT', { type: 0, name: 'support' }],
    [
      '/channels/STORIES',
      { type: 15, available_tags: expect.arrayContaining([expect.objectContaining({ name: 'Vent' })]) },
    ],
  ])('%s', async (path, expected) => {
    const real = path
      .replace('GUILD', town.guild.id)
      .replace('BOT', town.bot.id)
      .replace('SUPPORT', town.channel('#support').id)
      .replace('STORIES', town.channel('#stories').id);
    expect(await ask(town, 'GET', real)).toMatchObject({ status: 200, body: expected });
  });

  test('messages before, after and around another, the newest first', async () => {
    const ids: string[] = [];
    for (const text of ['0', '1', '2', '3', '4']) ids.push((await town.person('ben').says('#support', text)).id);
    const texts = async (query: string) =>
      (await ask(town, 'GET', `${messages()}?${query}`)).body
        .map(({ content }: { content: string }) => content)
        .join('');
    expect(await texts('')).toBe('43210');
    expect(await texts('limit=2')).toBe('43');
    expect(await texts(`before=${ids[2]}`)).toBe('10');
    expect(await texts(`after=${ids[2]}`)).toBe('43');
    expect(await texts(`after=${ids[0]}&limit=2`)).toBe('21');
    expect(await texts(`around=${ids[2]}&limit=3`)).toBe('321');
  });
});

describe('acting', () => {
  test('typing, pins, purges and direct messages', async () => {
    town.setRolePermissions(town.guild, 'Bot', (1n << 13n) | (1n << 10n));
    const [one, two] = [await town.person('ben').says('#support', '1'), await town.person('ben').says('#support', '2')];
    const heard: string[] = [];
    town.on(({ t }) => void heard.push(t));
    expect((await ask(town, 'POST', `/channels/${one.channel_id}/typing`)).status).toBe(204);
    expect((await ask(town, 'PUT', `/channels/${one.channel_id}/messages/pins/${one.id}`)).status).toBe(204);
    expect((await ask(town, 'POST', `${messages()}/bulk-delete`, { messages: [one.id] })).body.code).toBe(50035);
    expect((await ask(town, 'POST', `${messages()}/bulk-delete`, { messages: [one.id, two.id] })).status).toBe(204);
    expect(heard).toEqual(['TYPING_START', 'MESSAGE_UPDATE', 'MESSAGE_DELETE_BULK']);
    const recipient_id = town.person('ben').id;
    const opened = await ask(town, 'POST', '/users/@me/channels', { recipient_id });
    expect(opened.body).toMatchObject({ type: 1, recipients: [{ id: recipient_id }] });
    expect((await ask(town, 'POST', '/users/@me/channels', { recipient_id })).body.id).toBe(opened.body.id);
    expect((await ask(town, 'POST', '/users/@me/channels', { recipient_id: '1' })).body.code).toBe(50035);
  });

  test('every kind of component that a message can hold', async () => {
    const url = 'https://example.org/a.png';
    const components = [
      {
        type: 17,
        accent_color: 1,
        components: [
          { type: 9, components: [{ type: 10, content: 'x' }], accessory: { type: 11, media: { url } } },
          { type: 12, items: [{ media: { url }, description: 'A picture' }] },
          { type: 13, file: { url: 'attachment://a.txt' } },
          { type: 14, spacing: 2 },
          row({ type: 5, custom_id: 'u' }),
          row({
            type: 8,
            custom_id: 'c',
            channel_types: [0],
            default_values: [{ id: town.channel('#support').id, type: 'channel' }],
          }),
        ],
      },
    ];
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ flags: 1 << 15, components }));
    form.set('files[0]', new Blob(['inside'], { type: 'text/plain' }), 'a.txt');
    const headers = { authorization: `Bot ${town.token}` };
    const response = await fetch(`${town.api}/v10${messages()}`, { method: 'POST', body: form, headers });
    const message = (await response.json()) as { components: [{ components: object[] }] };
    expect(message.components[0].components).toMatchObject([
      { accessory: { media: { url }, description: null, spoiler: false } },
      { items: [{ description: 'A picture' }] },
      { name: 'a.txt', size: 6 },
      { spacing: 2, divider: true },
      { components: [{ min_values: 1, max_values: 1 }] },
      { components: [{ channel_types: [0] }] },
    ]);
  });
});

describe('a nonce', () => {
  const send = (more: object) =>
    ask(town, 'POST', messages(), { content: 'x', nonce: 'n', ...more }).then(({ body }) => body.id);

  test('that is enforced gives the same message for some minutes', async () => {
    const first = await send({ enforce_nonce: true });
    town.clock.advance(4 * 60_000);
    expect(await send({ enforce_nonce: true })).toBe(first);
    town.clock.advance(2 * 60_000);
    expect(await send({ enforce_nonce: true })).not.toBe(first);
  });

  test('that is not enforced does nothing', async () => {
    expect(await send({})).not.toBe(await send({}));
  });
});
