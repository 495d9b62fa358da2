import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openStore } from '#store/open';

/** docs/data.md is what hosts and members are promised: it names every column that there is, and none that is not. */
it('docs/data.md has a row for every column of the database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'attune-data-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'attune.db');
  await (await openStore({ path, key: 'a key that is used only here' })).close();
  const db = new Database(path, { readonly: true });
  const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const own = tables.filter((name) => !/^(sqlite|kysely)_/.test(name));
  const columns = own.flatMap((table) =>
    (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `${table}.${name}`),
  );
  db.close();
  expect(columns.length).toBeGreaterThan(20);
  const rows = [...readFileSync('docs/data.md', 'utf8').matchAll(/^\| (\w+\.\w+) \| (.+) \| (.+) \|$/gm)];
  expect(rows.map(([, column]) => column).sort()).toEqual(columns.sort());
});
