import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '#store/open';
import { openSqlite } from '#store/sqlite';
import { StoreError } from '#store/store-error';
import { ben, folders, guild, key, on } from './databases.ts';

afterEach(() => folders.removeAll());

const file = () => join(folders.make(), 'attune.db');
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('the SQLite file', () => {
  test.skipIf(process.platform === 'win32')(
    'it, its log and its index are for their owner only, whatever the umask',
    async () => {
      const path = file();
      const script = `process.umask(0); const { openStore } = await import('#store/open');
      const s = await openStore({ path: ${JSON.stringify(path)}, key: 'k' }); await s.members.turnOn('${guild}', '${ben}');
      const fs = await import('node:fs');
      console.log(['', '-wal', '-shm'].map((e) => (fs.statSync(${JSON.stringify(path)} + e).mode & 0o777).toString(8)).join());
      await s.close();`;
      const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
      expect(child.stderr).toBe('');
      expect(child.stdout.trim()).toBe('600,600,600');
    },
  );

  test('a file that is there keeps the mode that its host gave it', async () => {
    const path = file();
    await (await openStore({ path, key })).close();
    chmodSync(path, 0o640);
    await (await openStore({ path, key })).close();
    expect(mode(path)).toBe('640');
  });

  test('a log that another reader holds back is not emptied, and nobody waits', () => {
    const path = file();
    const sqlite = openSqlite(path);
    const writer = new Database(path);
    writer.exec('create table t (x text)');
    const reader = new Database(path, { readonly: true });
    reader.exec('begin');
    reader.prepare('select count(*) from t').get();
    writer.exec("insert into t values ('after the reader began')");
    const started = performance.now();
    expect(sqlite.emptyLog()).toBe(false);
    expect(performance.now() - started).toBeLessThan(500);
    reader.close();
    expect(sqlite.emptyLog()).toBe(true);
    expect(statSync(`${path}-wal`).size).toBe(0);
    writer.close();
    sqlite.close();
  });
});

describe('a file that cannot be used says what to do', () => {
  async function refusal(path: string): Promise<string> {
    const error = await openStore({ path, key }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(StoreError);
    const { message } = error as StoreError;
    expect(message).toContain(path);
    return message;
  }

  test('not a database', async () => {
    const path = file();
    writeFileSync(path, 'Dear diary, '.repeat(100));
    expect(await refusal(path)).toMatch(/is not an SQLite database\. Set DATABASE_PATH/);
    expect(readFileSync(path, 'utf8')).toBe('Dear diary, '.repeat(100));
  });

  test('damaged in the middle', async () => {
    const path = file();
    const store = await openStore({ path, key });
    await store.guilds.save(guild, 0, on);
    for (let i = 0; i < 60; i++) await store.members.turnOn(guild, `${200000000000000000n + BigInt(i)}`);
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 4096, bytes.length);
    writeFileSync(path, bytes);
    expect(await refusal(path)).toMatch(/is damaged\..*backup/);
  });

  test('cut off', async () => {
    const path = file();
    const store = await openStore({ path, key });
    await store.guilds.save(guild, 0, on);
    await store.close();
    writeFileSync(path, readFileSync(path).subarray(0, 9000));
    expect(await refusal(path)).toMatch(/is damaged\..*backup/);
  });

  test('locked by another process', async () => {
    const path = file();
    await (await openStore({ path, key })).close();
    const other = new Database(path);
    other.pragma('locking_mode = EXCLUSIVE');
    other.exec('begin exclusive');
    expect(await refusal(path)).toMatch(/is locked by another process\. Stop the other one/);
    other.exec('rollback');
    other.close();
    await (await openStore({ path, key })).close();
  });

  test('a folder instead of a file', async () => {
    const path = file();
    mkdirSync(path);
    expect(await refusal(path)).toMatch(/is a folder\. Set DATABASE_PATH to a file/);
  });

  test('in a folder that does not exist', async () => {
    expect(await refusal(join(folders.make(), 'not', 'here.db'))).toMatch(/folder .*does not exist\. Make it/);
  });

  /** Permissions do not stop root, so as root the store is opened by a process of somebody else. */
  function refusalToOthers(path: string): string {
    const script = `const { openStore } = await import('#store/open');
      await openStore({ path: ${JSON.stringify(path)}, key: 'k' }).then(() => console.log('opened'), (e) => console.log(e.name, e.message));`;
    const asRoot = process.getuid?.() === 0;
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      ...(asRoot && { uid: 65534, gid: 65534 }),
    });
    return child.stdout || child.stderr;
  }

  test.skipIf(process.platform === 'win32')('in a folder that cannot be written', async () => {
    const path = file();
    const folder = join(path, '..');
    chmodSync(folder, 0o555);
    expect(refusalToOthers(path)).toMatch(/StoreError .*cannot be opened\. Give this user read and write permission/);
    chmodSync(folder, 0o755);
    await (await openStore({ path, key })).close();
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    expect(refusalToOthers(path)).toMatch(/StoreError .*permission for the file and for its folder/);
    chmodSync(path, 0o444);
    expect(refusalToOthers(path)).toMatch(/StoreError .*permission for the file and for its folder/);
    chmodSync(folder, 0o755);
  });
});
