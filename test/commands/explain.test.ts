import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { buttonsOf, deny } from '../components.ts';
import { openTown, shippedData } from '../town.ts';

const explanations = loadContent(shippedData).explanations();
const firstOf = (text: string) => text.split('\n')[0]?.slice(0, 60) ?? '';

describe('/explain', () => {
  it('explains "feeling felt" and at least eight more', () => {
    expect(explanations.has('feeling-felt')).toBe(true);
    expect(explanations.size).toBeGreaterThanOrEqual(9);
  });

  it('opens every topic short, in full and short again, with sources', async () => {
    await using town = await openTown();
    for (const { id, name, short, long, sources } of explanations.values()) {
      const panel = await town.ben.runs('/explain', { topic: id });
      expect(panel).toMatchObject({ ephemeral: true });
      expect(panel).toShow(`### ${name}\n${short.slice(0, 40)}`);
      expect(panel).toShow(sources[0]?.title ?? '');
      const full = await town.ben.presses(panel, 'Read more');
      expect(full).toShow(firstOf(long));
      expect(full).toShow(sources[0]?.title ?? '');
      expect(buttonsOf(full)).toEqual(['Shorter', 'Share here']);
      expect(await town.ben.presses(full, 'Shorter')).toShow(firstOf(short));
    }
  });

  it('leads from topic to topic, also after a restart', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain');
    const feltSense = explanations.get('feeling-felt');
    expect(panel).toShow(`### ${feltSense?.name}`);
    const next = explanations.get(feltSense?.related[0] ?? '');
    await town.restart();
    const there = await town.ben.selects(panel, 'Read on about…', [next?.name ?? '']);
    expect(there).toShow(`### ${next?.name}`);
    await town.restart();
    expect(await town.ben.presses(there, 'Read more')).toShow(firstOf(next?.long ?? ''));
  });

  it.each([
    ['toxic positivity', 'The bright side, too soon'],
    ['have you tried', 'Advice'],
    ['Ideas came early', 'Advice'],
  ])('finds %j', async (topic, name) => {
    await using town = await openTown();
    expect(await town.ben.runs('/explain', { topic })).toShow(`### ${name}`);
    expect((await town.ben.completes('/explain', { topic }))[0]).toMatchObject({ name });
  });

  it('says where it begins when it does not know the words', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'qzxv' });
    expect(panel).toShow('I have no explanation under those words yet');
    expect(panel).toShow(`### ${explanations.get('feeling-felt')?.name}`);
  });

  it('Share here shows what is open to all, pings nobody and says who', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'advice' }, { in: '#support' });
    await town.ben.presses(await town.ben.presses(panel, 'Read more'), 'Share here');
    const shared = await town.ana.nextFromBot();
    expect(shared).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false });
    expect(shared).toShow(firstOf(explanations.get('advice')?.long ?? '-'));
    expect(shared).toShow(`Shared by <@${town.ben.id}> with /explain`);
    expect(buttonsOf(shared)).toEqual([]);
  });

  it('refuses to share where the presser may not write', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', {}, { in: '#general' });
    deny(town.town, town.town.channel('#general'), Bits.SendMessages);
    const answer = await town.ben.presses(panel, 'Share here');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow('You cannot write in this channel');
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'presence' }, { in: 'dm' });
    expect(await town.ben.presses(panel, 'Share here')).toShow('### Presence');
  });
});
