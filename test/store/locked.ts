import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore } from '#store/open';
import { ana, ben, cleo, folders, guild, key, on } from './databases.ts';

/** A store whose database another process can lock. */

export async function opened() {
  const path = join(folders.make(), 'attune.db');
  const store = await openStore({ path, key });
  await store.guilds.save(guild, 0, on);
  for (const user of [ana, ben, cleo]) await store.members.turnOn(guild, user);
  return { path, store };
}

/** Another process holds the lock for writing. */
export function lock(path: string): () => void {
  const other = new Database(path);
  other.exec('begin immediate');
  return () => {
    if (other.open) other.close();
  };
}
