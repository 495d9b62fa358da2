import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type Dialect, type Driver, Kysely, PGliteDialect, sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { openStore, type Store, storeOn } from '#store/open';
import { quickDialect } from '#store/postgres/connect';
import { openPostgres } from '#store/postgres/open';
import { openSqlite } from '#store/sqlite';
import type { Db, Tables } from '#store/tables';
import type { Warning } from '#store/warnings';
import { cluster, hasPostgres } from '../postgres.ts';
import { ben, guild, key, on } from './fixtures.ts';

export * from './fixtures.ts';

/** One database, fresh for every test. */
export type TestDatabase = {
  /** Opens the store on it; again and again, as restarts do. Stores still open at the end of the test are closed. */
  open(options?: { key?: string; onWarning?: (warning: Warning) => void }): Promise<Store>;
  /** Its tables without the store, for what no verb does. */
  behind<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** Everything that it holds, as one text: the bytes of all files, or all rows. */
  everything(): Promise<string>;
};

/** The same tests on real SQLite files, on PGlite, and on a real PostgreSQL where there is one. */
export function onEachDatabase(name: string, tests: (database: TestDatabase) => void): void {
  describe(`${name} on SQLite`, () => onSqlite(tests));
  describe(`${name} on PGlite`, () => onPglite(tests));
  describe.skipIf(!hasPostgres)(`${name} on PostgreSQL`, () => onPostgres(tests));
}

export const folders = {
  /** A folder that is gone after the test. */
  make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'attune-store-'));
    made.push(folder);
    return folder;
  },
  removeAll(): void {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  },
};
const made: string[] = [];

/** All bytes in a folder, one character each. */
export function bytesIn(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}

function onSqlite(tests: (database: TestDatabase) => void): void {
  let folder = '';
  const stores: Store[] = [];
  beforeEach(() => {
    folder = folders.make();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    folders.removeAll();
  });
  tests({
    async open(options) {
      const store = await openStore({ path: join(folder, 'attune.db'), key, ...options });
      stores.push(store);
      return store;
    },
    behind: (work) => using(openSqlite(join(folder, 'attune.db')).dialect, work),
    everything: async () => bytesIn(folder),
  });
}

/** One for all test files of a process, as starting it takes seconds; every test begins with nothing in it. */
let pgliteOfAll: PGlite | undefined;
async function startedPglite(): Promise<PGlite> {
  pgliteOfAll ??= new PGlite();
  await pgliteOfAll.waitReady;
  return pgliteOfAll;
}

/** Stores close their database; this one is kept for the next test. */
class KeptPglite extends PGliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.destroy = async () => undefined;
    return driver;
  }
}

function onPglite(tests: (database: TestDatabase) => void): void {
  let pglite: PGlite;
  // Its start is no part of the first test: on a busy machine it can take longer than a test may.
  beforeAll(async () => {
    pglite = await startedPglite();
  }, 60_000);
  afterEach(async () => {
    await pglite.exec('drop schema public cascade; create schema public');
  });
  tests({
    open: (options) => storeOn({ dialect: new KeptPglite({ pglite }) }, { key, ...options }),
    behind: (work) => using(new KeptPglite({ pglite }), work),
    everything: () => using(new KeptPglite({ pglite }), rowsOf),
  });
}

/** Each store that is opened has a shard of its own, as several may be open at once. */
function onPostgres(tests: (database: TestDatabase) => void): void {
  let url = '';
  let shard = 0;
  const stores: Store[] = [];
  beforeAll(async () => void (await cluster()), 60_000);
  beforeEach(async () => {
    url = await (await cluster()).make();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  const dialect = () => quickDialect({ url, process: 'behind' });
  tests({
    async open(options) {
      shard += 1;
      const seat = { shards: [shard], total: 10_000 };
      const { store } = await openPostgres({ url, key, seat, onTaken: () => undefined, ...options });
      stores.push(store);
      return store;
    },
    behind: (work) => using(dialect(), work),
    everything: () => using(dialect(), rowsOf),
  });
}

async function rowsOf(db: Db): Promise<string> {
  const tables = await db.introspection.getTables();
  const rows = await Promise.all(tables.map(({ name }) => sql`select * from ${sql.table(name)}`.execute(db)));
  return JSON.stringify(rows.map((result) => result.rows));
}

async function using<T>(dialect: Dialect, work: (db: Db) => Promise<T>): Promise<T> {
  const db = new Kysely<Tables>({ dialect });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** A community in which Attune is on and Ben gets notes as often as there is cause. */
export async function withBen(database: TestDatabase): Promise<Store> {
  const store = await database.open();
  await store.guilds.save(guild, 0, on);
  await store.members.turnOn(guild, ben);
  return store;
}
