import { closeSync, openSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';
import { explain, StoreError } from '#store/store-error';

/** How long a statement waits for another process, in milliseconds; the event loop stands still meanwhile. */
const PATIENCE = 2000;

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
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (statSync(file).isDirectory()) throw new StoreError(`${file} is a folder. Set DATABASE_PATH to a file.`);
  }
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
}

function doorOf(db: Database.Database): SqliteFile {
  return {
    dialect: new Sqlite({ database: db }),
    emptyLog() {
      db.pragma('busy_timeout = 0');
      try {
        return db.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
      } finally {
        db.pragma(`busy_timeout = ${PATIENCE}`);
      }
    },
    close: () => void db.close(),
  };
}

/** Kysely's dialect with migrations that roll back, and transactions that take the write lock before they do anything. */
class Sqlite extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];
  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }
  override createAdapter(): SqliteAdapter {
    return new Adapter();
  }
  override createDriver(): SqliteDriver {
    return new Driver(this.#config);
  }
}

class Adapter extends SqliteAdapter {
  // SQLite rolls back changes of the schema like any other; Kysely only does not rely on it by itself.
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class Driver extends SqliteDriver {
  // A transaction that first reads and then writes fails at once, without waiting, when another process wrote in between.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
