import { closeSync, existsSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { asTheFolder } from '#store/files';
import { explain, hasCode, StoreError } from '#store/store-error';

/** One that is about to end has this long, in ms. */
const PATIENCE = 6_000;
const AGAIN = 200;

/** Another one holds the database. The message is for a start; what a command says is for the host of that one. */
export class InUse extends StoreError {
  readonly path: string;
  constructor(path: string) {
    super(`${path} is in use by another Attune. Stop that one first, or give this one a DATABASE_PATH of its own.`);
    this.path = path;
  }
}

/**
 * Holds the database for this process alone: two bots on one would both answer, count and greet. The lock is the
 * system's, on a file beside the database, so it goes with the process, however that ends. Copies can be made meanwhile.
 * @returns how to let go
 * @throws InUse when another one holds it
 */
export async function holdAlone(path: string, patience = PATIENCE): Promise<() => void> {
  if (path === ':memory:') return () => undefined;
  const until = performance.now() + patience;
  for (;;) {
    const held = tryToHold(path);
    if (held) return () => void held.close();
    if (performance.now() >= until) throw new InUse(path);
    await pause(AGAIN);
  }
}

function tryToHold(path: string): Database.Database | undefined {
  let db: Database.Database | undefined;
  try {
    const file = `${resolve(path)}.lock`;
    // For its owner only, before SQLite makes it. Never opened beside SQLite: closing it would let go of the lock.
    if (!existsSync(file)) {
      closeSync(openSync(file, 'wx', 0o600));
      asTheFolder(file);
    }
    db = new Database(file, { timeout: 0 });
    db.exec('begin exclusive');
    return db;
  } catch (error) {
    db?.close();
    if (hasCode(error, /^SQLITE_(BUSY|LOCKED)|^EEXIST$/)) return undefined;
    throw explain(error, path);
  }
}
