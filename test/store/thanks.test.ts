import { expect, test } from 'vitest';
import { DAY, WEEK } from '#store/times';
import { ana, ben, cleo, elsewhere, guild, noon, onEachDatabase, reply, withBen } from './databases.ts';

const message = '710000000000000001';
const until = noon + WEEK;

onEachDatabase('thanks', (database) => {
  const rows = () => database.behind((db) => db.selectFrom('thanks').selectAll().execute());
  const opened = async () => {
    const store = await database.open();
    await store.members.receiveThanks(guild, ben, true);
    return store;
  };

  test('are given once for a message, also by two presses at once and after a restart', async () => {
    const store = await database.open();
    const give = (who: string) => store.thanks.give(guild, who, message, until);
    expect((await Promise.all([give(ana), give(ana)])).sort()).toEqual([false, true]);
    expect(await (await database.open()).thanks.give(guild, ana, message, until)).toBe(false);
    expect(await give(cleo)).toBe(true);
    expect(await store.thanks.give(guild, ana, `${message}1`, until)).toBe(true);
  });

  test('say nowhere whom, and are gone when their time is over', async () => {
    const store = await database.open();
    await store.thanks.give(guild, ana, message, until);
    const stored = await database.everything();
    for (const id of [ana, ben, message]) expect(stored).not.toContain(id);
    await store.sweep(until - DAY);
    expect(await rows()).toHaveLength(1);
    await store.sweep(until);
    expect(await rows()).toEqual([]);
  });

  test('are handed over and forgotten with the one who gave them', async () => {
    const store = await database.open();
    for (const who of [ana, cleo]) await store.thanks.give(guild, who, message, until);
    expect(await store.person.kept(ana)).toMatchObject([{ table: 'thanks', guild, until: '2025-05-21' }]);
    await store.person.forget(ana);
    expect(await rows()).toHaveLength(1);
    await store.members.forget(guild, cleo);
    expect(await rows()).toEqual([]);
  });

  test('reach who receives them, with or without notes, and nobody else', async () => {
    const store = await opened();
    expect(await store.thanks.claim(guild, ben, noon)).toEqual({ more: false });
    expect(await store.thanks.claim(elsewhere, ben, noon)).toBeUndefined();
    expect(await store.thanks.claim(guild, ana, noon)).toBeUndefined();
    await store.members.turnOn(guild, cleo);
    expect(await store.thanks.claim(guild, cleo, noon)).toBeUndefined();
    expect(await store.members.of(guild, cleo)).toMatchObject({ thanks: false });
  });

  test('come once a day; those between are mentioned with the next, once and without a number', async () => {
    const store = await opened();
    expect(await store.thanks.claim(guild, ben, noon)).toBeDefined();
    for (const later of [0, 1, DAY / 2 - 1]) expect(await store.thanks.claim(guild, ben, noon + later)).toBeUndefined();
    const again = await database.open();
    expect(await again.thanks.claim(guild, ben, noon + DAY / 2)).toEqual({ more: true });
    expect(await again.thanks.claim(guild, ben, noon + 2 * DAY)).toEqual({ more: false });
  });

  test('are claimed once by two at once, also in two processes', async () => {
    const [one, other] = [await opened(), await database.open()];
    const both = await Promise.all([one, other].map((store) => store.thanks.claim(guild, ben, noon)));
    expect(both.filter((claimed) => claimed !== undefined)).toHaveLength(1);
  });

  test('after a clock was set back come all the same', async () => {
    const store = await opened();
    expect(await store.thanks.claim(guild, ben, noon + 400 * DAY)).toBeDefined();
    expect(await store.thanks.claim(guild, ben, noon)).toBeDefined();
    expect(await store.thanks.claim(guild, ben, noon)).toBeUndefined();
  });

  test('keep a day and no time, and that only until it has come', async () => {
    const store = await opened();
    await store.thanks.claim(guild, ben, noon);
    const next = () => database.behind((db) => db.selectFrom('members').select('thanks_next').execute());
    expect(await next()).toEqual([{ thanks_next: '2025-05-15' }]);
    await store.sweep(noon + DAY / 2 - 1);
    expect(await next()).toEqual([{ thanks_next: '2025-05-15' }]);
    await store.sweep(noon + DAY / 2);
    expect(await next()).toEqual([{ thanks_next: null }]);
  });

  test('that could not be told are mentioned with the next', async () => {
    const store = await opened();
    await store.thanks.claim(guild, ben, noon);
    await store.thanks.wait(guild, ben);
    expect(await store.thanks.claim(guild, ben, noon + DAY)).toEqual({ more: true });
    await store.thanks.wait(guild, ana);
    expect(await store.person.kept(ana)).toEqual([]);
  });

  test('taken back are over at once, and nothing is left of the row', async () => {
    const store = await opened();
    await store.thanks.claim(guild, ben, noon);
    await store.thanks.wait(guild, ben);
    const done = store.members.receiveThanks(guild, ben, false);
    expect(store.members.hasThanks(guild, ben)).toBe(false);
    await done;
    expect(await store.thanks.claim(guild, ben, noon + DAY)).toBeUndefined();
    expect(await store.person.kept(ben)).toEqual([]);
  });

  test('notes and thanks come and go without each other', async () => {
    const store = await withBen(database);
    const { receiveThanks, turnOff, turnOn, hasThanks, hasNotes, of } = store.members;
    await receiveThanks(guild, ben, true);
    await store.thanks.claim(guild, ben, noon);
    await turnOff(guild, ben);
    expect(hasThanks(guild, ben)).toBe(true);
    expect(await of(guild, ben)).toMatchObject({ notes: false, thanks: true });
    expect(await store.thanks.claim(guild, ben, noon)).toBeUndefined();
    await turnOn(guild, ben);
    await receiveThanks(guild, ben, false);
    expect([hasThanks(guild, ben), hasNotes(guild, ben)]).toEqual([false, true]);
    const again = await database.open();
    expect([again.members.hasThanks(guild, ben), again.members.hasNotes(guild, ben)]).toEqual([false, true]);
  });

  test('closed direct messages hold up both until one of them is turned on anew', async () => {
    const store = await opened();
    const { dmsClosed, receiveThanks, turnOn, turnOff, of } = store.members;
    expect(await dmsClosed(guild, ben)).toBe(true);
    expect(await store.thanks.claim(guild, ben, noon)).toBeUndefined();
    await turnOn(guild, ben);
    await turnOff(guild, ben);
    expect(await of(guild, ben)).toMatchObject({ thanks: true, dms: 'closed' });
    await receiveThanks(guild, ben, true);
    expect(await store.thanks.claim(guild, ben, noon)).toEqual({ more: true });
    await dmsClosed(guild, ben);
    await store.members.leavePostsOut(guild, ben, true);
    await receiveThanks(guild, ben, false);
    expect(await of(guild, ben)).toMatchObject({ dms: 'open', postsLeftOut: true });
  });

  test('forgetting takes them as well, at once', async () => {
    const store = await opened();
    const done = store.person.forget(ben);
    expect(store.members.hasThanks(guild, ben)).toBe(false);
    await done;
    expect(await store.thanks.claim(guild, ben, noon)).toBeUndefined();
    expect(await store.person.kept(ben)).toEqual([]);
  });
});

onEachDatabase('what notes may be about', (database) => {
  test('is kept, over a restart, until notes are turned off', async () => {
    const store = await withBen(database);
    const { turnKindsOff, tellLanded, of, turnOff } = store.members;
    expect(await turnKindsOff(guild, ben, ['advice', 'silver-lining'])).toBe(true);
    expect(await tellLanded(guild, ben, true)).toBe(true);
    const chosen = { kindsOff: ['advice', 'silver-lining'], landed: true };
    expect(await (await database.open()).members.of(guild, ben)).toMatchObject(chosen);
    expect(await turnKindsOff(guild, ben, [])).toBe(true);
    expect(await of(guild, ben)).toMatchObject({ kindsOff: [] });
    await turnOff(guild, ben);
    expect([await turnKindsOff(guild, ben, ['advice']), await tellLanded(guild, ben, true)]).toEqual([false, false]);
    expect(await store.person.kept(ben)).toEqual([]);
  });

  test('that a reply lands well is told once a week at most, and keeps a day and no time', async () => {
    const store = await withBen(database);
    const landed = (ago: number) => store.claim(reply({ about: 'landed', now: noon + ago }));
    expect(await landed(0)).toBeUndefined();
    await store.members.tellLanded(guild, ben, true);
    const both = await Promise.all([landed(0), landed(0)]);
    expect(both.filter((claimed) => claimed !== undefined)).toHaveLength(1);
    expect((await store.members.of(guild, ben)).notedAt).toBeUndefined();
    const [row] = await store.person.kept(ben);
    expect(row).toMatchObject({ landed_next: '2025-05-22' });
    for (const later of [DAY, WEEK, WEEK + DAY / 2 - 1]) expect(await landed(later)).toBeUndefined();
    await store.sweep(noon + WEEK + DAY / 2);
    expect(await store.person.kept(ben)).toMatchObject([{ landed_next: null }]);
    expect(await landed(WEEK + DAY / 2)).toBeDefined();
  });

  test('a reply is told of once, as a fix or as one that lands well', async () => {
    const store = await withBen(database);
    await store.members.tellLanded(guild, ben, true);
    const asked = reply({ about: 'landed' });
    expect(await store.claim(asked)).toBeDefined();
    expect(await store.claim({ ...asked, about: 'advice' })).toBeUndefined();
  });
});
