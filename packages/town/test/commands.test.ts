import { describe, expect, test } from 'vitest';
import { ask } from './client.ts';
import { town, useTown } from './each-town.ts';

useTown();

describe('commands', () => {
  const path = (more = '') => `/applications/${town.bot.id}/commands${more}`;
  const hi = { name: 'hi', description: 'Says hi' };

  test('a bulk overwrite fills in defaults and keeps ids and versions of what stays the same', async () => {
    const first = await ask(town, 'PUT', path(), [hi, { name: 'Look', type: 3 }]);
    expect(first.body).toMatchObject([
      {
        ...hi,
        type: 1,
        application_id: town.bot.id,
        default_member_permissions: null,
        dm_permission: true,
        contexts: null,
        integration_types: [0],
        nsfw: false,
        name_localizations: null,
      },
      { name: 'Look', type: 3, description: '' },
    ]);
    const second = await ask(town, 'PUT', path(), [hi, { name: 'Look', type: 3, default_member_permissions: '32' }]);
    expect(second.body[0]).toEqual(first.body[0]);
    expect(second.body[1].id).toBe(first.body[1].id);
    expect(second.body[1].version).not.toBe(first.body[1].version);
    await ask(town, 'PUT', path(), []);
    expect((await ask(town, 'GET', path())).body).toEqual([]);
  });

  test('a bulk overwrite must bring the Entry Point command along; alone it can be deleted', async () => {
    const launch = { name: 'Launch', type: 4, handler: 2 };
    const [made] = (await ask(town, 'PUT', path(), [launch])).body;
    expect(made).toMatchObject({ ...launch, description: '' });
    expect(await ask(town, 'PUT', path(), [hi])).toMatchObject({ status: 400, body: { code: 50240 } });
    expect((await ask(town, 'GET', path('?with_localizations=true'))).body).toEqual([made]);
    const both = await ask(town, 'PUT', path(), [hi, launch]);
    expect(both.body).toMatchObject([hi, made]);
    expect((await ask(town, 'DELETE', path(`/${made.id}`))).status).toBe(204);
    expect((await ask(town, 'PUT', path(), [hi])).status).toBe(200);
    const own = `/applications/${town.bot.id}/guilds/${town.guild.id}/commands`;
    expect((await ask(town, 'POST', own, launch)).body.code).toBe(50035);
  });

  test('translations are listed only when asked for', async () => {
    await ask(town, 'PUT', path(), [{ ...hi, name_localizations: { de: 'hallo' } }]);
    expect((await ask(town, 'GET', path())).body[0]).not.toHaveProperty('name_localizations');
    expect((await ask(town, 'GET', path('?with_localizations=true'))).body[0].name_localizations).toEqual({
      de: 'hallo',
    });
  });

  test('one by one, in a guild, too', async () => {
    const made = await ask(town, 'POST', path(), hi);
    expect(made.status).toBe(201);
    expect((await ask(town, 'POST', path(), hi)).status).toBe(200);
    expect((await ask(town, 'PATCH', path(`/${made.body.id}`), { description: 'Hello' })).body.description).toBe(
      'Hello',
    );
    expect((await ask(town, 'DELETE', path(`/${made.body.id}`))).status).toBe(204);
    expect((await ask(town, 'GET', path(`/${made.body.id}`))).body.code).toBe(10063);
    const own = `/applications/${town.bot.id}/guilds/${town.guild.id}/commands`;
    expect((await ask(town, 'POST', own, hi)).body.guild_id).toBe(town.guild.id);
    expect((await ask(town, 'GET', path())).body).toEqual([]);
  });
});
