import { expect, test } from 'vitest';
import { hashesUnder } from '#store/hash';
import { DAY } from '#store/times';
import type { Warning } from '#store/warnings';
import { ana, ben, cleo, guild, key, noon, onEachDatabase, reply, withBen } from './databases.ts';

const place = '500000000000000001';
const next = `${key}.${'1'.repeat(64)}`;
const afterNext = `${next}.${'2'.repeat(64)}`;

onEachDatabase('a key with something added', (database) => {
  /** Something in every table that names anybody. */
  async function someLife() {
    const store = await withBen(database);
    await store.members.setPace(guild, ben, 'every');
    await store.members.leavePostsOut(guild, ana, true);
    await store.members.receiveThanks(guild, cleo, true);
    await store.needs.put(guild, place, cleo, { want: 'ideas', since: noon, message: '7' });
    await store.thanks.give(guild, ana, '8', noon + 1);
    const claimed = reply({ poster: cleo });
    expect(await store.claim(claimed)).toBeDefined();
    await store.close();
    return claimed;
  }

  test('loses nobody: choices, wishes, needs, thanks and claims are found, and no old name is left', async () => {
    const claimed = await someLife();
    const warnings: Warning[] = [];
    for (const [at, now] of [next, next, afterNext].entries()) {
      const later = noon + (at + 1) * DAY;
      const store = await database.open({ key: now, onWarning: (warning) => warnings.push(warning) });
      expect(store.members.hasNotes(guild, ben)).toBe(true);
      expect(await store.members.of(guild, ben)).toMatchObject({ notes: true, pace: 'every' });
      expect(store.members.hasThanks(guild, cleo)).toBe(true);
      expect(await store.members.of(guild, ana)).toMatchObject({ postsLeftOut: true });
      expect(await store.needs.of(guild, place, cleo, noon)).toMatchObject({ want: 'ideas', message: '7' });
      expect((await store.person.kept(cleo)).map(({ table }) => table)).toEqual(['members', 'needs']);
      expect(await store.thanks.give(guild, ana, '8', noon + 1)).toBe(false);
      expect(await store.claim(claimed)).toBeUndefined();
      // The wish to be left out counts where it is asked for last: in the claim.
      expect(await store.claim(reply({ poster: ana, now: later }))).toBeUndefined();
      expect(await store.claim(reply({ poster: cleo, now: later }))).toBeDefined();
      await store.close();
    }
    expect(warnings).toEqual([]);
    const all = await database.everything();
    for (const old of [key, next]) expect(all).not.toContain(hashesUnder(old).generation);
  });

  test('opens a database that is two rotations behind, as after a restore', async () => {
    await someLife();
    const store = await database.open({ key: afterNext });
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    expect(await store.members.of(guild, ana)).toMatchObject({ postsLeftOut: true });
    await store.close();
  });

  test('that is taken away again finds strangers, and nobody gets a note', async () => {
    await someLife();
    await (await database.open({ key: next })).close();
    const warnings: Warning[] = [];
    const store = await database.open({ onWarning: (warning) => warnings.push(warning) });
    expect(warnings).toEqual([{ warning: 'another key', rows: 5 }]);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    await store.close();
  });

  test('put back by mistake and mended: what was chosen last counts, a wish to be left out counts from either', async () => {
    await someLife();
    await (await database.open({ key: next })).close();
    const mistaken = await database.open();
    await mistaken.members.turnOn(guild, ana);
    await mistaken.members.leavePostsOut(guild, ben, true);
    await mistaken.members.turnOn(guild, cleo);
    await mistaken.members.setPace(guild, cleo, 'week');
    await mistaken.needs.put(guild, place, cleo, { want: 'company', since: noon, message: '9' });
    await mistaken.thanks.give(guild, ana, '8', noon + 1);
    await mistaken.close();

    const store = await database.open({ key: next });
    expect(await store.members.of(guild, ana)).toMatchObject({ notes: true, postsLeftOut: true });
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: false, postsLeftOut: true });
    expect(await store.members.of(guild, cleo)).toMatchObject({ notes: true, pace: 'week', thanks: false });
    expect(await store.needs.of(guild, place, cleo, noon)).toMatchObject({ want: 'company', message: '9' });
    expect(await store.person.kept(cleo)).toHaveLength(2);
    await store.close();
  });
});
