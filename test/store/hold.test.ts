import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { holdAlone } from '#store/hold';
import { StoreError } from '#store/store-error';
import { folders } from './databases.ts';

/** Two bots on one database would both answer, count and greet: one of them is refused. */

afterEach(() => folders.removeAll());
const database = () => join(folders.make(), 'attune.db');

/** Another process that holds it until it is killed. */
async function holder(path: string) {
  const script = `const { holdAlone } = await import('#store/hold');
    await holdAlone(${JSON.stringify(path)}); console.log('held'); setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

test('a second one is refused and told what to do, and a killed one holds nothing', async () => {
  const path = database();
  const other = await holder(path);
  const refused = holdAlone(path, 100);
  await expect(refused).rejects.toThrow(StoreError);
  await expect(refused).rejects.toThrow(`${path} is in use by another Attune. Stop that one first`);
  other.kill('SIGKILL');
  await once(other, 'exit');
  (await holdAlone(path, 0))();
  expect(readdirSync(join(path, '..'))).toEqual(['attune.db.lock']);
  expect(statSync(`${path}.lock`).mode & 0o777).toBe(0o600);
});

test('one that is about to end is waited for', async () => {
  const path = database();
  const other = await holder(path);
  const mine = holdAlone(path, 10_000);
  other.kill('SIGTERM');
  const letGo = await mine;
  await expect(holdAlone(path, 0)).rejects.toThrow(StoreError);
  letGo();
  (await holdAlone(path, 0))();
});

test('other databases, and those in memory, are nobody’s business', async () => {
  const held = await Promise.all([holdAlone(database(), 0), holdAlone(database(), 0), holdAlone(':memory:', 0)]);
  for (const letGo of [...held, await holdAlone(':memory:', 0)]) letGo();
});
