import type { Client } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { follow, isForum, isThread, placesOf } from '#panels/places';

/** What packets say of channels and threads, without a connection: test/discord/client.test.ts has one. */

const home = { id: '1', channels: [{ id: '10', type: 4 }], threads: [] };
const channel = { id: '11', type: 0, guild_id: '1', parent_id: '10' };
const thread = { id: '12', type: 11, guild_id: '1', parent_id: '11', owner_id: '5' };

/** The places of a client that heard these packets. */
function having(...packets: [t: string, d: object][]) {
  const client = {} as Client;
  for (const [t, d] of packets) follow(client, { t, d: d as Record<string, unknown> });
  return placesOf(client);
}
const all = [
  ['GUILD_CREATE', home],
  ['CHANNEL_CREATE', channel],
  ['THREAD_CREATE', thread],
] satisfies [string, object][];

describe('where channels stand', () => {
  it('is told by the server and by what is made later', () => {
    const places = having(...all);
    expect(places.get('10')).toEqual({ guildId: '1', type: 4, parentId: null, ownerId: null });
    expect(places.get('11')).toEqual({ guildId: '1', type: 0, parentId: '10', ownerId: null });
    expect(places.get('12')).toEqual({ guildId: '1', type: 11, parentId: '11', ownerId: '5' });
    expect(places.has('13')).toBe(false);
  });

  it('is told by a change, also of a channel or thread that was not known', () => {
    expect(having(...all, ['CHANNEL_UPDATE', { ...channel, parent_id: null }]).get('11')?.parentId).toBeNull();
    expect(having(['GUILD_CREATE', home], ['THREAD_UPDATE', thread]).get('12')?.parentId).toBe('11');
    const sync = { guild_id: '1', threads: [{ id: '12', type: 11, parent_id: '11' }], members: [] };
    expect(having(['GUILD_CREATE', home], ['THREAD_LIST_SYNC', sync]).get('12')).toMatchObject({ guildId: '1' });
  });

  it('is forgotten with the channel, its threads, or the server', () => {
    expect(having(...all, ['THREAD_DELETE', thread]).size).toBe(2);
    const without = having(...all, ['CHANNEL_DELETE', channel]);
    expect([without.has('10'), without.has('11'), without.has('12')]).toEqual([true, false, false]);
    // The channels of a category stay when it goes.
    expect(having(...all, ['CHANNEL_DELETE', home.channels[0] ?? {}]).has('11')).toBe(true);
    expect(having(...all, ['GUILD_DELETE', { id: '1' }]).size).toBe(0);
    expect(having(...all, ['GUILD_DELETE', { id: '2' }]).size).toBe(3);
  });

  it('begins anew with a session, and only for the servers of its shard', () => {
    expect(having(...all, ['READY', {}]).size).toBe(0);
    expect(having(...all, ['READY', { shard: [0, 1] }]).size).toBe(0);
    // Ids this small belong to shard 0.
    expect(having(...all, ['READY', { shard: [0, 2] }]).size).toBe(0);
    expect(having(...all, ['READY', { shard: [1, 2] }]).size).toBe(3);
  });

  it('is not touched by what people say, nor by a direct message', () => {
    expect(having(...all, ['MESSAGE_CREATE', { ...channel, id: '99' }]).size).toBe(3);
    expect(having(...all, ['CHANNEL_CREATE', { id: '99', type: 1 }]).size).toBe(3);
  });

  it('is kept for each client apart', () => {
    having(...all);
    expect(having().size).toBe(0);
  });
});

it('tells threads and forums from channels', () => {
  const place = (type: number) => ({ guildId: '1', type, parentId: null, ownerId: null });
  const types = [0, 2, 4, 5, 10, 11, 12, 15, 16];
  expect(types.filter((type) => isThread(place(type)))).toEqual([10, 11, 12]);
  expect(types.filter((type) => isForum(place(type)))).toEqual([15, 16]);
});
