import { expect, test } from 'vitest';
import { type About, decide, type StandingReason } from '#nudge/decide';
import { leastBetween, nextAfter, type Pace, paces } from '#settings/pace';
import { hashesUnder } from '#store/hash';
import { DAY } from '#store/times';
import { guild, key, midnight, on, onEachDatabase, reply } from './databases.ts';

/** When a note may be sent is decided twice, before a reply is read and in the claim: the same cases for both. */

type Case = {
  notes?: 'off';
  dms?: 'closed';
  pace?: Pace | 'monthly';
  /** Both from midnight, in ms. */
  snoozedUntil?: number;
  notedAt?: number;
  kindsOff?: readonly string[];
  /** The note would be about this; unless told, about advice. */
  about?: About;
  /** Wants to be told when a reply lands well; with `at`, had that then, in ms from noon, which is then now. */
  landed?: { at?: number };
  /** Now, from midnight, in ms. */
  now?: number;
};
const { day, week } = leastBetween;
const aYear = 365 * day;

const cases: [string, Case, 'possible' | StandingReason][] = [
  ['never had a note', {}, 'possible'],
  ['never had a note, every time', { pace: 'every' }, 'possible'],
  ['never had a note, once a week', { pace: 'week' }, 'possible'],
  ['said no', { notes: 'off' }, 'not opted in'],

  ['every time, right after one', { pace: 'every', notedAt: 0 }, 'possible'],
  ['once a day, right after one', { pace: 'day', notedAt: 0 }, 'noted lately'],
  ['once a day, a millisecond too early', { pace: 'day', notedAt: -day, now: -1 }, 'noted lately'],
  ['once a day, noted late in its day', { pace: 'day', notedAt: DAY - 1 - day }, 'possible'],
  ['once a day, exactly then', { pace: 'day', notedAt: -day }, 'possible'],
  ['once a day, long after', { pace: 'day', notedAt: -aYear }, 'possible'],
  ['once a week, right after one', { pace: 'week', notedAt: 0 }, 'noted lately'],
  ['once a week, after a day', { pace: 'week', notedAt: -day }, 'noted lately'],
  ['once a week, a millisecond too early', { pace: 'week', notedAt: -week, now: -1 }, 'noted lately'],
  ['once a week, exactly then', { pace: 'week', notedAt: -week }, 'possible'],
  ['a pace of a later version, a millisecond too early', { pace: 'monthly', notedAt: -week, now: -1 }, 'noted lately'],
  ['a pace of a later version, after a week', { pace: 'monthly', notedAt: -week }, 'possible'],

  ['the last one lies a day ahead', { pace: 'day', notedAt: DAY }, 'possible'],
  ['the last one lies a year ahead', { pace: 'week', notedAt: aYear }, 'possible'],
  ['the last one lies a year ahead, every time', { pace: 'every', notedAt: aYear }, 'possible'],
  ['the last one lies ahead, of a later version', { pace: 'monthly', notedAt: aYear }, 'possible'],

  ['snoozed', { snoozedUntil: week }, 'snoozed'],
  ['snoozed for a millisecond more', { snoozedUntil: DAY, now: DAY - 1 }, 'snoozed'],
  ['snoozed to the end of its day', { snoozedUntil: 1, now: DAY - 1 }, 'snoozed'],
  ['the snooze ends now', { snoozedUntil: 0 }, 'possible'],
  ['the snooze has ended', { snoozedUntil: -DAY }, 'possible'],
  ['snoozed, though every time', { pace: 'every', notedAt: -1, snoozedUntil: 1 }, 'snoozed'],
  ['the snooze has ended, and noted lately', { notedAt: -DAY, snoozedUntil: -DAY + 1 }, 'noted lately'],

  ['DMs are closed', { dms: 'closed' }, 'DMs closed'],
  ['DMs are closed, though every time', { pace: 'every', notedAt: -aYear, dms: 'closed' }, 'DMs closed'],
  ['DMs are closed, and the last one lies ahead', { notedAt: aYear, dms: 'closed' }, 'DMs closed'],
  ['snoozed, and the last one lies ahead', { notedAt: aYear, snoozedUntil: 1 }, 'snoozed'],

  ['this kind is turned off', { kindsOff: ['advice'] }, 'kind turned off'],
  ['this kind is turned off, the last of several', { kindsOff: ['cheerleading', 'advice'] }, 'kind turned off'],
  ['this kind is turned off, though every time', { kindsOff: ['advice'], pace: 'every' }, 'kind turned off'],
  ['this kind is turned off, and noted lately', { kindsOff: ['advice'], notedAt: 0 }, 'kind turned off'],
  ['another kind is turned off', { kindsOff: ['silver-lining'] }, 'possible'],
  ['one that begins alike is turned off', { kindsOff: ['advice-of-a-later-version'] }, 'possible'],
  ['one that ends alike is turned off', { kindsOff: ['unwanted-advice', 'more-advice'] }, 'possible'],
  ['turned off, of a later version', { kindsOff: ['sermons'] }, 'possible'],
  ['a kind with a hyphen', { kindsOff: ['advice', 'silver-lining'], about: 'silver-lining' }, 'kind turned off'],
  ['another kind is turned off, and noted lately', { kindsOff: ['silver-lining'], notedAt: -1 }, 'noted lately'],

  ['landed, and nobody asked', { about: 'landed' }, 'not opted in'],
  ['landed', { about: 'landed', landed: {} }, 'possible'],
  ['landed, and said no to notes', { about: 'landed', landed: {}, notes: 'off' }, 'not opted in'],
  ['landed, a moment after one', { about: 'landed', landed: { at: 0 } }, 'noted lately'],
  ['landed, seven days later', { about: 'landed', landed: { at: -7 * DAY } }, 'noted lately'],
  ['landed, seven days later, early that day', { about: 'landed', landed: { at: -7.5 * DAY } }, 'noted lately'],
  ['landed, the eighth day has begun', { about: 'landed', landed: { at: -7.5 * DAY - 1 } }, 'possible'],
  ['landed, long after', { about: 'landed', landed: { at: -aYear } }, 'possible'],
  ['landed, the last one lies ahead', { about: 'landed', landed: { at: DAY } }, 'possible'],
  ['landed, the last one lies hours ahead', { about: 'landed', landed: { at: 1 } }, 'noted lately'],
  ['landed, the last one lies a year ahead', { about: 'landed', landed: { at: aYear } }, 'possible'],
  ['landed, right after a note', { about: 'landed', landed: {}, notedAt: 0 }, 'possible'],
  ['landed, and all kinds turned off', { about: 'landed', landed: {}, kindsOff: ['advice'] }, 'possible'],
  ['landed, snoozed', { about: 'landed', landed: {}, snoozedUntil: 1 }, 'snoozed'],
  ['landed, DMs are closed', { about: 'landed', landed: {}, dms: 'closed' }, 'DMs closed'],
  ['a note, right after one that landed', { landed: { at: 0 } }, 'possible'],
];

/** Of the day that begins within the time after one that came then. */
const startOf = (time: number) => Math.floor((time + nextAfter.landed) / DAY) * DAY;

type Answers = Record<string, { decided: string; claimed: boolean }>;
const expected: Answers = Object.fromEntries(
  cases.map(([name, , answer]) => [name, { decided: answer, claimed: answer === 'possible' }]),
);

onEachDatabase('pace', (database) => {
  test('the decision and the claim give the same answer in every case', async () => {
    const store = await database.open();
    await store.guilds.save(guild, 0, on);
    const { mode } = store.guilds.settings(guild).settings.support;
    const answers: Answers = {};
    for (const [i, [name, one]] of cases.entries()) {
      const { notes, dms, pace = 'day', snoozedUntil, notedAt, kindsOff, landed, about = 'advice' } = one;
      const now = midnight + (one.now ?? (landed ? DAY / 2 : 0));
      const replier = `${200000000000000000n + BigInt(i)}`;
      await store.members.turnOn(guild, replier);
      if (notedAt !== undefined) await store.claim(reply({ replier, now: midnight + notedAt }));
      if (landed) await store.members.tellLanded(guild, replier, true);
      if (landed?.at !== undefined) await store.claim(reply({ replier, about: 'landed', now: now + landed.at }));
      if (kindsOff) await store.members.turnKindsOff(guild, replier, kindsOff);
      if (snoozedUntil !== undefined) await store.members.snooze(guild, replier, midnight + snoozedUntil);
      if (dms === 'closed') await store.members.dmsClosed(guild, replier);
      const hash = hashesUnder(key).member(guild, replier);
      await database.behind((db) => db.updateTable('members').set({ pace }).where('hash', '=', hash).execute());
      if (notes === 'off') await store.members.turnOff(guild, replier);

      const member = await store.members.of(guild, replier);
      expect(member.notedAt, name).toBe(notedAt === undefined ? undefined : midnight + Math.floor(notedAt / DAY) * DAY);
      const landedAt = landed?.at;
      if (landedAt !== undefined && notes !== 'off') expect(member.landedNext, name).toBe(startOf(now + landedAt));
      const decided = decide({ mode, member }, now, about);
      const claimed = await store.claim(reply({ replier, about, now }));
      answers[name] = { decided: decided.possible ? 'possible' : decided.reason, claimed: claimed !== undefined };
    }
    expect(answers).toEqual(expected);
  });

  test('the claim is never weaker than the fastest pace of the community, nor than that of the member', async () => {
    const store = await database.open();
    const answers: Record<string, boolean> = {};
    const wanted: Record<string, boolean> = {};
    let revision = 0;
    for (const fastest of paces) {
      await store.guilds.save(guild, revision++, { ...on, notes: { ...on.notes, fastest } });
      for (const pace of paces)
        for (const rested of [0, day - DAY, day, week - DAY, week]) {
          const replier = `${300000000000000000n + BigInt(Object.keys(answers).length)}`;
          const name = `${pace}, at the fastest ${fastest}, after ${rested / DAY} days`;
          await store.members.turnOn(guild, replier);
          await store.members.setPace(guild, replier, pace);
          const first = await store.claim(reply({ replier, revision, now: midnight - rested }));
          expect(first, name).toBeDefined();
          answers[name] = (await store.claim(reply({ replier, revision, now: midnight }))) !== undefined;
          wanted[name] = rested >= Math.max(leastBetween[pace], leastBetween[fastest]);
        }
    }
    expect(answers).toEqual(wanted);
  });
});
