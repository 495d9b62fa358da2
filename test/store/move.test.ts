import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holdAlone } from '#store/hold';
import { migrate, migrations } from '#store/migrations';
import { moveToPostgres } from '#store/move';
import { openStore, type Store } from '#store/open';
import { tables } from '#store/postgres/fill';
import { openPostgres } from '#store/postgres/open';
import { openSqlite } from '#store/sqlite';
import type { Db, Tables } from '#store/tables';
import { DAY, dayOf, WEEK } from '#store/times';
import { ask, cluster, hasPostgres, lockTable, openCluster } from '../postgres.ts';
import { ana, ben, cleo, elsewhere, folders, guild, key, noon, on, reply } from './databases.ts';

/** A real file goes to a real PostgreSQL, whole or not at all. */

const left = '900000000000000003';
const place = '500000000000000001';
const claimed = reply({ revision: 2 });
/** Also what a database may trip over. */
const say = 'Tea? Ça va. 🫖 \'"\\ $1 %s';

/** Something in every table, and every choice that a member has. */
async function live({ guilds, members, needs, thanks, counts, days, ownPrompts, ...store }: Store) {
  for (const there of [guild, elsewhere, left]) await guilds.save(there, 0, on);
  await guilds.save(guild, 1, { language: { ...on.language } });
  await guilds.gone(left, noon);
  for (const there of [guild, elsewhere, left]) await members.turnOn(there, ben);
  await members.setPace(guild, ben, 'week');
  await members.turnKindsOff(guild, ben, ['advice']);
  await members.tellLanded(guild, ben, true);
  await members.snooze(elsewhere, ben, noon + DAY);
  await members.dmsClosed(elsewhere, ben);
  await members.leavePostsOut(guild, cleo, true);
  await members.turnOn(guild, cleo);
  expect(await store.claim({ ...claimed, replier: cleo })).toBeDefined();
  await members.receiveThanks(guild, ana, true);
  for (const _ of ['told', 'waits']) await thanks.claim(guild, ana, noon);
  await thanks.give(guild, ben, claimed.messages[0] ?? '', noon + WEEK);
  await needs.put(guild, place, ana, { want: 'ideas', since: noon, message: place });
  await counts.add(guild, dayOf(noon), 'advice', 'noted', 3);
  await ownPrompts.add(guild, { say, ask: 'Shall I stay?', families: ['loss', 'sad'] }, noon);
  await ownPrompts.add(guild, { say: 'Still here.', notice: 'The night.', families: [] }, noon + 1);
  days.read(guild, dayOf(noon));
  await store.sweep(noon);
}

/** What each verb of the store says of all that. */
async function answers({ guilds, members, person, needs, thanks, counts, days, ownPrompts, ...store }: Store) {
  const all = [];
  for (const there of [guild, elsewhere, left, '1']) {
    all.push(guilds.settings(there), await counts.since(there, '2025-01-01'), await days.since(there, '2025-01-01'));
    all.push(await ownPrompts.of(there));
    for (const user of [ana, ben, cleo]) {
      all.push(members.hasNotes(there, user), members.hasThanks(there, user), await members.of(there, user));
      all.push(await person.kept(user, there), await needs.of(there, place, user, noon));
    }
  }
  all.push(await store.claim({ ...claimed, now: noon + WEEK, replier: cleo }));
  all.push(await thanks.give(guild, ben, claimed.messages[0] ?? '', noon + WEEK));
  all.push(await thanks.claim(guild, ana, noon));
  return all;
}

const quickly = { patience: 300, again: 50 };

describe.skipIf(!hasPostgres)('a database that moves to PostgreSQL', () => {
  beforeAll(async () => void (await cluster()), 60_000);
  let path: string;
  let url: string;
  const open: Store[] = [];
  beforeEach(async () => {
    path = join(folders.make(), 'attune.db');
    url = await (await cluster()).make();
  });
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    folders.removeAll();
  });
  const openFile = async () => {
    const store = await openStore({ path, key });
    open.push(store);
    return store;
  };
  const openThere = async () => {
    const { store } = await openPostgres({ url, key, seat: undefined, onTaken: () => undefined, timings: quickly });
    open.push(store);
    return store;
  };
  /** With something in it, and closed. */
  const lived = async () => {
    const store = await openFile();
    await live(store);
    await store.close();
    return readFileSync(path);
  };
  const move = (more = {}) => moveToPostgres({ path, url, key, timings: quickly, ...more });
  const inFile = async <T>(work: (db: Db) => Promise<T>) => {
    const db = new Kysely<Tables>({ dialect: openSqlite(path).dialect });
    return work(db).finally(() => db.destroy());
  };
  const isEmpty = async () => {
    const [made] = await ask(url, "select to_regclass('guilds') is not null as there");
    return !made?.there || (await ask(url, 'select from guilds')).length === 0;
  };
  /** Refused; then neither here nor there has anything changed. */
  async function isRefused(saying: string | RegExp, more = {}) {
    const before = readFileSync(path);
    const error = await move(more).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'StoreError', message: expect.stringMatching(saying) });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, '..')).filter((name) => name.includes('moving'))).toEqual([]);
  }

  test('answers there as it did here, and the file stays as it is', async () => {
    const before = await lived();
    const moved = await move();
    for (const table of tables) expect(moved[table], table).toBeGreaterThan(0);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(join(path, '..')).join(' ')).not.toContain('moving');
    const [here, there] = [await answers(await openFile()), await answers(await openThere())];
    expect(there).toEqual(here);
    expect(JSON.stringify(there)).toContain('Ça va');
  });

  test('takes every table along that there is', async () => {
    await lived();
    const there = await inFile((db) => db.introspection.getTables());
    expect(there.map(({ name }) => name).sort()).toEqual([...tables].sort());
  });

  test('goes on there: what is written afterwards is told and kept', async () => {
    await lived();
    await move();
    const store = await openThere();
    expect(await store.guilds.save(guild, 2, on)).toBe('saved');
    await store.members.turnOff(guild, ben);
    await store.close();
    const again = await openThere();
    expect(again.guilds.settings(guild).revision).toBe(3);
    expect(again.members.hasNotes(guild, ben)).toBe(false);
    expect(again.members.hasNotes(elsewhere, ben)).toBe(true);
  });

  test('that is empty may move, too', async () => {
    await (await openFile()).close();
    expect(Object.values(await move())).toEqual(tables.map(() => 0));
    expect((await openThere()).guilds.settings(guild).revision).toBe(0);
  });

  test('from an older version is brought up to date on the way, and not in its place', async () => {
    const first = { '0001-first': migrations['0001-first'] as never };
    const settings = JSON.stringify({ mode: 'on', channels: [place] });
    await inFile(async (db) => {
      await migrate(db, first);
      await db.insertInto('guilds').values({ id: guild, revision: 4, settings, left_at: null }).execute();
    });
    const before = readFileSync(path);
    await move();
    expect(readFileSync(path).equals(before)).toBe(true);
    const { revision, settings: there } = (await openThere()).guilds.settings(guild);
    expect({ revision, support: there.support }).toEqual({ revision: 4, support: on.support });
  });

  test('from a newer version is refused', async () => {
    await lived();
    const newer = { name: '9999-later', timestamp: '2030-01-01' };
    await inFile((db) =>
      (db as never as Kysely<Record<string, object>>).insertInto('kysely_migration').values(newer).execute(),
    );
    await isRefused('newer Attune');
    expect(await ask(url, 'select from pg_tables where schemaname = current_schema()')).toEqual([]);
  });

  test.each([
    ['is no database', 'these are my notes of last week, and no database at all', 'not an SQLite database'],
    ['is damaged', undefined, 'damaged'],
  ])('that %s is refused', async (_, text, saying) => {
    const bytes = await lived();
    writeFileSync(path, text ?? bytes.subarray(0, bytes.length / 2));
    await isRefused(saying);
  });

  test('that is not there makes none', async () => {
    await expect(move()).rejects.toThrow('There is no database at');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  test('does not while the bot has it', async () => {
    await lived();
    const letGo = await holdAlone(path);
    await isRefused('in use by another Attune');
    letGo();
    await move();
  });

  test('does not into one that a bot uses, or that holds a server', async () => {
    await lived();
    const store = await openThere();
    await isRefused('in use by another Attune');
    await store.guilds.save(elsewhere, 0, on);
    await store.close();
    await isRefused(/test_\d+ at .+ holds 1 servers already/);
    expect(await ask(url, 'select id from guilds')).toEqual([{ id: elsewhere }]);
  });

  test('does not into one that holds a server and is older: that stays as old as it is', async () => {
    await lived();
    const store = await openThere();
    await store.guilds.save(elsewhere, 0, on);
    await store.close();
    await ask(url, "delete from kysely_migration where name = '0018-processes'");
    await isRefused('holds 1 servers already');
    expect(await ask(url, "select from kysely_migration where name = '0018-processes'")).toEqual([]);
  });

  test('does not into that of another program', async () => {
    await lived();
    await ask(url, 'create table recipes (id int)');
    await isRefused('belongs to another program');
  });

  test('does not under another key', async () => {
    await lived();
    await isRefused('MEMBER_KEY is not the key', { key: 'another secret that is only used in tests' });
    expect(await isEmpty()).toBe(true);
  });

  test('names rows that belong to no server, and leaves them out when it is told to', async () => {
    await lived();
    const lost = { guild: '1', day: dayOf(noon), kind: 'advice', what: 'noted', n: 1 };
    await inFile(async (db) => {
      await db.executeQuery({ sql: 'pragma foreign_keys = off', parameters: [], query: { kind: 'RawNode' } } as never);
      await db.insertInto('counts').values(lost).execute();
    });
    await isRefused('belong to no server: 1 of "counts"');
    expect(await isEmpty()).toBe(true);
    expect(await move({ withoutOrphans: true })).toMatchObject({ guilds: 3, counts: 1 });
  });

  test('names a table with a row that PostgreSQL does not take, and not what is in it', async () => {
    await lived();
    await inFile((db) => db.updateTable('prompts').set({ notice: 'nobody may read \0 this' }).execute());
    const error = await move().catch((error: Error) => error);
    expect(error).toMatchObject({ name: 'StoreError', message: expect.stringContaining('A row of "prompts"') });
    expect((error as Error).message).not.toContain('nobody may read');
    expect(await isEmpty()).toBe(true);
  });

  test('notices what arrives otherwise than it was sent', async () => {
    await lived();
    await (await openThere()).close();
    await ask(
      url,
      `create function spoil() returns trigger language plpgsql as $$ begin new.n = new.n + 1; return new; end $$;
       create trigger spoil before insert on counts for each row execute function spoil()`,
    );
    await isRefused('"counts" arrived otherwise');
    expect(await isEmpty()).toBe(true);
  });
});

describe.skipIf(!hasPostgres)('a PostgreSQL that does not help', () => {
  let path: string;
  beforeEach(async () => {
    path = join(folders.make(), 'attune.db');
    const store = await openStore({ path, key });
    await live(store);
    await store.close();
  });
  afterEach(() => folders.removeAll());

  test('is named with what to do, and never with its password', async () => {
    const server = await openCluster();
    try {
      const url = await server.make();
      await ask(url, "create role guest login password 'the right one'; revoke all on schema public from public");
      const [{ file = '' } = {}] = await ask(url, "select current_setting('hba_file') as file");
      const rules = readFileSync(`${file}`, 'utf8');
      writeFileSync(`${file}`, `host all guest 127.0.0.1/32 scram-sha-256\n${rules}`);
      await ask(url, 'select pg_reload_conf()');
      const as = (user: string, password: string) => url.replace('attune@', `${user}:${encodeURIComponent(password)}@`);
      for (const [to, saying] of [
        [as('guest', 'a wrong secret'), 'does not take this user or password'],
        [url.replace('attune@', 'guest@'), 'does not take this user or password'],
        [`${as('attune', 'a wrong secret')}?sslmode=verify-full`, 'has no encryption'],
        [
          `${as('attune', 'a wrong secret')}?sslmode=verify-full&sslrootcert=${path}.pem`,
          'names (sslrootcert) is not there',
        ],
        [as('guest', 'the right one'), 'does not let this user make tables'],
        [as('attune', 'a wrong secret').replace(/\w+$/, 'nowhere'), 'does not exist'],
        [as('attune', 'a wrong secret').replace(`${server.port}`, '1'), 'does not answer'],
      ] as const) {
        const error = await moveToPostgres({ path, url: to, key, timings: quickly }).catch((error: unknown) => error);
        expect(error).toMatchObject({ name: 'StoreError', message: expect.stringContaining(saying) });
        expect((error as Error).message).not.toMatch(/secret|the right one/);
      }
    } finally {
      server.remove();
    }
  }, 60_000);

  test('and goes away in the middle has taken nothing; later it goes', async () => {
    const server = await openCluster();
    try {
      const url = await server.make();
      const before = readFileSync(path);
      const { store } = await openPostgres({ url, key, seat: undefined, onTaken: () => undefined });
      await store.close();
      // The last table cannot be written, so the move stands in the middle.
      const prompts = await lockTable(url, 'prompts');
      const moving = moveToPostgres({ path, url, key, timings: quickly }).catch((error: unknown) => error);
      await prompts.isWaitedFor();
      await server.kill();
      const message = expect.stringMatching('does not answer|is starting or ending');
      expect(await moving).toMatchObject({ name: 'StoreError', message });
      expect(readFileSync(path).equals(before)).toBe(true);
      await server.start();
      expect(await ask(url, 'select from guilds')).toEqual([]);
      expect(await moveToPostgres({ path, url, key, timings: quickly })).toMatchObject({ guilds: 3, prompts: 2 });
    } finally {
      server.remove();
    }
  }, 60_000);
});
