import { changeRow, emptyRow, readRow } from '#settings/row';
import { changesSchema } from '#settings/section';
import { type Changes, defaultSettings, type SectionName, type Settings, sections } from '#settings/settings';
import type { Db, Tables, Trx } from '#store/tables';
import { toText } from '#store/times';
import type { Turns } from '#store/turns';
import type { OnWarning } from '#store/warnings';

export type GuildSettings = {
  /** 0: never saved. Goes up by one with every save. */
  revision: number;
  settings: Settings;
  /** Sections that no longer parse: they are at their default, and the mode is off, until somebody saves them anew. */
  unreadable?: readonly SectionName[];
};

/** What is written together with settings, or not at all. */
export type Also = {
  /** False: it is no longer as whoever wants it has seen it, and nothing is saved. */
  write(trx: Trx): Promise<boolean>;
  /** Awaited once all is saved. */
  written(): Promise<void>;
};

export type Guilds = {
  /** From memory, at once: asked for every message. */
  settings(guild: string): GuildSettings;
  /**
   * Saves the sections named in `changes` when nobody else saved since `revision`; all else in the row stays as it is.
   * Changes that are made from the settings as they are now also go through when others changed other settings since.
   * Throws a ZodError for changes that do not fit. `also` is written in the same transaction.
   */
  save(
    guild: string,
    revision: number,
    changes: Changes | ((now: Settings) => Changes),
    also?: Also,
  ): Promise<'saved' | 'changed meanwhile'>;
  /** Attune was removed from the guild at `at` (ms). All is kept for thirty days, as that may be a mistake, but nobody is contacted. */
  gone(guild: string, at: number): Promise<void>;
  /** Attune is in the guild (again). */
  back(guild: string): Promise<void>;
  /**
   * When Attune is ready: marks guilds that are not `present` as gone since `at` (ms), and the present ones as back. Only
   * those that are `ours`: others are seen by another process.
   */
  reconcile(present: ReadonlySet<string>, at: number, isOurs?: (guild: string) => boolean): Promise<void>;
};

type Known = GuildSettings & {
  gone: boolean;
  /** The revision that was read from the database; until then any setting may have changed. */
  since: number;
  /** With which revision a setting was changed after that, by its section and key. */
  changed: ReadonlyMap<string, number>;
};

/** Shared by all guilds in which nothing was changed. */
const nothingChanged: ReadonlyMap<string, number> = new Map();

/** What the verbs outside this file need to keep memory and database together. */
export type GuildMemory = { known: Map<string, Known> };

const unknown: GuildSettings = Object.freeze({ revision: 0, settings: defaultSettings });
/** PostgreSQL and SQLite both limit the values of one statement. */
const CHUNK = 500;

/** Reads every guild into memory; what does not parse is reported and kept in its row. */
export async function loadGuilds(db: Db, onWarning: OnWarning): Promise<GuildMemory> {
  const rows = await db.selectFrom('guilds').selectAll().execute();
  return { known: new Map(rows.map((row) => [row.id, knownFrom(row, onWarning)])) };
}

function knownFrom(row: Tables['guilds'], onWarning?: OnWarning): Known {
  const { settings, unreadable } = readRow(sections, row.settings);
  const { revision } = row;
  const gone = row.left_at !== null;
  const read = { revision, settings, gone, since: revision, changed: nothingChanged };
  if (unreadable.length === 0) return read;
  onWarning?.({ warning: 'unreadable settings', guild: row.id, sections: unreadable });
  return { ...read, unreadable };
}

/** A row as it is stored. */
export function takeInGuild({ known }: GuildMemory, row: Tables['guilds'], onWarning?: OnWarning): void {
  const there = known.get(row.id);
  // With the same revision they may be others, where the guild was deleted and set up again.
  if (there?.revision === row.revision && isEqual(there.settings, knownFrom(row).settings))
    there.gone = row.left_at !== null;
  else known.set(row.id, knownFrom(row, onWarning));
}

const isEqual = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Rows that refer to a guild need its row, also when nobody has set it up yet. Part of the caller's transaction. */
export async function ensureGuild(trx: Trx, guild: string): Promise<void> {
  await trx
    .insertInto('guilds')
    .values({ id: guild, revision: 0, settings: emptyRow, left_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The memory's side of `ensureGuild`, once its transaction is through. */
export function rememberGuild({ known }: GuildMemory, guild: string): void {
  if (!known.has(guild)) known.set(guild, { ...unknown, gone: false, since: 0, changed: nothingChanged });
}

export function guildVerbs(db: Db, { known }: GuildMemory, turns: Turns, onWarning: OnWarning): Guilds {
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
  /** The stored row. Memory is behind it only when another process wrote. */
  const refresh = async (guild: string) => {
    const row = await db.selectFrom('guilds').selectAll().where('id', '=', guild).executeTakeFirst();
    if (row === undefined) known.delete(guild);
    else takeInGuild({ known }, row, onWarning);
    return row;
  };
  return {
    settings(guild) {
      const found = known.get(guild);
      if (found === undefined) return unknown;
      const { gone: _, since: __, changed: ___, ...rest } = found;
      return rest;
    },
    save: (guild, revision, changes, also) =>
      turns.take(async () => {
        const made = typeof changes === 'function' ? changes : undefined;
        const given = made ? undefined : changesSchema(sections).parse(changes);
        const before = await refresh(guild);
        const seen = before?.revision ?? 0;
        const was = known.get(guild);
        const checked = given ?? changesSchema(sections).parse(made?.(was?.settings ?? defaultSettings));
        const keys = changedKeys(was?.settings ?? defaultSettings, checked);
        const isOthers = (key: string) => (was?.changed.get(key) ?? was?.since ?? 0) > revision;
        if (revision > seen || (revision < seen && (!made || keys.some(isOthers)))) return 'changed meanwhile';
        const settings = changeRow(before?.settings ?? emptyRow, checked);
        if (!(await writeBoth(db, { guild, seen, settings }, also))) {
          await refresh(guild);
          return 'changed meanwhile';
        }
        const next = seen + 1;
        const now = knownFrom({ id: guild, revision: next, settings, left_at: before?.left_at ?? null });
        const changed = new Map([...(was?.changed ?? []), ...keys.map((key) => [key, next] as const)]);
        known.set(guild, { ...now, since: was?.since ?? 0, changed });
        const replaced = (was?.unreadable ?? []).filter((name) => !now.unreadable?.includes(name));
        if (replaced.length > 0) onWarning({ warning: 'unreadable settings replaced', guild, sections: replaced });
        await also?.written();
        return 'saved';
      }),
    gone: (guild, at) => turns.take(() => markAs([guild], at)),
    back: (guild) => turns.take(() => markAs([guild], undefined)),
    reconcile: (present, at, isOurs = () => true) =>
      turns.take(async () => {
        const kept = [...known].map(([id, { gone }]) => ({ id, gone }));
        await markAs(
          kept.filter(({ id, gone }) => gone && present.has(id)).map(({ id }) => id),
          undefined,
        );
        await markAs(
          kept.filter(({ id, gone }) => !gone && !present.has(id) && isOurs(id)).map(({ id }) => id),
          at,
        );
      }),
  };
}

/** The settings that are no longer what they were, by their section and key. */
function changedKeys(before: Settings, changes: Changes): string[] {
  return Object.entries(changes).flatMap(([section, values]) => {
    const old: Readonly<Record<string, unknown>> = before[section as SectionName];
    return Object.entries(values)
      .filter(([key, value]) => !isEqual(value, old[key]))
      .map(([key]) => `${section}.${key}`);
  });
}

type Row = { guild: string; seen: number; settings: string };

/** The row and what is written with it; false: neither was. */
async function writeBoth(db: Db, { guild, seen, settings }: Row, also: Also | undefined): Promise<boolean> {
  if (!also) return write(db, guild, seen, settings);
  const neither = new Error('neither was written');
  const both = db.transaction().execute(async (trx) => {
    // The row comes first: what is written with it refers to it. What is thrown takes both back.
    if (!(await write(trx, guild, seen, settings)) || !(await also.write(trx))) throw neither;
    return true;
  });
  return both.catch((error: unknown) => {
    if (error === neither) return false;
    throw error;
  });
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
