import '../node-version.js';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, settingsIn } from '#config';
import { Mendable } from '#mendable';
import { isThere } from '#store/files';
import { InUse } from '#store/hold';
import { StoreError } from '#store/store-error';

/** What the host's commands share: where the bot is, whose database and key are meant, and how a fault is told. */

/** Beside package.json, unless a folder is named. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The database of the bot in this folder, and its key if the environment has one. @throws ConfigError */
export function keptIn(home: string, how?: Parameters<typeof settingsIn>[1]): Kept {
  const { database = join(home, 'attune.db'), databaseUrl, memberKey } = settingsIn(home, how);
  return { database, databaseUrl, memberKey };
}
/** `database` is the file, also where PostgreSQL has taken its place. */
type Kept = { database: string } & Pick<Config, 'databaseUrl' | 'memberKey'>;

/** @throws StoreError where there is no database: no key is in use then */
export function requireDatabase(path: string): void {
  if (!isThere(path)) throw new StoreError(`There is no database at ${path}, so no key is in use.`);
}

/** The time in the name of a file: readable, in their order, and another one each time. */
export const timeInName = (): string => new Date().toISOString().slice(0, 23).replace('T', '-').replace(/[:.]/g, '');

/** Runs a command: what it gives is said; what a host can mend is said without more, and ends it with 1. */
export async function runForHost(command: () => string | Promise<string>): Promise<void> {
  try {
    process.stdout.write(await command());
  } catch (error) {
    const said = whatToSay(error);
    if (said === undefined) throw error;
    process.stderr.write(`${said.trimEnd()}\n`);
    process.exitCode = 1;
  }
}

/** What a host is told of it; undefined where it is a bug. */
function whatToSay(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof InUse)
    return `${error.path} is in use by another Attune. Stop that one first, then do this again. Nothing was changed.`;
  if (error instanceof Mendable) return error.message;
  const { code = '', path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code.startsWith('ERR_PARSE_ARGS'))
    return `${error.message.split('. ')[0]}. docs/hosting.md and docs/scale.md show how it is called.`;
  const why = faults[code];
  const where = dest ?? path;
  return why && where !== undefined ? `${where} ${why} (${code}).` : undefined;
}

/** Of folders and files that a host names, or that are in the way. */
const faults: Readonly<Record<string, string>> = {
  EACCES: 'may not be read or written by this user',
  EPERM: 'may not be read or written by this user',
  EROFS: 'is on a disk that can only be read',
  ENOSPC: 'cannot be written: the disk is full',
  ENOENT: 'is not there',
  ENOTDIR: 'leads through something that is no folder',
  EEXIST: 'is a file where a folder is needed',
  EISDIR: 'is a folder where a file is needed',
};
