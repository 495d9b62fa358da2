import { expect, test } from 'vitest';
import { hashesUnder } from '#store/hash';
import type { Warning } from '#store/warnings';
import { ana, ben, cleo, guild, key, noon, onEachDatabase, reply, withBen } from './databases.ts';

onEachDatabase('another key', (database) => {
  test('under another key nobody gets a note about somebody whose wish cannot be read, until it is said that it is lost', async () => {
    const first = await withBen(database);
    await first.members.leavePostsOut(guild, ana, true);
    await first.needs.put(guild, '500000000000000001', cleo, { want: 'ideas', since: noon, message: '7' });
    await first.close();
    const warnings: Warning[] = [];
    const other = { key: 'another secret', onWarning: (warning: Warning) => warnings.push(warning) };
    const store = await database.open(other);
    await store.members.turnOn(guild, ben);
    for (const open of [store, await database.open(other)]) {
      expect(open.members.hasNotes(guild, ben)).toBe(false);
      expect(await open.members.of(guild, ben)).toMatchObject({ notes: true });
      expect(await open.claim(reply())).toBeUndefined();
    }
    expect(warnings).toEqual([
      { warning: 'another key', rows: 3 },
      { warning: 'another key', rows: 3 },
    ]);
    expect(await store.acceptKey()).toBe(3);
    expect(await store.acceptKey()).toBe(0);
    for (const open of [store, await database.open(other)]) {
      // What one does, another one hears a moment later.
      await expect.poll(() => open.members.hasNotes(guild, ben)).toBe(true);
      expect(await open.claim(reply())).toBeDefined();
      await open.members.turnOff(guild, ben);
      await open.members.turnOn(guild, ben);
    }
    expect(warnings).toHaveLength(2);
    expect(await database.everything()).not.toContain(hashesUnder(key).generation);
  });
});
