import { sql } from 'kysely';
import type { Hashes } from '#store/hash';
import { ofPersons } from '#store/person';
import type { Db } from '#store/tables';

/**
 * Rows of persons that were made under another key, and so cannot be reached: among them are wishes to be left out. While
 * there are any, nobody gets a note; a lost key must not turn into a note about somebody who asked for none.
 */

const underAnother = ({ generation }: Hashes) => sql<boolean>`substr(hash, 1, 9) <> ${`${generation}.`}`;

export async function countUnderOtherKeys(db: Db, hashes: Hashes): Promise<number> {
  let rows = 0;
  for (const table of ofPersons) {
    const found = await db.selectFrom(table).select('hash').where(underAnother(hashes)).execute();
    rows += found.length;
  }
  return rows;
}

/** Somebody says that the other key will not come back: what is under it goes. Tells how many rows that were. */
export function dropOtherKeys(db: Db, hashes: Hashes): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let rows = 0;
    for (const table of ofPersons) {
      const gone = await trx.deleteFrom(table).where(underAnother(hashes)).executeTakeFirstOrThrow();
      rows += Number(gone.numDeletedRows);
    }
    return rows;
  });
}
