import { sql } from 'kysely';
import { isUpToDate, migrate } from '#store/migrations';
import type { Db } from '#store/tables';

/** Brings the database up to date. Whoever may not change it there learns so; a failed step would say something else. */
export async function prepare(db: Db): Promise<void> {
  if (await isUpToDate(db)) return;
  const { rows } = await sql<{ may: boolean }>`
    select coalesce(has_schema_privilege(current_schema(), 'create'), false) as may`.execute(db);
  if (rows[0]?.may !== true) throw Object.assign(new Error('no right to create'), { code: '42501' });
  await migrate(db);
}
