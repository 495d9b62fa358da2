import { createHash, randomBytes } from 'node:crypto';
import { type Also, ensureGuild, type GuildMemory, rememberGuild } from '#store/guilds';
import type { Db, Tables } from '#store/tables';
import { toText } from '#store/times';
import type { Turns } from '#store/turns';

/** What a community's own prompt says; as it was typed, so it must be escaped where it is shown. */
export type OwnWords = {
  say: string;
  ask?: string | undefined;
  /** What to listen for. */
  notice?: string | undefined;
  /** The families of feelings that it fits; none: any. */
  families: readonly string[];
};
/** The id stands for these words and no others: whoever changes the words gives them a new one. */
export type OwnPrompt = OwnWords & { id: string };

/** Of one guild. */
export const mostOwnPrompts = 200;

export type OwnPrompts = {
  /** In the order in which they were added. */
  of(guild: string): Promise<OwnPrompt[]>;
  /** 'there already': another one says the same. */
  add(guild: string, words: OwnWords, now: number): Promise<OwnPrompt | 'full' | 'there already'>;
  /** Gives other words. 'changed': they are no longer those that `id` stood for, or gone. */
  edit(guild: string, id: string, words: OwnWords): Promise<OwnPrompt | 'changed' | 'there already'>;
  /** False: it was not there any more. */
  remove(guild: string, id: string): Promise<boolean>;
  /**
   * All of them at once, in a save of the settings. `seen`: the stamp of those that were there; when these are no longer
   * the same nothing is saved. One that is among them already stays as it is.
   */
  instead(guild: string, seen: string, words: readonly OwnWords[], now: number): Also;
};

/** Stands for these prompts and no others. */
export const stampOf = (prompts: readonly OwnPrompt[]): string =>
  createHash('sha256')
    .update(
      prompts
        .map(({ id }) => id)
        .sort()
        .join(' '),
    )
    .digest('base64url')
    .slice(0, 12);

/** Those of the words that are not among the others, as a whole. */
export function without<Words extends OwnWords>(words: readonly Words[], others: readonly OwnWords[]): Words[] {
  const wholly = ({ say, ask, notice, families }: OwnWords) => JSON.stringify([say, ask, notice, ...families]);
  const known = new Set(others.map(wholly));
  return words.filter((one) => !known.has(wholly(one)));
}

export function ownPromptVerbs(db: Db, memory: GuildMemory, turns: Turns, cleared: () => Promise<void>): OwnPrompts {
  const of = async (guild: string, at: Db = db) => {
    const rows = await at
      .selectFrom('prompts')
      .selectAll()
      .where('guild', '=', guild)
      .orderBy('added_at')
      .orderBy('id')
      .execute();
    return rows.map(promptFrom);
  };
  return {
    of: (guild) => of(guild),
    instead: (guild, seen, words, now) => ({
      async write(trx) {
        const there = await of(guild, trx);
        if (stampOf(there) !== seen) return false;
        const gone = without(there, words).map(({ id }) => id);
        if (gone.length > 0)
          await trx.deleteFrom('prompts').where('guild', '=', guild).where('id', 'in', gone).execute();
        // Each a moment later than the one before: that is their order.
        const rows = without(words, there).map((one, at) => ({
          ...{ guild, ...rowOf({ ...one, id: newId() }), added_at: toText(now + at) },
        }));
        if (rows.length > 0) await trx.insertInto('prompts').values(rows).execute();
        return true;
      },
      written: cleared,
    }),
    add: (guild, words, now) =>
      turns.take(async () => {
        const there = await of(guild);
        if (isAmong(there, words)) return 'there already';
        if (there.length >= mostOwnPrompts) return 'full';
        const added = { ...words, id: newId() };
        await db.transaction().execute(async (trx) => {
          await ensureGuild(trx, guild);
          await trx
            .insertInto('prompts')
            .values({ guild, ...rowOf(added), added_at: toText(now) })
            .execute();
        });
        rememberGuild(memory, guild);
        return added;
      }),
    edit: (guild, id, words) =>
      turns.take(async () => {
        const others = (await of(guild)).filter((one) => one.id !== id);
        if (isAmong(others, words)) return 'there already';
        const edited = { ...words, id: newId() };
        const { numUpdatedRows } = await db
          .updateTable('prompts')
          .set(rowOf(edited))
          .where('id', '=', id)
          .where('guild', '=', guild)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return 'changed';
        await cleared();
        return edited;
      }),
    remove: (guild, id) =>
      turns.take(async () => {
        const { numDeletedRows } = await db
          .deleteFrom('prompts')
          .where('id', '=', id)
          .where('guild', '=', guild)
          .executeTakeFirstOrThrow();
        await cleared();
        return numDeletedRows === 1n;
      }),
  };
}

/** Short, as it goes along in custom ids; nobody guesses it, and nobody needs to. */
const newId = () => randomBytes(6).toString('base64url');

const isAmong = (prompts: readonly OwnPrompt[], { say, ask }: OwnWords) =>
  prompts.some((one) => one.say === say && one.ask === ask);

const rowOf = ({ id, say, ask, notice, families }: OwnPrompt) => ({
  ...{ id, say, ask: ask ?? null, notice: notice ?? null },
  families: families.join(' '),
});

function promptFrom({ id, say, ask, notice, families }: Tables['prompts']): OwnPrompt {
  return {
    ...{ id, say, families: families.split(' ').filter(Boolean) },
    ...(ask !== null && { ask }),
    ...(notice !== null && { notice }),
  };
}
