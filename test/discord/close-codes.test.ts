import { openTown } from '@attune/town';
import { type Client, Events } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { type Connection, createConnection } from '#discord/connection';
import { createLog } from '#log';

/** Whatever Discord closes a connection with: it is opened again, or it is said what to do. Nothing in between. */

async function connected() {
  const town = await openTown();
  const ends: string[] = [];
  const missed: number[] = [];
  let hearEnd = () => undefined as unknown;
  const connection: Connection = createConnection({
    ...{ token: town.token, api: town.api, log: createLog('silent'), wire: () => undefined },
    ...{ onAnswer: () => undefined, onMissed: (shard) => missed.push(shard) },
    onEnd: (why) => {
      ends.push(why);
      hearEnd();
    },
  });
  const ended = new Promise((resolve) => {
    hearEnd = () => resolve(undefined);
  });
  const client = await connection.open();
  return {
    ...{ town, client, connection, ends, missed, ended },
    async [Symbol.asyncDispose]() {
      await connection.close();
      await town.close();
    },
  };
}

const here = (client: Client) =>
  new Promise<void>((resolve) => {
    client.once(Events.ShardReady, () => resolve());
    client.once(Events.ShardResume, () => resolve());
  });

describe.concurrent('a connection that Discord closes', () => {
  it.each([1000, 1001, 1006, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 4999])(
    'with %i is there again, and it is known that something was missed',
    async (code) => {
      await using bot = await connected();
      const { town, client, ends, missed } = bot;
      const back = here(client);
      town.gateway.drop(code === 1006 ? {} : { code });
      await back;
      expect(missed).toContain(0);
      expect(ends).toEqual([]);
    },
  );

  it.each([
    [4004, /DISCORD_TOKEN/],
    [4010, /4010/],
    [4011, /4011/],
    [4012, /4012/],
    [4013, /4013/],
  ])('with %i for good says so once', async (code, says) => {
    await using bot = await connected();
    const { town, ends, ended } = bot;
    town.gateway.drop({ resumable: false, code });
    await ended;
    expect(ends).toEqual([expect.stringMatching(says)]);
  });

  it('with 4014 for the text of messages goes on without it', async ({ expect }) => {
    await using bot = await connected();
    const { town, connection, client, ends } = bot;
    expect(connection.readsMessages()).toBe(true);
    town.gateway.drop({ resumable: false, code: 4014 });
    await expect.poll(() => connection.client() !== client && connection.client().isReady()).toBe(true);
    expect(connection.readsMessages()).toBe(false);
    expect(ends).toEqual([]);
  });
});
