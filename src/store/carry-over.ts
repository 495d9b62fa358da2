import { type RawBuilder, sql } from 'kysely';
import type { Hashes } from '#store/hash';
import type { Db, Trx } from '#store/tables';

/** The columns that hold names of hash.ts, the table's key first. Each one that comes must be here. */
const named = { members: ['hash'], claims: ['id'], needs: ['id', 'hash'], thanks: ['id', 'hash'] } as const;
type Table = keyof typeof named;

/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/**
 * Gives every row that was written before something was added to the key its name of today, all of them or none. It is
 * done at each opening: so it does not matter when a rotation was cut off, and a backup of before it can be put back.
 */
export async function carryOver(db: Db, hashes: Hashes): Promise<void> {
  if (hashes.earlier.length === 0) return;
  await db.transaction().execute(async (trx) => {
    for (const table of Object.keys(named) as Table[]) await carryTable(trx, table, hashes);
  });
}

async function carryTable(trx: Trx, table: Table, { generation, earlier, carried }: Hashes): Promise<void> {
  const [key] = named[table];
  const columns = named[table].map((column) => sql.ref(column));
  const { rows } = await sql<Record<string, string>>`
    select ${sql.join(columns)} from ${sql.table(table)}
    where substr(${sql.ref(key)}, 1, ${generation.length}) in (${sql.join(earlier)})`.execute(trx);
  for (let at = 0; at < rows.length; at += CHUNK) {
    const names = rows.slice(at, at + CHUNK).map((row) => named[table].map((column) => row[column] ?? ''));
    const today = names.map((row) => row.map(carried));
    // Both databases call the columns of such a list column1, column2 and so on: what it was, then what it will be.
    const list = today.map((row, n) => sql`(${sql.join([names[n]?.[0], ...row])})`);
    const values = sql`(values ${sql.join(list)}) as renamed`;
    const renamed = sql`from ${values} where ${sql.ref(`${table}.${key}`)} = renamed.column1`;
    if (table === 'members') await keepWishes(trx, renamed);
    // Only where the row of before is still there: of two processes that start at once the other may have renamed it.
    await sql`
      delete from ${sql.table(table)} where ${sql.ref(key)} in (
        select renamed.column2 from ${values} inner join ${sql.table(table)} as earlier
        on ${sql.ref(`earlier.${key}`)} = renamed.column1
      )`.execute(trx);
    const changes = columns.map((column, n) => sql`${column} = ${sql.ref(`renamed.column${n + 2}`)}`);
    await sql`update ${sql.table(table)} set ${sql.join(changes)} ${renamed}`.execute(trx);
  }
}

/**
 * A row of today's name is there already when the key of before was put back by mistake, and somebody chose something
 * meanwhile. What they chose last counts, but a wish to be left out counts from either.
 */
async function keepWishes(trx: Trx, renamed: RawBuilder<unknown>): Promise<void> {
  await sql`
    update members set posts_left_out = 1 ${renamed}
    and exists (
      select 1 from members as today where today.hash = renamed.column2 and today.posts_left_out = 1
    )`.execute(trx);
}
