import { expect, test } from 'vitest';
import { elsewhere, guild, onEachDatabase } from './databases.ts';

onEachDatabase('counts', (database) => {
  test('adds up by day, kind and what', async () => {
    const { counts } = await database.open();
    await counts.add(guild, '2025-05-14', 'advice', 'would');
    await counts.add(guild, '2025-05-14', 'advice', 'would', 3);
    await counts.add(guild, '2025-05-14', 'advice', 'noted');
    await counts.add(guild, '2025-05-14', 'silver-lining', 'wanted ideas');
    await counts.add(guild, '2025-05-15', 'advice', 'would');
    expect(await counts.since(guild, '2025-05-14')).toEqual([
      { day: '2025-05-14', kind: 'advice', what: 'noted', n: 1 },
      { day: '2025-05-14', kind: 'advice', what: 'would', n: 4 },
      { day: '2025-05-14', kind: 'silver-lining', what: 'wanted ideas', n: 1 },
      { day: '2025-05-15', kind: 'advice', what: 'would', n: 1 },
    ]);
  });

  test('none is lost when many come at once', async () => {
    const { counts } = await database.open();
    await Promise.all(Array.from({ length: 50 }, () => counts.add(guild, '2025-05-14', 'advice', 'would')));
    expect(await counts.since(guild, '2025-05-14')).toMatchObject([{ n: 50 }]);
  });

  test('leaves other guilds and earlier days out', async () => {
    const { counts } = await database.open();
    await counts.add(guild, '2025-05-13', 'advice', 'would');
    await counts.add(elsewhere, '2025-05-14', 'advice', 'would');
    expect(await counts.since(guild, '2025-05-14')).toEqual([]);
  });

  test('survives a restart', async () => {
    const first = await database.open();
    await first.counts.add(guild, '2025-05-14', 'advice', 'would');
    await first.close();
    const { counts } = await database.open();
    expect(await counts.since(guild, '2025-05-14')).toHaveLength(1);
  });

  test('a count of a later version that we have no word for is left out', async () => {
    const { counts } = await database.open();
    await counts.add(guild, '2025-05-14', 'advice', 'would');
    await database.behind((db) => db.updateTable('counts').set({ what: 'praised' }).execute());
    expect(await counts.since(guild, '2025-05-14')).toEqual([]);
  });

  test.each(['14.5.2025', '2025-5-14', ''])('%j is not a day', async (day) => {
    const { counts } = await database.open();
    await expect(counts.add(guild, day, 'advice', 'would')).rejects.toThrow('YYYY-MM-DD');
  });
});
