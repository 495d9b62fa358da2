import { type ColumnDefinitionBuilder, type Kysely, PostgresAdapter } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { announceChanges } from '#store/postgres/changes';
import { StoreError } from '#store/store-error';
import type { Db } from '#store/tables';

// A migration keeps working on the schema of its day, so it cannot know today's tables.
type AnyDb = Kysely<unknown>;
type ColumnBuilderCallback = (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder;

/** Forward only, in the order of their names; one that was released is never edited, a new one is added below it. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first': {
    async up(db: AnyDb) {
      await db.schema
        .createTable('guilds')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('revision', 'integer', (c) => c.notNull())
        .addColumn('settings', 'text', (c) => c.notNull())
        .addColumn('left_at', 'text')
        .execute();
      await db.schema
        .createTable('members')
        .addColumn('hash', 'text', (c) => c.primaryKey().notNull())
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('notes', 'integer', (c) => c.notNull().defaultTo(0))
        .addColumn('pace', 'text', (c) => c.notNull().defaultTo('day'))
        .addColumn('snoozed_until', 'text')
        .addColumn('noted_at', 'text')
        .addColumn('dms_closed', 'integer', (c) => c.notNull().defaultTo(0))
        .addColumn('posts_left_out', 'integer', (c) => c.notNull().defaultTo(0))
        .execute();
      await db.schema.createIndex('members_of_guild').on('members').column('guild').execute();
      await db.schema
        .createTable('claims')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('at', 'text', (c) => c.notNull())
        .execute();
      await db.schema
        .createTable('counts')
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('kind', 'text', (c) => c.notNull())
        .addColumn('what', 'text', (c) => c.notNull())
        .addColumn('n', 'integer', (c) => c.notNull())
        .addPrimaryKeyConstraint('counts_key', ['guild', 'day', 'kind', 'what'])
        .execute();
    },
  },
  /** Settings were one flat object, which is now the section `support`. A row that is none stays as it is. */
  '0002-sections': {
    async up(db: Kysely<{ guilds: { id: string; settings: string } }>) {
      for (const { id, settings } of await db.selectFrom('guilds').select(['id', 'settings']).execute()) {
        const flat = objectIn(settings);
        if (flat === undefined) continue;
        const inSections = JSON.stringify({ support: flat });
        await db.updateTable('guilds').set({ settings: inSections }).where('id', '=', id).execute();
      }
    },
  },
  /** "They asked for it" was the only thing that a reader could say of a wrong note. */
  '0003-wanted-ideas': {
    async up(db: Kysely<{ counts: { what: string } }>) {
      await db.updateTable('counts').set({ what: 'wanted ideas' }).where('what', '=', 'asked for').execute();
    },
  },
  /** What members said that they need, see /need. */
  '0004-needs': {
    async up(db: AnyDb) {
      await db.schema
        .createTable('needs')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('want', 'text', (c) => c.notNull())
        .addColumn('until', 'text', (c) => c.notNull())
        .addColumn('message', 'text', (c) => c.notNull())
        .execute();
    },
  },
  /** What members choose in /nudges beyond on, off and pace. */
  '0005-choices': {
    async up(db: AnyDb) {
      // One column a statement: SQLite takes no more.
      const add = (name: string, type: 'text' | 'integer', build: ColumnBuilderCallback = (c) => c) =>
        db.schema.alterTable('members').addColumn(name, type, build).execute();
      await add('kinds_off', 'text', (c) => c.notNull().defaultTo(''));
      for (const name of ['landed', 'thanks', 'thanks_waiting'])
        await add(name, 'integer', (c) => c.notNull().defaultTo(0));
      for (const name of ['landed_next', 'thanks_next']) await add(name, 'text');
    },
  },
  /** That somebody has thanked for a message. */
  '0006-thanks': {
    async up(db: AnyDb) {
      await db.schema
        .createTable('thanks')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('hash', 'text', (c) => c.notNull())
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('until', 'text', (c) => c.notNull())
        .execute();
    },
  },
  /** Replies read and members with notes, a row a day: see /insights. Counts are kept longer, so that they are found by day. */
  '0007-days': {
    async up(db: AnyDb) {
      await db.schema
        .createTable('days')
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('day', 'text', (c) => c.notNull())
        .addColumn('replies', 'integer', (c) => c.notNull())
        .addColumn('with_notes', 'integer')
        .addPrimaryKeyConstraint('days_key', ['guild', 'day'])
        .execute();
      await db.schema.createIndex('days_by_day').on('days').column('day').execute();
      await db.schema.createIndex('counts_by_day').on('counts').column('day').execute();
    },
  },
  /** The community's own, see /prompts. */
  '0008-prompts': {
    async up(db: AnyDb) {
      await db.schema
        .createTable('prompts')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('say', 'text', (c) => c.notNull())
        .addColumn('ask', 'text')
        .addColumn('notice', 'text')
        .addColumn('families', 'text', (c) => c.notNull())
        .addColumn('added_at', 'text', (c) => c.notNull())
        .execute();
      await db.schema.createIndex('prompts_of_guild').on('prompts').column('guild').execute();
    },
  },
  /** What is left out, and the choices of what notes are about: a version that does not know them would contact more. */
  '0010-exempt': { async up() {} },
  /**
   * Times of members are kept in whole days. What somebody needs stands under another name than what else is kept of
   * them: the names of before, which a day would end anyway, go.
   */
  '0012-days': {
    async up(db: Kysely<{ members: Dated; claims: { id: string; at: string }; needs: object }>) {
      const day = (text: string | null, more = 0) =>
        text && new Date(Math.floor(Date.parse(text) / DAY) * DAY + more).toISOString();
      for (const { hash, noted_at, snoozed_until } of await db.selectFrom('members').select(dated).execute()) {
        const days = { noted_at: day(noted_at), snoozed_until: day(snoozed_until, DAY) };
        await db.updateTable('members').set(days).where('hash', '=', hash).execute();
      }
      for (const { id, at } of await db.selectFrom('claims').selectAll().execute())
        await db
          .updateTable('claims')
          .set({ at: `${at.slice(0, 13)}:00:00.000Z` })
          .where('id', '=', id)
          .execute();
      await db.deleteFrom('needs').execute();
    },
  },
  /**
   * Members' rows that were of no use for a year go, and claims go with their guild. No claim is needed any more: an
   * update takes longer than a message that is heard once is of interest.
   */
  '0014-of-use': {
    async up(db: AnyDb) {
      await db.schema.alterTable('members').addColumn('used', 'text').execute();
      await db.schema.dropTable('claims').execute();
      await db.schema
        .createTable('claims')
        .addColumn('id', 'text', (c) => c.primaryKey().notNull())
        .addColumn('guild', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
        .addColumn('at', 'text', (c) => c.notNull())
        .execute();
    },
  },
  /** What several processes on PostgreSQL tell each other, and how they take turns at Discord's door. */
  '0018-processes': {
    async up(db: AnyDb) {
      if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
      await db.schema
        .createTable('logins')
        .addColumn('bucket', 'integer', (c) => c.primaryKey().notNull())
        .addColumn('next', 'timestamptz', (c) => c.notNull())
        .execute();
      await announceChanges(db);
    },
  },
};

const DAY = 24 * 60 * 60_000;
type Dated = { hash: string; noted_at: string | null; snoozed_until: string | null };
const dated = ['hash', 'noted_at', 'snoozed_until'] as const;

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const ledger = 'kysely_migration';

/** What this database has been through, or undefined when it is empty. */
async function history(db: AnyDb): Promise<string[] | undefined> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.length === 0) return undefined;
  if (!tables.some((table) => table.name === ledger)) {
    throw new StoreError(
      'This database belongs to another program. Give Attune one of its own: DATABASE_PATH for a file, DATABASE_URL for PostgreSQL.',
    );
  }
  const rows = await (db as unknown as Kysely<{ [ledger]: { name: string } }>)
    .selectFrom(ledger)
    .select('name')
    .execute();
  return rows.map((row) => row.name);
}

/** Has this database been through every step? */
export async function isUpToDate(db: Db): Promise<boolean> {
  const there = new Set(await history(db as unknown as AnyDb));
  return Object.keys(migrations).every((name) => there.has(name));
}

/**
 * Brings the database up to date, all steps in one transaction: either every one is in, or none and nothing changed.
 * Throws a StoreError for a database that a newer Attune wrote; whatever a failing step threw comes back as it is.
 */
export async function migrate(db: Db, steps: Readonly<Record<string, Migration>> = migrations): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const unknown = (await history(trx as unknown as AnyDb))?.filter((name) => !(name in steps)) ?? [];
    if (unknown.length > 0) {
      throw new StoreError(
        `This database was written by a newer Attune (it has ${unknown.sort().join(', ')}). ` +
          'Start that version or a later one, or put back the backup made before the update.',
      );
    }
    const { error } = await new Migrator({ db: trx, provider: { getMigrations: async () => steps } }).migrateToLatest();
    // The Migrator reports instead of throwing; only a throw rolls the transaction back.
    if (error !== undefined) throw error;
  });
}
