import { expect, test } from 'vitest';
import { leastBetween } from '#settings/pace';
import { DAY, WEEK } from '#store/times';
import { ana, ben, cleo, elsewhere, guild, midnight, noon, on, onEachDatabase, reply, withBen } from './databases.ts';

const nobody = {
  ...{ notes: false, pace: 'day', kindsOff: [], landed: false },
  ...{ thanks: false, dms: 'open', postsLeftOut: false },
};

onEachDatabase('members', (database) => {
  const rows = () => database.behind((db) => db.selectFrom('members').selectAll().execute());

  test('somebody who never said yes gets no notes and has no row', async () => {
    const store = await database.open();
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    expect(await store.members.of(guild, ben)).toEqual(nobody);
    expect(await rows()).toEqual([]);
  });

  test('turning on holds for one member in one guild, also after a restart', async () => {
    const store = await database.open();
    await store.members.turnOn(guild, ben);
    await store.members.turnOn(guild, ben);
    for (const open of [store, await database.open()]) {
      expect(open.members.hasNotes(guild, ben)).toBe(true);
      expect(open.members.hasNotes(guild, ana)).toBe(false);
      expect(open.members.hasNotes(elsewhere, ben)).toBe(false);
      expect(await open.members.of(guild, ben)).toEqual({ ...nobody, notes: true });
    }
  });

  test('turning off is in force before the database has answered', async () => {
    const store = await withBen(database);
    const done = store.members.turnOff(guild, ben);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    await done;
  });

  test('the last press counts, however quickly they follow', async () => {
    const store = await database.open();
    const { turnOn, turnOff, hasNotes, of } = store.members;
    await Promise.all([
      turnOn(guild, ben),
      turnOff(guild, ben),
      turnOn(guild, ana),
      turnOff(guild, ana),
      turnOn(guild, ana),
    ]);
    expect(hasNotes(guild, ben)).toBe(false);
    expect(await of(guild, ben)).toEqual(nobody);
    expect(hasNotes(guild, ana)).toBe(true);
    expect(await of(guild, ana)).toEqual({ ...nobody, notes: true });
  });

  test('turning off forgets pace, snooze and times; nothing is left of the row', async () => {
    const store = await withBen(database);
    await store.claim(reply());
    await store.members.setPace(guild, ben, 'week');
    await store.members.snooze(guild, ben, noon + DAY);
    await store.members.turnOff(guild, ben);
    expect(await rows()).toEqual([]);
    await store.members.turnOn(guild, ben);
    expect(await store.members.of(guild, ben)).toEqual({ ...nobody, notes: true });
  });

  test('turning off keeps that their posts are left out, and no more', async () => {
    const store = await withBen(database);
    await store.members.leavePostsOut(guild, ben, true);
    await store.members.setPace(guild, ben, 'every');
    await store.claim(reply());
    await store.members.dmsClosed(guild, ben);
    await store.members.turnOff(guild, ben);
    expect(await store.members.of(guild, ben)).toEqual({ ...nobody, postsLeftOut: true });
    await store.members.leavePostsOut(guild, ben, false);
    expect(await rows()).toEqual([]);
  });

  test('snooze, pace and closed DMs are kept and taken back', async () => {
    const store = await withBen(database);
    const { snooze, setPace, dmsClosed, dmsOpen, of } = store.members;
    expect(await snooze(guild, ben, noon + WEEK)).toBe(true);
    expect(await setPace(guild, ben, 'week')).toBe(true);
    expect(await dmsClosed(guild, ben)).toBe(true);
    const kept = { ...nobody, notes: true, pace: 'week', snoozedUntil: midnight + WEEK + DAY, dms: 'closed' };
    expect(await of(guild, ben)).toEqual(kept);
    expect(await (await database.open()).members.of(guild, ben)).toEqual(kept);
    await snooze(guild, ben, undefined);
    await dmsOpen(guild, ben);
    expect(await of(guild, ben)).toEqual({ ...nobody, notes: true, pace: 'week' });
  });

  test('nothing is kept of somebody whose notes are off', async () => {
    const store = await database.open();
    const { snooze, setPace, dmsClosed, dmsOpen, turnOff, leavePostsOut, forget } = store.members;
    expect(await snooze(guild, ben, noon)).toBe(false);
    expect(await setPace(guild, ben, 'every')).toBe(false);
    expect(await dmsClosed(guild, ben)).toBe(false);
    expect(await dmsOpen(guild, ben)).toBe(false);
    await turnOff(guild, ben);
    await leavePostsOut(guild, ben, false);
    await forget(guild, ben);
    expect(await rows()).toEqual([]);
  });

  test('one member leaves the others alone', async () => {
    const store = await withBen(database);
    await store.members.turnOn(guild, cleo);
    await store.members.turnOn(elsewhere, ben);
    await store.members.setPace(guild, ben, 'week');
    await store.members.turnOff(guild, ben);
    await store.members.forget(guild, ben);
    expect(await store.members.of(guild, cleo)).toEqual({ ...nobody, notes: true });
    expect(await store.members.of(elsewhere, ben)).toEqual({ ...nobody, notes: true });
    expect(store.members.hasNotes(guild, cleo)).toBe(true);
    expect(store.members.hasNotes(elsewhere, ben)).toBe(true);
  });

  test('forgetting takes everything, also the choice about their posts', async () => {
    const store = await withBen(database);
    await store.members.leavePostsOut(guild, ben, true);
    await store.members.forget(guild, ben);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    expect(await store.members.of(guild, ben)).toEqual(nobody);
    expect(await rows()).toEqual([]);
    expect((await database.open()).members.hasNotes(guild, ben)).toBe(false);
  });

  test('a pace from a later version is read as the gentlest one', async () => {
    const store = await withBen(database);
    await database.behind((db) => db.updateTable('members').set({ pace: 'moon' }).execute());
    expect(await store.members.of(guild, ben)).toMatchObject({ pace: 'week' });
    expect(await store.claim(reply())).toBeDefined();
    expect(await store.claim(reply({ now: midnight + leastBetween.week - 1 }))).toBeUndefined();
    expect(await store.claim(reply({ now: midnight + leastBetween.week }))).toBeDefined();
  });

  test('a time that cannot be kept is refused, and the store goes on', async () => {
    const store = await withBen(database);
    await expect(store.members.snooze(guild, ben, Number.POSITIVE_INFINITY)).rejects.toThrow(RangeError);
    expect(await store.members.snooze(guild, ben, noon)).toBe(true);
    expect(await store.guilds.save(guild, 1, on)).toBe('saved');
  });

  test('no id of a member is stored, whatever they did', async () => {
    const store = await withBen(database);
    await store.members.leavePostsOut(guild, ana, true);
    await store.members.snooze(guild, ben, midnight);
    const asked = reply({ poster: cleo });
    expect(await store.claim(asked)).toBeDefined();
    await store.counts.add(guild, '2025-05-14', 'advice', 'noted');
    const stored = await database.everything();
    expect(stored).toContain(guild);
    for (const id of [ana, ben, cleo, ...asked.messages]) expect(stored).not.toContain(id);
  });
});
