import { defaultSettings, parseSettings, type Settings, settingsSchema } from '#settings/settings';
import type { OnFault } from '#store/faults';
import type { Db, Tables, Trx } from '#store/tables';
import { toText } from '#store/times';
import type { Turns } from '#store/turns';

export type GuildSettings = {
  /** 0: never saved. Goes up by one with every save. */
  revision: number;
  settings: Settings;
  /** The stored settings no longer parse; the guild counts as off until somebody saves new ones. */
  unreadable?: true;
};

export type Guilds = {
  /** From memory, at once: asked for every message. */
  settings(guild: string): GuildSettings;
  /** Saves when nobody else did since `revision`. Throws a ZodError for settings that do not fit the schema. */
  save(guild: string, revision: number, settings: Settings): Promise<'saved' | 'changed meanwhile'>;
  /** Attune was removed from the guild at `at` (ms). All is kept for seven days, as that may be a mistake, but nobody is contacted. */
  left(guild: string, at: number): Promise<void>;
  /** Attune is in the guild (again). */
  back(guild: string): Promise<void>;
  /** When Attune is ready: marks guilds that are not `present` as left at `at` (ms), and the present ones as not left. */
  reconcile(present: ReadonlySet<string>, at: number): Promise<void>;
};

type Known = GuildSettings & { gone: boolean };

/** What the verbs outside this file need to keep memory and database together. */
export type GuildMemory = { known: Map<string, Known> };

const unknown: GuildSettings = Object.freeze({ revision: 0, settings: defaultSettings });
/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/** Reads every guild into memory; rows that do not parse are reported and left alone. */
export async function loadGuilds(db: Db, onFault: OnFault): Promise<GuildMemory> {
  const rows = await db.selectFrom('guilds').selectAll().execute();
  return { known: new Map(rows.map((row) => [row.id, knownFrom(row, onFault)])) };
}

function knownFrom(row: Tables['guilds'], onFault: OnFault): Known {
  const settings = parseSettings(row.settings);
  if (settings === undefined) onFault({ fault: 'unreadable settings', guild: row.id });
  return {
    revision: row.revision,
    settings: settings ?? defaultSettings,
    ...(settings === undefined && { unreadable: true }),
    gone: row.left_at !== null,
  };
}

/** Rows that refer to a guild need its row, also when nobody has set it up yet. Part of the caller's transaction. */
export async function ensureGuild(trx: Trx, guild: string): Promise<void> {
  await trx
    .insertInto('guilds')
    .values({ id: guild, revision: 0, settings: JSON.stringify(defaultSettings), left_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The memory's side of `ensureGuild`, once its transaction is through. */
export function rememberGuild({ known }: GuildMemory, guild: string): void {
  if (!known.has(guild)) known.set(guild, { ...unknown, gone: false });
}

export function guildVerbs(db: Db, { known }: GuildMemory, turns: Turns, onFault: OnFault): Guilds {
  const mark = (ids: readonly string[], at: number | undefined) =>
    db.transaction().execute(async (trx) => {
      for (let from = 0; from < ids.length; from += CHUNK) {
        await trx
          .updateTable('guilds')
          .set({ left_at: at === undefined ? null : toText(at) })
          .where('id', 'in', ids.slice(from, from + CHUNK))
          // The first day of being away counts, not the last time that we noticed.
          .where('left_at', at === undefined ? 'is not' : 'is', null)
          .execute();
      }
    });
  const markAs = async (ids: readonly string[], at: number | undefined) => {
    if (ids.length === 0) return;
    await mark(ids, at);
    for (const id of ids) {
      const guild = known.get(id);
      if (guild !== undefined) guild.gone = at !== undefined;
    }
  };
  return {
    settings(guild) {
      const found = known.get(guild);
      if (found === undefined) return unknown;
      const { gone: _, ...rest } = found;
      return rest;
    },
    save: (guild, revision, settings) =>
      turns.take(async () => {
        const clean = settingsSchema.parse(settings);
        if (!(await write(db, guild, revision, JSON.stringify(clean)))) {
          // Memory is behind only when another process wrote; without this the guild could not be saved until a restart.
          const row = await db.selectFrom('guilds').selectAll().where('id', '=', guild).executeTakeFirst();
          if (row === undefined) known.delete(guild);
          else if (row.revision !== known.get(guild)?.revision) known.set(guild, knownFrom(row, onFault));
          return 'changed meanwhile';
        }
        const before = known.get(guild);
        known.set(guild, { revision: revision + 1, settings: clean, gone: before?.gone ?? false });
        if (before?.unreadable) onFault({ fault: 'unreadable settings replaced', guild });
        return 'saved';
      }),
    left: (guild, at) => turns.take(() => markAs([guild], at)),
    back: (guild) => turns.take(() => markAs([guild], undefined)),
    reconcile: (present, at) =>
      turns.take(async () => {
        const kept = [...known].map(([id, { gone }]) => ({ id, gone }));
        await markAs(
          kept.filter(({ id, gone }) => gone && present.has(id)).map(({ id }) => id),
          undefined,
        );
        await markAs(
          kept.filter(({ id, gone }) => !gone && !present.has(id)).map(({ id }) => id),
          at,
        );
      }),
  };
}

/** One statement that compares and writes; false when the stored revision is another one. */
async function write(db: Db, guild: string, revision: number, settings: string): Promise<boolean> {
  const next = { revision: revision + 1, settings };
  if (revision === 0) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('guilds')
      .values({ id: guild, ...next, left_at: null })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(next).where('guilds.revision', '=', 0))
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }
  const { numUpdatedRows } = await db
    .updateTable('guilds')
    .set(next)
    .where('id', '=', guild)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
