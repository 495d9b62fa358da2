import { Mendable } from '#mendable';
/** Something a host can mend: the message says what is wrong and what to do. Never holds a member's id. */
export class StoreError extends Mendable {
  override name = 'StoreError';
}

/** The code that errors of databases and of the system carry; '': none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const hasCode = (error: unknown, shape: RegExp): boolean => shape.test(codeOf(error));

const advice: readonly [code: RegExp, says: (path: string) => string][] = [
  [
    /^SQLITE_NOTADB/,
    (path) =>
      `${path} is not an SQLite database. Set DATABASE_PATH to another file, or move this one away and put the last good backup back (docs/hosting.md, step 6).`,
  ],
  [
    /^SQLITE_CORRUPT/,
    (path) => `${path} is damaged. Stop Attune, keep a copy of the file, and put back the last good backup.`,
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    (path) => `${path} is locked by another process. Stop the other one (a second Attune?), then start again.`,
  ],
  [
    /^SQLITE_READONLY/,
    (path) =>
      `${path} cannot be written. Give this user write permission for the file and for its folder, on a disk that is not read-only.`,
  ],
  [
    /^SQLITE_CANTOPEN|^SQLITE_PERM|^EACCES$|^EPERM$|^EROFS$/,
    (path) => `${path} cannot be opened. Give this user read and write permission for the file and for its folder.`,
  ],
  [/^ENOENT$/, (path) => `The folder of ${path} does not exist. Make it, or set DATABASE_PATH to another place.`],
  [
    /^SQLITE_(FULL|IOERR)|^ENOSPC$/,
    (path) => `${path} cannot be written: the disk is full or failing. Make room or move the file.`,
  ],
];

/** The error that tells a host what to do about `error`; errors that are not the host's to mend come back as they are. */
export function explain(error: unknown, path: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const found = advice.find(([pattern]) => hasCode(error, pattern));
  return found === undefined ? error : new StoreError(found[1](path), { cause: error });
}
