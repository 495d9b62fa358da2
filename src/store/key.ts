import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { asTheFolder } from '#store/files';
import { hasCode, StoreError } from '#store/store-error';

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

/** Where a new key waits until a host puts it into the settings, if the key is there. */
export const nextKeyFile = (databasePath: string): string => `${resolve(databasePath)}.next.key`;

/** Is this still the key before one that was made for the settings? */
export function isReplaced(databasePath: string, key: string): boolean {
  try {
    return readFileSync(nextKeyFile(databasePath), 'utf8').trim() !== key;
  } catch {
    // None was made, or it is deleted as it should be.
    return false;
  }
}

/** What a host can do about a key in its place, which a start asks for as well, and about a copy that they name. */
type Kind = { check: (path: string) => void; none: string; folder: string; noKey: string };
const nameAnother = 'Name another file, or --key-lost in place of it if the key is lost. Nothing was changed.';
const inPlace: Kind = {
  check: requireOwnersOnly,
  none: 'Put it back; where the key is MEMBER_KEY, give it to this command (docs/hosting.md, step 6, shows how).',
  folder: 'Move it away.',
  noKey:
    'Put it back from where you keep it; ' +
    'or, if it is lost, remove the file: a new key is made, and members have to turn notes on again.',
};
/** It may lie on a disk that knows no owners, or have come by mail. */
const copied: Kind = { check: () => undefined, none: nameAnother, folder: nameAnother, noKey: nameAnother };

/** The key in a file of this kind. @throws StoreError when there is none */
export const keyIn = (path: string): string => needed(path, inPlace);

/** The same of a copy. @throws StoreError */
export const copiedKeyIn = (path: string): string => needed(path, copied);

function needed(path: string, kind: Kind): string {
  const key = readKey(path, kind);
  if (key === undefined) throw new StoreError(`There is no member key at ${path}. ${kind.none}`);
  return key;
}

const freshKey = () => randomBytes(32).toString('hex');

function readKey(path: string, { check, folder, noKey } = inPlace): string | undefined {
  let text: string;
  try {
    if (statSync(path).isDirectory()) throw new StoreError(`${path} is a folder, and no member key. ${folder}`);
    check(path);
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, /^ENOENT$/)) return undefined;
    if (error instanceof StoreError) throw error;
    throw new StoreError(`The member key in ${path} cannot be read. Give this user read permission for it.`, {
      cause: error,
    });
  }
  if (/^[0-9a-f]{64}(\.[0-9a-f]{64})*$/.test(text)) return text;
  throw new StoreError(`${path} does not hold a member key. ${noKey}`);
}

/**
 * Some volumes give a file's group its rights back at each mount (fsGroup in Kubernetes): these are taken away again.
 * What everybody could read may have been read, and is for a host to decide.
 */
function requireOwnersOnly(path: string): void {
  const others = () => (process.platform === 'win32' ? 0 : statSync(path).mode & 0o077);
  if (others() !== 0 && (others() & 0o007) === 0) {
    try {
      chmodSync(path, 0o600);
    } catch {
      // Not the owner's, or read-only: said below.
    }
  }
  if (others() === 0) return;
  throw new StoreError(
    `Others can read the member key. Run: chmod 600 ${path}\n` +
      'Where that does not last (a mounted volume), set MEMBER_KEY to what is in the file, and remove the file.',
  );
}

/** Makes the key under another name and links it into place: it appears whole, and of two starts at once one wins. */
export function makeKey(path: string, key = freshKey()): string {
  try {
    const draft = writeDraft(path, key);
    try {
      putInPlace(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
    syncFolder(dirname(path));
    return key;
  } catch (error) {
    const theirs = hasCode(error, /^EEXIST$/) ? readKey(path) : undefined;
    if (theirs !== undefined) return theirs;
    throw new StoreError(
      `The member key cannot be kept in ${path}. Make its folder writable, or set MEMBER_KEY to a secret of your own.`,
      { cause: error },
    );
  }
}

/** The same key with one more secret behind it; what that does says hash.ts. */
export const addToKey = (key: string): string => `${key}.${freshKey()}`;

/** Puts another key into a file that holds one: whenever it is cut off, the file holds one of the two, whole. */
export function replaceKey(path: string, key: string): void {
  try {
    // Where the name leads elsewhere, the file there is meant.
    const file = realpathSync(path);
    const draft = writeDraft(file, key);
    try {
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
    syncFolder(dirname(file));
  } catch (error) {
    throw new StoreError(
      `The new key cannot be kept in ${path}; the old one stays. Its folder has to be writable and the disk may not be full. ` +
        'Where the file is mounted by itself, set MEMBER_KEY to what is in it, and run this again.',
      { cause: error },
    );
  }
}

/** Whole and on the disk, under a name that is nobody's, for its owner only. */
function writeDraft(path: string, key: string): string {
  const draft = `${path.replace(/\.key$/, '')}.${randomBytes(6).toString('hex')}.key`;
  const fd = openSync(draft, 'wx', 0o600);
  try {
    writeSync(fd, `${key}\n`);
    asTheFolder(draft);
    fsyncSync(fd);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
  return draft;
}

function putInPlace(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (hasCode(error, /^EEXIST$/)) throw error;
    // A file system without hard links (FAT, some network drives). Of two starts at once one is refused before (hold.ts).
    renameSync(draft, path);
  }
}

/** Without this the new name may be gone after a power cut, and every member with it. Not every file system can do it. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } catch (error) {
    if (!hasCode(error, /^(EINVAL|ENOTSUP|EPERM|EACCES|EBADF)$/)) throw error;
  } finally {
    closeSync(fd);
  }
}
