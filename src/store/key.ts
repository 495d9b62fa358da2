import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreError } from '#store/store-error';

/**
 * The secret that members are hashed with: the one from the environment; else the one kept in `<database>.key`, which is
 * made on the first start (32 random bytes in hex, readable by its owner only). A database in memory gets a fresh one.
 * Throws a StoreError that says what to do.
 */
export function memberKey(databasePath: string, fromEnv?: string): string {
  if (fromEnv !== undefined && fromEnv.trim() !== '') return fromEnv;
  if (databasePath === ':memory:') return freshKey();
  const path = keyFile(databasePath);
  return readKey(path) ?? makeKey(path);
}

/** Where the key of a database is kept, when the environment has none. */
export const keyFile = (databasePath: string): string => `${resolve(databasePath)}.key`;

/** The key in a file of this kind. @throws StoreError when there is none */
export function keyIn(path: string): string {
  const key = readKey(path);
  if (key === undefined) throw new StoreError(`There is no member key at ${path}.`);
  return key;
}

const freshKey = () => randomBytes(32).toString('hex');

function readKey(path: string): string | undefined {
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
      throw new StoreError(`Others can read the member key. Run: chmod 600 ${path}`);
    }
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (error instanceof StoreError) throw error;
    throw new StoreError(`The member key in ${path} cannot be read. Give this user read permission for it.`, {
      cause: error,
    });
  }
  if (/^[0-9a-f]{64}$/.test(text)) return text;
  throw new StoreError(
    `${path} does not hold a member key. Put it back from where you keep it; ` +
      'or, if it is lost, remove the file: a new key is made, and members have to turn notes on again.',
  );
}

/** Makes the key under another name and links it into place: it appears whole, and of two starts at once one wins. */
export function makeKey(path: string, key = freshKey()): string {
  const draft = `${path.slice(0, -'.key'.length)}.${randomBytes(6).toString('hex')}.key`;
  try {
    const fd = openSync(draft, 'wx', 0o600);
    try {
      writeSync(fd, `${key}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    try {
      linkSync(draft, path);
    } finally {
      unlinkSync(draft);
    }
    syncFolder(dirname(path));
    return key;
  } catch (error) {
    const theirs = hasCode(error, 'EEXIST') ? readKey(path) : undefined;
    if (theirs !== undefined) return theirs;
    throw new StoreError(
      `The member key cannot be kept in ${path}. Make its folder writable, or set MEMBER_KEY to a secret of your own.`,
      { cause: error },
    );
  }
}

/** Without this the new name may be gone after a power cut, and every member with it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
