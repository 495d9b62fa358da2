import pg from 'pg';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openPostgres } from '#store/postgres/open';
import { cluster, hasPostgres, isWaitedFor, lockTable } from '../postgres.ts';
import { guild, key } from './fixtures.ts';

describe.skipIf(!hasPostgres)('what another process changes', () => {
  beforeAll(async () => void (await cluster()), 60_000);

  test('is known also when it could not be read at first', async () => {
    const url = await (await cluster()).make();
    const seat = { shards: [0], total: 2 };
    const { store } = await openPostgres({ url, key, seat, onTaken: () => undefined });
    onTestFinished(() => store.close());
    const other = new pg.Client({ connectionString: url });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query(`begin; insert into guilds values ('${guild}', 7, '{}', null)`);
    // Whoever waits for the lock gets it with the commit, before anybody can read what was committed.
    const locking = lockTable(url, 'guilds');
    await isWaitedFor(url, 'guilds');
    await other.query('commit');
    const lock = await locking;
    await isWaitedFor(url, 'guilds');
    // The reader gives up.
    await isWaitedFor(url, 'guilds', false);
    expect(store.guilds.settings(guild).revision).toBe(0);
    await lock.letGo();
    await expect.poll(() => store.guilds.settings(guild).revision, { timeout: 10_000 }).toBe(7);
  });
});
