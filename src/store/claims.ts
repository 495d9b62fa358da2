import { type ExpressionBuilder, sql } from 'kysely';
import { gentler, gentlest, leastBetween, nextAfter, type Pace, paces } from '#settings/pace';
import type { Guilds } from '#store/guilds';
import type { Hashes } from '#store/hash';
import type { Db, Tables } from '#store/tables';
import { beginningOf, DAY, dayOf, HOUR, toText } from '#store/times';

/** What was decided, and on what: `replier` wrote `messages` in answer to `poster`; `revision` is the guild's settings then. */
export type Claim = {
  guild: string;
  revision: number;
  replier: string;
  /** Absent: somebody without an account, who cannot be asked. */
  poster?: string;
  messages: readonly string[];
  /** A kind; or `landed`, that the reply lands well. */
  about: string;
  /** Milliseconds since 1970. */
  now: number;
};

/** The right to send one note, given once. `nonce` (at most 25 characters) makes a repeated send the same message for Discord. */
export type Claimed = { nonce: string };

/** Rolls the transaction back; never leaves this file. */
class NotNow extends Error {}

/**
 * Claims one note for a reply, before it is sent. Undefined: it must not be sent, and nothing was kept.
 *
 * One transaction that only writes: first the messages, of which one that was claimed before ends it; then the member's
 * row, in a statement that asks everything again that may have changed since the decision, by the rules of `decide` in
 * the nudge module. It is the database that decides between two claims at once.
 */
export async function claim(
  db: Db,
  hashes: Hashes,
  guilds: Pick<Guilds, 'settings'>,
  asked: Claim,
): Promise<Claimed | undefined> {
  const messages = [...new Set(asked.messages)].sort();
  // A revision names its settings for good: with the right revision in the database, these are the settings there.
  const { revision, settings } = guilds.settings(asked.guild);
  if (messages.length === 0 || revision !== asked.revision || settings.support.mode !== 'on') return undefined;
  const { fastest } = settings.notes;
  try {
    await db.transaction().execute(async (trx) => {
      const at = toText(asked.now);
      const inserted = await trx
        .insertInto('claims')
        // In one order, so that two claims that overlap cannot wait for each other.
        .values(
          messages.map((id) => ({
            id: hashes.message(id),
            guild: asked.guild,
            at: toText(beginningOf(HOUR, asked.now)),
          })),
        )
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirstOrThrow();
      if (inserted.numInsertedOrUpdatedRows !== BigInt(messages.length)) throw new NotNow();
      const updated = await trx
        .updateTable('members')
        .set(
          asked.about === 'landed'
            ? { landed_next: dayOf(asked.now + nextAfter.landed) }
            : { noted_at: toText(beginningOf(DAY, asked.now)) },
        )
        .where('hash', '=', hashes.member(asked.guild, asked.replier))
        .where('notes', '=', 1)
        .where('dms_closed', '=', 0)
        .where((where) => where.or([where('snoozed_until', 'is', null), where('snoozed_until', '<=', at)]))
        .where((where) => isDue(where, asked, fastest))
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('guilds')
              .select('id')
              .where('id', '=', asked.guild)
              .where('revision', '=', asked.revision)
              .where('left_at', 'is', null),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('members as posters')
                .select('posters.hash')
                .where('posters.hash', '=', hashes.member(asked.guild, asked.poster ?? ''))
                .where('posters.posts_left_out', '=', 1),
            ),
          ),
        )
        .executeTakeFirstOrThrow();
      if (updated.numUpdatedRows !== 1n) throw new NotNow();
    });
  } catch (error) {
    if (error instanceof NotNow) return undefined;
    throw error;
  }
  return { nonce: hashes.nonce(messages) };
}

type Where = ExpressionBuilder<Tables, 'members'>;

/** Does the member want this now, as often as they chose? */
const isDue = (where: Where, { about, now }: Claim, fastest: Pace) =>
  about === 'landed'
    ? where.and([where('landed', '=', 1), where.or(mayComeAgain(where, 'landed_next', nextAfter.landed, now))])
    : where.and([
        where(sql<string>`' ' || kinds_off || ' '`, 'not like', `% ${about} %`),
        where.or(hasRested(where, now, fastest)),
      ]);

function hasRested(where: Where, now: number, fastest: Pace) {
  const rested = (pace: Pace) => toText(now - leastBetween[gentler(pace, fastest)]);
  return [
    where('noted_at', 'is', null),
    // It lies ahead: the clock was set back.
    where('noted_at', '>', toText(now)),
    ...paces.map((pace) => where.and([where('pace', '=', pace), where('noted_at', '<=', rested(pace))])),
    where('noted_at', '<=', rested(gentlest)),
  ];
}

/** Has the day come from which it may? One that is further ahead than any that is set was set by another clock. */
export const mayComeAgain = (where: Where, next: 'landed_next' | 'thanks_next', longest: number, now: number) => [
  where(next, 'is', null),
  where(next, '<=', dayOf(now)),
  where(next, '>', dayOf(now + longest)),
];
