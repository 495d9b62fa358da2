import { afterEach, describe, expect, test } from 'vitest';
import { openStore, type Store } from '#store/open';
import { ana, ben, folders, guild, key, noon } from './databases.ts';
import { lock, opened } from './locked.ts';

afterEach(() => folders.removeAll());

describe('what a member takes back while the database takes nothing', () => {
  const ways: [string, (store: Store) => Promise<unknown>][] = [
    ['Turn off', (store) => store.members.turnOff(guild, ben)],
    ['forgotten in one server', (store) => store.members.forget(guild, ben)],
    ['forgotten everywhere', (store) => store.person.forget(ben)],
  ];

  test.each(ways)('%s: fails, is seen as done, and is done with a later sweep', async (_, takeBack) => {
    const { path, store } = await opened();
    const unlock = lock(path);
    await expect(takeBack(store)).rejects.toThrow();
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: false });
    expect(await store.members.of(guild, ana)).toMatchObject({ notes: true });
    await expect(store.sweep(noon)).rejects.toThrow();
    unlock();
    await store.sweep(noon);
    await store.close();
    const next = await openStore({ path, key });
    expect(next.members.hasNotes(guild, ben)).toBe(false);
    expect(next.members.hasNotes(guild, ana)).toBe(true);
    await next.close();
  });

  const thanks = (store: Store) => store.members.of(guild, ben).then((member) => member.thanks);

  test.each<[string, (store: Store) => Promise<unknown>]>([
    ['No more thanks', (store) => store.members.receiveThanks(guild, ben, false)],
    ['forgotten in one server', (store) => store.members.forget(guild, ben)],
    ['forgotten everywhere', (store) => store.person.forget(ben)],
  ])('thanks, by %s: fails, is seen as done, and is done with a later sweep', async (_, takeBack) => {
    const { path, store } = await opened();
    await store.members.receiveThanks(guild, ben, true);
    const unlock = lock(path);
    await expect(takeBack(store)).rejects.toThrow();
    expect(store.members.hasThanks(guild, ben)).toBe(false);
    expect(await thanks(store)).toBe(false);
    unlock();
    await store.sweep(noon);
    await store.close();
    const next = await openStore({ path, key });
    expect(next.members.hasThanks(guild, ben)).toBe(false);
    await next.close();
  });

  test('one thing that is turned on again brings nothing else back', async () => {
    const { path, store } = await opened();
    await store.members.receiveThanks(guild, ben, true);
    const unlock = lock(path);
    await expect(store.members.forget(guild, ben)).rejects.toThrow();
    unlock();
    await store.members.turnOn(guild, ben);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true, thanks: false });
    await store.sweep(noon);
    await store.close();
    const next = await openStore({ path, key });
    expect(next.members.hasNotes(guild, ben)).toBe(true);
    expect(next.members.hasThanks(guild, ben)).toBe(false);
    await next.close();
  });

  test.each<[string, (store: Store) => Promise<unknown>]>([
    ['in one server', (store) => store.members.forget(guild, ben)],
    ['everywhere', (store) => store.person.forget(ben)],
  ])(
    'who was to be forgotten %s, and chooses something since: that stays, and nothing of before',
    async (_, forget) => {
      const { path, store } = await opened();
      await store.members.setPace(guild, ben, 'every');
      const unlock = lock(path);
      await expect(forget(store)).rejects.toThrow();
      unlock();
      await store.members.leavePostsOut(guild, ben, true);
      await store.members.turnOn(guild, ben);
      const chosen = { notes: true, postsLeftOut: true, pace: 'day' };
      expect(await store.members.of(guild, ben)).toMatchObject(chosen);
      expect(store.members.hasNotes(guild, ben)).toBe(true);
      await store.sweep(noon);
      expect(await store.members.of(guild, ben)).toMatchObject(chosen);
      await store.close();
    },
  );

  test('a server that could not be deleted is as it was', async () => {
    const { path, store } = await opened();
    const unlock = lock(path);
    const deleting = store.forgetGuild(guild);
    expect(store.members.hasNotes(guild, ben)).toBe(false);
    await expect(deleting).rejects.toThrow();
    unlock();
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true });
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    await store.close();
  });

  test('thanks and notes are owed each by itself', async () => {
    const { path, store } = await opened();
    await store.members.receiveThanks(guild, ben, true);
    const unlock = lock(path);
    await expect(store.members.receiveThanks(guild, ben, false)).rejects.toThrow();
    await expect(store.members.turnOff(guild, ben)).rejects.toThrow();
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: false, thanks: false });
    unlock();
    await store.members.receiveThanks(guild, ben, true);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: false, thanks: true });
    await store.sweep(noon);
    expect(store.members.hasThanks(guild, ben)).toBe(true);
    await store.close();
    const next = await openStore({ path, key });
    expect(next.members.hasNotes(guild, ben)).toBe(false);
    expect(next.members.hasThanks(guild, ben)).toBe(true);
    await next.close();
  });

  test('is done when the store closes', async () => {
    const { path, store } = await opened();
    const unlock = lock(path);
    await expect(store.members.turnOff(guild, ben)).rejects.toThrow();
    unlock();
    await store.close();
    const next = await openStore({ path, key });
    expect(next.members.hasNotes(guild, ben)).toBe(false);
    await next.close();
  });

  test('comes back when they turn it on again, and stays so', async () => {
    const { path, store } = await opened();
    const unlock = lock(path);
    await expect(store.members.turnOff(guild, ben)).rejects.toThrow();
    await expect(store.members.turnOn(guild, ben)).rejects.toThrow();
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: false });
    unlock();
    await Promise.all([store.members.turnOn(guild, ben), store.sweep(noon)]);
    await store.sweep(noon);
    expect(store.members.hasNotes(guild, ben)).toBe(true);
    expect(await store.members.of(guild, ben)).toMatchObject({ notes: true });
    await store.close();
  });
});
