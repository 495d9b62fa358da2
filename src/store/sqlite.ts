import { closeSync, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { asTheFolder } from '#store/files';
import { explain, hasCode, StoreError } from '#store/store-error';

/**
 * For how long a locked database is asked again, in ms, and how often. People are answered meanwhile; whoever waits for
 * the database itself must still be answered within Discord's three seconds.
 */
const PATIENCE = 1500;
const AGAIN = 25;

/** An open SQLite database: its dialect, and the one thing that SQL cannot do. */
export type SqliteFile = {
  dialect: Dialect;
  /**
   * Moves everything into the main file and empties the write-ahead log, which otherwise still holds the bytes of rows
   * that were deleted. False: somebody else is reading an older state, try again later. Does not wait for them.
   * Must not run inside a transaction of this connection.
   */
  emptyLog(): boolean;
  close(): void;
};

/**
 * Opens or makes the database file, readable by its owner only (SQLite gives its -wal and -shm the same mode).
 * Throws a StoreError that says what to do. `:memory:` is a database without a file.
 */
export function openSqlite(path: string): SqliteFile {
  const inMemory = path === ':memory:';
  const file = inMemory ? path : resolve(path);
  let db: Database.Database | undefined;
  try {
    if (!inMemory) makeOwnersOnly(file);
    db = new Database(file, { timeout: PATIENCE });
    prepare(db, file);
    return doorOf(db);
  } catch (error) {
    db?.close();
    throw explain(error, file);
  }
}

/** SQLite makes files with the umask's mode; so the file is made before SQLite sees it. */
function makeOwnersOnly(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    asTheFolder(file);
  } catch (error) {
    if (!hasCode(error, /^EEXIST$/)) throw error;
    requireNoFolder(file);
  }
}

/** How many servers a file knows, which is only read; 0 as well where there is none, or it cannot be read. */
export function serversIn(path: string): number {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return Number(db.prepare('select count(*) from guilds').pluck().get());
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}

/** @throws StoreError when a folder is where the database would be */
export function requireNoFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new StoreError(`${path} is a folder. Set DATABASE_PATH to a file.`);
}

function prepare(db: Database.Database, file: string): void {
  db.pragma('journal_mode = WAL');
  db.pragma('foreign_keys = ON');
  db.pragma('secure_delete = ON');
  // An opt-out or a claim must outlive a power cut as well; there are few of either.
  db.pragma('synchronous = FULL');
  db.pragma('temp_store = MEMORY');
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    throw new StoreError(
      `${file} is damaged. Stop Attune, keep a copy of the file, and put back the last good backup.`,
    );
  }
  // SQLite opens a file that it may only read without a word, when a log lies beside it: so something is written, and taken back.
  db.exec('begin immediate; pragma user_version = 1; rollback');
  // SQLite would wait with the whole process; the driver does it beside it.
  db.pragma('busy_timeout = 0');
}

function doorOf(db: Database.Database): SqliteFile {
  return {
    dialect: new Sqlite(db),
    emptyLog: () => db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0,
    close: () => void db.close(),
  };
}

/** Kysely's dialect with migrations that roll back, and transactions that take the write lock before they do anything. */
class Sqlite extends SqliteDialect {
  readonly #db: Database.Database;
  constructor(db: Database.Database) {
    super({ database: db });
    this.#db = db;
  }
  override createAdapter(): SqliteAdapter {
    return new Adapter();
  }
  override createDriver(): SqliteDriver {
    return new Driver(this.#db);
  }
}

class Adapter extends SqliteAdapter {
  // SQLite rolls back changes of the schema like any other; Kysely only does not rely on it by itself.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Driver extends SqliteDriver {
  readonly #db: Database.Database;
  #connection: DatabaseConnection | undefined;
  constructor(db: Database.Database) {
    super({ database: db });
    this.#db = db;
  }
  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= patient(await super.acquireConnection());
    return this.#connection;
  }
  // A full disk has rolled it back already; a second time would be an error in place of the one that says why.
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#db.inTransaction) await super.rollbackTransaction(connection);
  }
  // A transaction that first reads and then writes fails at once, without waiting, when another process wrote in between.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/**
 * Asks a locked database again for a while. All who wait share that time, as they wait behind each other: once it is
 * over, each is tried once, until somebody has written again.
 */
function patient(connection: DatabaseConnection): DatabaseConnection {
  let until: number | undefined;
  return {
    streamQuery: (query, size) => connection.streamQuery(query, size),
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      for (;;)
        try {
          const result = await connection.executeQuery<R>(query);
          // What only reads is not in the way of a lock.
          if (query.query.kind !== 'SelectQueryNode') until = undefined;
          return result;
        } catch (error) {
          if (!hasCode(error, /^SQLITE_BUSY/)) throw error;
          const now = performance.now();
          until ??= now + PATIENCE;
          if (now >= until) throw error;
          await pause(AGAIN);
        }
    },
  };
}
