import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { copyDatabase } from '#store/copy';
import { hashesUnder } from '#store/hash';
import { holdAlone } from '#store/hold';
import { migrate } from '#store/migrations';
import { countUnderOtherKeys } from '#store/other-keys';
import { type Filled, type FillOptions, fillPostgres, tables } from '#store/postgres/fill';
import { openSqlite } from '#store/sqlite';
import { explain, StoreError } from '#store/store-error';
import type { Db, Tables } from '#store/tables';

/** From a file of SQLite to PostgreSQL. */

export type MoveOptions = Pick<FillOptions, 'url' | 'timings'> & {
  /** The file. It is only read. */
  path: string;
  /** The member key that the rows were made under. */
  key: string;
  /** Rows that belong to no server are left out, in place of a refusal. */
  withoutOrphans?: boolean;
};

/** Where the copy is that is brought up to date, while it is needed. */
const besideOf = (path: string) => `${path}.moving`;
export const removeCopy = (path: string): void => rmSync(besideOf(path), { recursive: true, force: true });

/**
 * Takes all rows of the file along, in one transaction.
 * @throws StoreError that says what to do; then nothing was taken along
 */
export async function moveToPostgres({
  path,
  url,
  key,
  withoutOrphans = false,
  timings = {},
}: MoveOptions): Promise<Filled> {
  if (!existsSync(path)) throw new StoreError(`There is no database at ${path}. Say which with DATABASE_PATH.`);
  const letGo = await holdAlone(path, 0);
  try {
    removeCopy(path);
    mkdirSync(besideOf(path), { mode: 0o700 });
    const copy = join(besideOf(path), 'copy.db');
    await copyDatabase(path, copy);
    const from = new Kysely<Tables>({ dialect: openSqlite(copy).dialect });
    try {
      await migrate(from);
      await requireKey(from, key);
      await mendOrphans(from, withoutOrphans);
      return await fillPostgres({ url, from, timings });
    } finally {
      await from.destroy();
    }
  } catch (error) {
    throw explain(error, path);
  } finally {
    removeCopy(path);
    letGo();
  }
}

/** Under another key nobody would get a note there, and wishes to be left out could not be read. */
async function requireKey(from: Db, key: string): Promise<void> {
  const rows = await countUnderOtherKeys(from, hashesUnder(key));
  if (rows > 0)
    throw new StoreError(
      `MEMBER_KEY is not the key that ${rows} rows of members were made under. Set it to what is in the file <database>.key. ` +
        'If that key is lost: take DATABASE_URL out, run npm run new-key, and move then. Nothing was taken along.',
    );
}

/** SQLite sees to it that there are none, unless somebody turned that off. */
async function mendOrphans(from: Db, withoutOrphans: boolean): Promise<void> {
  const found: string[] = [];
  for (const table of tables.filter((table) => table !== 'guilds')) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where guild not in (select id from guilds)`.execute(from);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push(`${n} of "${table}"`);
    if (n > 0 && withoutOrphans)
      await sql`delete from ${sql.table(table)} where guild not in (select id from guilds)`.execute(from);
  }
  if (found.length > 0 && !withoutOrphans)
    throw new StoreError(
      `Some rows belong to no server: ${found.join(', ')}. Was the file changed by hand? Nothing was taken along. ` +
        'To leave these rows out: npm run move -- sqlite-to-postgres --without-orphans',
    );
}
