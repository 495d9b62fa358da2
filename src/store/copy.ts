import { chmodSync, closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { asTheFolder, isThere } from '#store/files';
import { migrations } from '#store/migrations';
import { requireNoFolder } from '#store/sqlite';
import { explain, hasCode, StoreError } from '#store/store-error';

/** The database as one file: taken while the bot runs, looked at, and put in place. */

/**
 * Writes all of the database at `path`, what is only in its write-ahead log too, to one new file that its owner alone can
 * read (SQLite's online backup; the bot may run and write meanwhile). The name appears when the file is whole.
 * @throws StoreError; then there is no file at `to`
 */
export async function copyDatabase(path: string, to: string): Promise<void> {
  if (!isThere(path)) throw new StoreError(`There is no database at ${path}.`);
  requireNoFolder(path);
  if (isThere(to)) throw new StoreError(`${to} is there already. Name another place.`);
  const draft = partOf(to);
  let source: Database.Database | undefined;
  try {
    rmSync(draft, { force: true });
    closeSync(openSync(draft, 'wx', 0o600));
    source = new Database(path, { readonly: true, timeout: 5_000 });
    // All at once: copied in parts, it would begin again whenever the bot writes in between.
    await source.backup(draft, { progress: ({ remainingPages }) => Math.max(remainingPages, 1) });
    const copy = new Database(draft);
    try {
      // A copy is one file, without a log of its own beside it.
      copy.pragma('journal_mode = DELETE');
      check(copy, path);
    } finally {
      copy.close();
    }
    settle(draft);
    renameSync(draft, to);
  } catch (error) {
    rmSync(draft, { force: true });
    // What was read is as it was; what is written may have no room.
    throw explain(error, hasCode(error, /FULL|ENOSPC|EACCES|EPERM|EROFS/) ? to : path);
  } finally {
    source?.close();
  }
}

/** Where a copy is until it is whole. */
export const partOf = (to: string): string => `${to}.partial`;

/** @throws StoreError when the file at `path` is no whole database of Attune, or one of a newer version. */
export function checkCopy(path: string): void {
  look(path, (db) => check(db, path));
}

/** The generations (hash.ts) of the keys that members' rows in this copy were written under. @throws StoreError */
export function generationsIn(path: string): string[] {
  const found = look(path, (db) => db.prepare('select distinct substr(hash, 1, 8) from members').pluck().all());
  return found.map(String);
}

function look<T>(path: string, at: (db: Database.Database) => T): T {
  if (!isThere(path)) throw new StoreError(`There is no file at ${path}.`);
  if (!statSync(path).isFile()) throw new StoreError(`${path} is not a file. Name the backup itself.`);
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { readonly: true });
    return at(db);
  } catch (error) {
    if (hasCode(error, /^SQLITE_NOTADB/)) throw new StoreError(`${path} is not a database of Attune.`);
    throw explain(error, path);
  } finally {
    db?.close();
  }
}

function check(db: Database.Database, path: string): void {
  if (db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
    throw new StoreError(`${path} is damaged. Take an older backup.`);
  }
  const tables = db.prepare("select name from sqlite_master where name in ('kysely_migration', 'guilds')").all();
  if (tables.length < 2) throw new StoreError(`${path} is not a database of Attune.`);
  const names = db.prepare('select name from kysely_migration').pluck().all();
  if (!names.every((name) => typeof name === 'string' && name in migrations)) {
    throw new StoreError(`${path} was written by a newer Attune. Update this one first.`);
  }
}

/**
 * Puts a copy where the database is; what was there is kept at `aside`.
 * @throws StoreError when somebody has the database open; then nothing has changed
 */
export function putDatabase(copy: string, path: string, aside: string): void {
  try {
    if (isThere(path)) setAside(path, aside);
    // A log that is left without its database would be read into the next one.
    for (const log of [`${path}-wal`, `${path}-shm`]) rmSync(log, { force: true });
    renameSync(copy, path);
  } catch (error) {
    throw explain(error, path);
  }
}

function setAside(path: string, aside: string): void {
  let db: Database.Database | undefined;
  try {
    db = new Database(path, { timeout: 0 });
    // Nobody else may have it open: each who has holds a lock that this one cannot share.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = DELETE');
    db.exec('begin exclusive; commit');
  } catch (error) {
    if (hasCode(error, /^SQLITE_(BUSY|LOCKED)/)) {
      throw new StoreError(`${path} is in use. Stop Attune, then restore again. Nothing was changed.`);
    }
    // What cannot be read is just what a restore is for.
    if (!hasCode(error, /^SQLITE_(NOTADB|CORRUPT)/)) throw error;
  } finally {
    db?.close();
  }
  // With a second name there is always a database at the first: a bot that starts in between would begin anew.
  try {
    linkSync(path, aside);
  } catch {
    renameSync(path, aside);
  }
}

/** To the disk, and for its owner only. */
export function settle(path: string): void {
  chmodSync(path, 0o600);
  asTheFolder(path);
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
