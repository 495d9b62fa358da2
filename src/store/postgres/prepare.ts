import { sql } from 'kysely';
import { isUpToDate, migrate } from '#store/migrations';
import { StoreError } from '#store/store-error';
import type { Db } from '#store/tables';

/** Brings the database up to date. Whoever may not change it there learns so; a failed step would say something else. */
export async function prepare(db: Db): Promise<void> {
  await requireUtf8(db);
  if (await isUpToDate(db)) return;
  const { rows } = await sql<{ may: boolean }>`
    select coalesce(has_schema_privilege(current_schema(), 'create'), false) as may`.execute(db);
  if (rows[0]?.may !== true) throw Object.assign(new Error('no right to create'), { code: '42501' });
  await migrate(db);
}

/** In another encoding it would fail at the first emoji that somebody writes into a prompt. */
async function requireUtf8(db: Db): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
  const encoding = rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  throw new StoreError(
    `The PostgreSQL database keeps text as ${encoding} and not as UTF-8. Make a new one, with ` +
      'createdb --encoding=UTF8 --template=template0, and name it in DATABASE_URL.',
  );
}
