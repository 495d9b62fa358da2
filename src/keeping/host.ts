import '../node-version.js';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, settingsIn } from '#config';
import { Mendable } from '#mendable';

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

/** Runs a command: what it gives is said; what a host can mend is said without more, and ends it with 1. */
export async function runForHost(command: () => string | Promise<string>): Promise<void> {
  try {
    process.stdout.write(await command());
  } catch (error) {
    if (!(error instanceof Mendable)) throw error;
    process.stderr.write(`${error.message.trimEnd()}\n`);
    process.exitCode = 1;
  }
}
