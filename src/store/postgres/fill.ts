import { createHash, randomBytes } from 'node:crypto';
import { Kysely, sql } from 'kysely';
import { isUpToDate } from '#store/migrations';
import { explainServer, named, patientDialect } from '#store/postgres/connect';
import { prepare } from '#store/postgres/prepare';
import { openSession, type Session, type SessionOptions } from '#store/postgres/session';
import { codeOf, hasCode, StoreError } from '#store/store-error';
import type { Db, Tables, Trx } from '#store/tables';

/** Takes all rows of another database into an empty one on PostgreSQL: every one of them, or none. */

type Table = keyof Tables;
type Row = Readonly<Record<string, unknown>>;
/** How many rows of each table. */
export type Filled = Readonly<Record<Table, number>>;

/** Every table; what others refer to comes first. */
export const tables = Object.keys({
  guilds: true,
  members: true,
  claims: true,
  needs: true,
  thanks: true,
  counts: true,
  days: true,
  prompts: true,
} satisfies Record<Table, true>) as readonly Table[];

/** PostgreSQL limits the values of one statement. */
const CHUNK = 1_000;

export type FillOptions = {
  url: string;
  /** Up to date, and written by nobody meanwhile. */
  from: Db;
  timings?: SessionOptions['timings'];
};

/** @throws StoreError that says what to do; then nothing was taken in */
export async function fillPostgres({ url, from, timings = {} }: FillOptions): Promise<Filled> {
  const server = { url, process: randomBytes(6).toString('hex') };
  const to = new Kysely<Tables>({ dialect: patientDialect(server) });
  // While the connection with the seat was lost, somebody else may have come in.
  let wasLost = false;
  const lost = () => {
    wasLost = true;
  };
  let session: Session | undefined;
  try {
    session = await openSession({
      // Alone, it has nobody to agree with on a key.
      ...{ server, seat: undefined, keyStamp: 0, timings, onTaken: lost, onLost: lost },
      async prepare() {
        await requireEmpty(to, url);
        await prepare(to);
      },
      isUpToDate: () => isUpToDate(to),
      onChange: () => undefined,
      onBack: async () => lost(),
    });
    const { isHeld } = session;
    return await to.transaction().execute(async (trx) => {
      await requireEmpty(trx, url);
      const filled: Partial<Record<Table, number>> = {};
      for (const table of tables) filled[table] = await take(table, from, trx, url);
      if (wasLost || !isHeld()) throw new StoreError(`${named(url)} was away in the middle. ${unchanged}`);
      return filled as Filled;
    });
  } catch (error) {
    throw explainServer(error, url);
  } finally {
    await session?.close();
    await to.destroy();
  }
}

const unchanged = 'Nothing was taken along: try again.';

async function requireEmpty(db: Db, url: string): Promise<void> {
  const there = await db.introspection.getTables();
  if (!there.some(({ name }) => name === 'guilds')) return;
  const { n } = await db.selectFrom('guilds').select(sql<number>`count(*)::int`.as('n')).executeTakeFirstOrThrow();
  if (n > 0)
    throw new StoreError(
      `${named(url)} holds ${n} servers already, so nothing was changed. If that is what you have just moved, start ` +
        'Attune. Else name an empty database in DATABASE_URL.',
    );
}

/** Writes all rows of one table, then reads them back and compares. Gives how many. */
async function take(table: Table, from: Db, to: Trx, url: string): Promise<number> {
  const sent = sum();
  const write = async (rows: Row[]) => {
    if (rows.length > 0)
      await to
        .insertInto(table)
        .values(rows as never)
        .execute();
  };
  try {
    let some: Row[] = [];
    for await (const row of from.selectFrom(table).selectAll().stream()) {
      sent.add(row);
      some.push(row);
      if (some.length < CHUNK) continue;
      await write(some);
      some = [];
    }
    await write(some);
  } catch (error) {
    // What PostgreSQL says of a value may repeat it.
    if (hasCode(error, /^2[23]/))
      throw new StoreError(
        `A row of "${table}" cannot be kept in PostgreSQL (${codeOf(error)}). Was the file changed by hand, or is the ` +
          `database not in UTF-8 (createdb --encoding=UTF8)? Nothing was taken along.`,
        { cause: error },
      );
    throw error;
  }
  const arrived = sum();
  for await (const row of rowsOf(table, to)) arrived.add(row);
  if (arrived.rows() !== sent.rows() || arrived.digest() !== sent.digest())
    throw new StoreError(`The rows of "${table}" arrived otherwise than they were sent to ${named(url)}. ${unchanged}`);
  return sent.rows();
}

async function* rowsOf(table: Table, trx: Trx): AsyncGenerator<Row> {
  await sql`declare arrived no scroll cursor for select * from ${sql.table(table)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<Row>`fetch ${sql.lit(CHUNK)} from arrived`.execute(trx);
    yield* rows;
    if (rows.length < CHUNK) break;
  }
  await sql`close arrived`.execute(trx);
}

/** What rows are together, in whatever order. */
function sum() {
  let rows = 0;
  let digest = 0n;
  return {
    add(row: Row) {
      rows += 1;
      const text = JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
      digest = BigInt.asUintN(
        128,
        digest + BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 32)}`),
      );
    },
    rows: () => rows,
    digest: () => digest,
  };
}
