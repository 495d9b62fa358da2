import { expect, test } from 'vitest';
import { decide, type StandingReason } from '#nudge/decide';
import { leastBetween, type Pace, paces } from '#settings/pace';
import { hashesUnder } from '#store/hash';
import { guild, key, noon, on, onEachDatabase, reply } from './databases.ts';

/** When a note may be sent is decided twice, before a reply is read and in the claim: the same cases for both. */

type Case = {
  notes?: 'off';
  dms?: 'closed';
  pace?: Pace | 'monthly';
  /** Both from now, in ms. */
  snoozedUntil?: number;
  notedAt?: number;
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
  ['once a day, a millisecond too early', { pace: 'day', notedAt: 1 - day }, 'noted lately'],
  ['once a day, exactly then', { pace: 'day', notedAt: -day }, 'possible'],
  ['once a day, long after', { pace: 'day', notedAt: -aYear }, 'possible'],
  ['once a week, right after one', { pace: 'week', notedAt: 0 }, 'noted lately'],
  ['once a week, after a day', { pace: 'week', notedAt: -day }, 'noted lately'],
  ['once a week, a millisecond too early', { pace: 'week', notedAt: 1 - week }, 'noted lately'],
  ['once a week, exactly then', { pace: 'week', notedAt: -week }, 'possible'],
  ['a pace of a later version, a millisecond too early', { pace: 'monthly', notedAt: 1 - week }, 'noted lately'],
  ['a pace of a later version, after a week', { pace: 'monthly', notedAt: -week }, 'possible'],

  ['the last one lies a millisecond ahead', { pace: 'day', notedAt: 1 }, 'possible'],
  ['the last one lies a year ahead', { pace: 'week', notedAt: aYear }, 'possible'],
  ['the last one lies a year ahead, every time', { pace: 'every', notedAt: aYear }, 'possible'],
  ['the last one lies ahead, of a later version', { pace: 'monthly', notedAt: aYear }, 'possible'],

  ['snoozed', { snoozedUntil: week }, 'snoozed'],
  ['snoozed for a millisecond more', { snoozedUntil: 1 }, 'snoozed'],
  ['the snooze ends now', { snoozedUntil: 0 }, 'possible'],
  ['the snooze has ended', { snoozedUntil: -1 }, 'possible'],
  ['snoozed, though every time', { pace: 'every', notedAt: -1, snoozedUntil: 1 }, 'snoozed'],
  ['the snooze has ended, and noted lately', { notedAt: 1 - day, snoozedUntil: -1 }, 'noted lately'],

  ['DMs are closed', { dms: 'closed' }, 'DMs closed'],
  ['DMs are closed, though every time', { pace: 'every', notedAt: -aYear, dms: 'closed' }, 'DMs closed'],
  ['DMs are closed, and the last one lies ahead', { notedAt: aYear, dms: 'closed' }, 'DMs closed'],
  ['snoozed, and the last one lies ahead', { notedAt: aYear, snoozedUntil: 1 }, 'snoozed'],
];

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
    for (const [i, [name, { notes, dms, pace = 'day', snoozedUntil, notedAt }]] of cases.entries()) {
      const replier = `${200000000000000000n + BigInt(i)}`;
      await store.members.turnOn(guild, replier);
      if (notedAt !== undefined) await store.claim(reply({ replier, now: noon + notedAt }));
      if (snoozedUntil !== undefined) await store.members.snooze(guild, replier, noon + snoozedUntil);
      if (dms === 'closed') await store.members.dmsClosed(guild, replier);
      const hash = hashesUnder(key).member(guild, replier);
      await database.behind((db) => db.updateTable('members').set({ pace }).where('hash', '=', hash).execute());
      if (notes === 'off') await store.members.turnOff(guild, replier);

      const member = await store.members.of(guild, replier);
      expect(member.notedAt, name).toBe(notedAt === undefined ? undefined : noon + notedAt);
      const decided = decide({ mode, member }, noon);
      const claimed = await store.claim(reply({ replier }));
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
        for (const rested of [0, day - 1, day, week - 1, week]) {
          const replier = `${300000000000000000n + BigInt(Object.keys(answers).length)}`;
          const name = `${pace}, at the fastest ${fastest}, after ${rested} ms`;
          await store.members.turnOn(guild, replier);
          await store.members.setPace(guild, replier, pace);
          const first = await store.claim(reply({ replier, revision, now: noon - rested }));
          expect(first, name).toBeDefined();
          answers[name] = (await store.claim(reply({ replier, revision }))) !== undefined;
          wanted[name] = rested >= Math.max(leastBetween[pace], leastBetween[fastest]);
        }
    }
    expect(answers).toEqual(wanted);
  });
});
