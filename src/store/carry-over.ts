import { sql } from 'kysely';
import type { Hashes } from '#store/hash';
import type { Db, Trx } from '#store/tables';

/** The columns that hold names of hash.ts, the table's key first. Each one that comes must be here. */
const named = { members: ['hash'], claims: ['id'], needs: ['id', 'hash'], thanks: ['id', 'hash'] } as const;
type Table = keyof typeof named;

/**
 * Gives every row that was written before something was added to the key its name of today, all of them or none. It is
 * done at each opening: so it does not matter when a rotation was cut off, and a backup of before it can be put back.
 * Tells how many rows that were.
 */
export async function carryOver(db: Db, hashes: Hashes): Promise<number> {
  if (hashes.earlier.length === 0) return 0;
  return db.transaction().execute(async (trx) => {
    let rows = 0;
    for (const table of Object.keys(named) as Table[]) rows += await carryTable(trx, table, hashes);
    return rows;
  });
}

async function carryTable(trx: Trx, table: Table, { earlier, carried }: Hashes): Promise<number> {
  const columns = named[table];
  const [key] = columns;
  const isEarlier = sql`substr(${sql.ref(key)}, 1, 8) in (${sql.join(earlier)})`;
  const found = await sql<Record<string, string>>`
    select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)} where ${isEarlier}`.execute(
    trx,
  );
  for (const row of found.rows) {
    const id = row[key] ?? '';
    await giveWay(trx, table, id, carried(id));
    const change = columns.map((column) => sql`${sql.ref(column)} = ${carried(row[column] ?? '')}`);
    await sql`update ${sql.table(table)} set ${sql.join(change)} where ${sql.ref(key)} = ${id}`.execute(trx);
  }
  return found.rows.length;
}

/**
 * A row of today's name is there already when the key of before was put back by mistake, and somebody chose something
 * meanwhile. What they chose last counts, but a wish to be left out counts from either.
 */
async function giveWay(trx: Trx, table: Table, earlier: string, today: string): Promise<void> {
  if (table !== 'members') {
    await sql`delete from ${sql.table(table)} where ${sql.ref(named[table][0])} = ${today}`.execute(trx);
    return;
  }
  const gone = await trx.deleteFrom('members').where('hash', '=', today).returning('posts_left_out').executeTakeFirst();
  if (gone?.posts_left_out === 1)
    await trx.updateTable('members').set({ posts_left_out: 1 }).where('hash', '=', earlier).execute();
}
