import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { memberKey } from '#store/key';
import { openStore } from '#store/open';
import type { Warning } from '#store/warnings';
import { startBy } from '../child.ts';
import { ana, ben, guild, on } from '../store/fixtures.ts';

/** A host's folder with real files, and the commands as they run them. Gone after the test. */

export type Command = 'backup' | 'restore' | 'new-key' | 'rotate-key';
export type Host = ReturnType<typeof openHost>;

export function openHost(name = 'attune-host-') {
  const folder = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, 'attune.db');
  const places = { to: join(folder, 'copies'), keyTo: join(folder, 'keys') };
  const start = (
    command: Command,
    args: readonly string[] = [],
    env: Record<string, string> = {},
    nodeOptions: readonly string[] = [],
  ) => startBy(process.execPath, `src/keeping/${command}.ts`, nodeOptions, { DATABASE_PATH: database, ...env }, args);
  const run = async (...how: Parameters<typeof start>) => {
    const child = start(...how);
    const { code, signal } = await child.ended;
    return { code, signal, out: child.out, err: child.err };
  };
  return {
    folder,
    database,
    places,
    start,
    run,
    backUp: (env: Record<string, string> = {}) => run('backup', ['--to', places.to, '--key-to', places.keyTo], env),
    open: (fromEnv?: string, onWarning?: (warning: Warning) => void) =>
      openStore({ path: database, key: () => memberKey(database, fromEnv), ...(onWarning && { onWarning }) }),
    /** What a start finds. */
    async remembers(fromEnv?: string) {
      const warnings: Warning[] = [];
      const store = await this.open(fromEnv, (warning) => warnings.push(warning));
      const [fixer, poster] = [await store.members.of(guild, ben), await store.members.of(guild, ana)];
      const hears = store.members.hasNotes(guild, ben);
      const { mode } = store.guilds.settings(guild).settings.support;
      await store.close();
      return { notes: fixer.notes, hears, leftOut: poster.postsLeftOut, mode, warnings };
    },
    /** A set-up, an opt-in, and a wish to be left out; closed. */
    async lives(fromEnv?: string) {
      const store = await this.open(fromEnv);
      await store.guilds.save(guild, 0, on);
      await store.members.turnOn(guild, ben);
      await store.members.leavePostsOut(guild, ana, true);
      await store.close();
    },
  };
}

/** What `remembers` gives where nothing is lost. */
export const everything = { notes: true, hears: true, leftOut: true, mode: 'on', warnings: [] };

export const filesIn = (path: string) => readdirSync(path).map((name) => join(path, name));
export function only(path: string): string {
  const files = filesIn(path);
  expect(files).toHaveLength(1);
  return files[0] ?? '';
}
