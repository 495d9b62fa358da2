import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { actionsOf, deny, labelsOf, plant } from '../components.ts';
import { sentences } from '../sentences.ts';
import { openTown, shippedData } from '../town.ts';

const content = loadContent(shippedData);
const explanations = content.explanations();
const danger = content.search().opened.explanations;
const say = sentences('commands/explain.yaml');
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
      const full = await town.ben.presses(panel, 'explain:show');
      expect(full).toShow(firstOf(long));
      expect(full).toShow(sources[0]?.title ?? '');
      const isDanger = danger.has(id);
      expect(actionsOf(full)).toEqual(isDanger ? ['crisis:open', 'explain:show'] : ['explain:show', 'explain:share']);
      const labels = (first: string) => (isDanger ? [say('crisis'), first] : [first, say('share')]);
      expect(labelsOf(panel)).toEqual(labels(say('readMore')));
      expect(labelsOf(full)).toEqual(labels(say('shorter')));
      expect(await town.ben.presses(full, 'explain:show')).toShow(firstOf(short));
    }
  });

  it('leads from topic to topic, also after a restart', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain');
    const feltSense = explanations.get('feeling-felt');
    expect(panel).toShow(`### ${feltSense?.name}`);
    const next = explanations.get(feltSense?.related[0] ?? '');
    await town.restart();
    const there = await town.ben.selects(panel, 'explain:go', [next?.id ?? '']);
    expect(there).toShow(`### ${next?.name}`);
    await town.restart();
    expect(await town.ben.presses(there, 'explain:show')).toShow(firstOf(next?.long ?? ''));
  });

  it.each([
    ['toxic positivity', 'silver-lining'],
    ['have you tried', 'advice'],
    ['ideas came early', 'advice'],
  ])('finds %j', async (topic, id) => {
    const name = explanations.get(id)?.name;
    await using town = await openTown();
    expect(await town.ben.runs('/explain', { topic })).toShow(`### ${name}`);
    expect((await town.ben.completes('/explain', { topic }))[0]).toEqual({ name, value: id });
  });

  it.each([
    ['i want to die', 'asking-about-suicide'],
    ['he hits me', 'abuse'],
  ])('opens for %j what to do, before any other topic', async (topic, id) => {
    const name = explanations.get(id)?.name;
    await using town = await openTown();
    expect(await town.ben.completes('/explain', { topic })).toEqual([{ name, value: id }]);
    const panel = await town.ben.runs('/explain', { topic });
    expect(panel).toShow(`### ${name}`);
    expect(await town.ben.presses(panel, 'crisis:open')).toShow(sentences('commands/crisis.yaml')('heading'));
  });

  it('a button that still offers to share what is about danger shares nothing', async () => {
    await using town = await openTown();
    const old = await plant(town.town, town.town.channel('#support'), ['explain:share:abuse:short']);
    expect(await town.ben.presses(old, 'explain:share')).toMatchObject({ ephemeral: true });
  });

  it('says where it begins when it does not know the words', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'qzxv' });
    expect(panel).toShow(say('notFound'));
    expect(panel).toShow(`### ${explanations.get('feeling-felt')?.name}`);
  });

  it('Share here shows what is open to all, pings nobody and says who', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'advice' }, { in: '#support' });
    await town.ben.presses(await town.ben.presses(panel, 'explain:show'), 'explain:share');
    const shared = await town.ana.nextFromBot();
    expect(shared).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false });
    expect(shared).toShow(firstOf(explanations.get('advice')?.long ?? '-'));
    expect(shared).toShow(say('sharedBy', { who: `<@${town.ben.id}>` }));
    expect(actionsOf(shared)).toEqual([]);
  });

  it('refuses to share where the presser may not write', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', {}, { in: '#general' });
    deny(town.town, town.town.channel('#general'), Bits.SendMessages);
    const answer = await town.ben.presses(panel, 'explain:share');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('cannotShare'));
  });

  it.each(['Elsewhere#lobby', '@ana'])('comes along as a personal app: %s', async (place) => {
    await using town = await openTown();
    town.town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
    town.ben.addsApp();
    const panel = await town.ben.runs('/explain', { topic: 'presence' }, { in: place });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(await town.ben.presses(panel, 'explain:show')).toShow(firstOf(explanations.get('presence')?.long ?? '-'));
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/explain', { topic: 'presence' }, { in: 'dm' });
    expect(await town.ben.presses(panel, 'explain:share')).toShow(`### ${explanations.get('presence')?.name}`);
  });
});
