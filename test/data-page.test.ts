import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '#store/migrations';
import type { Tables } from '#store/tables';

/** docs/data.md is what hosts and members are promised: it names every column that there is, and none that is not. */
it('docs/data.md has a row for every column of the database', async () => {
  // PostgreSQL has every table that SQLite has, and one more.
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) });
  onTestFinished(() => db.destroy());
  await migrate(db);
  const tables = await db.introspection.getTables();
  const columns = tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  expect(columns.length).toBeGreaterThan(20);
  const rows = [...readFileSync('docs/data.md', 'utf8').matchAll(/^\| (\w+\.\w+) \| (.+) \| (.+) \|$/gm)];
  expect(rows.map(([, column]) => column).sort()).toEqual(columns.sort());
  // PGlite takes seconds to start, and many on a busy machine.
}, 60_000);
