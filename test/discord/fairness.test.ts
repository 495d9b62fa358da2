import { REST } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createDelivery } from '#discord/deliver';
import { createLog } from '#log';
import { sentences } from '../sentences.ts';
import { type AttuneTown, onPostgres, openTown } from '../town.ts';

/** No server and no member keeps the notes of others from being sent. */

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const opening = 'POST /users/@me/channels';
const nudges = sentences('commands/nudges.yaml');

const ready = (nudged: string[] = []) => openTown({ support: '#support', nudged });
const noted = async (town: AttuneTown, who: 'ben' | 'cleo' = 'ben') =>
  town.decisionOn(await town[who].repliesTo(await town.ana.says('#support', sorrow), fix));
const turnsOn = async ({ ben, cleo }: AttuneTown, who: 'ben' | 'cleo' = 'ben') => {
  const person = who === 'ben' ? ben : cleo;
  return person.presses(await person.runs('/nudges'), 'nudges:on');
};
const turnsOff = async ({ ben }: AttuneTown) => ben.presses(await ben.runs('/nudges'), 'nudges:off');

describe.concurrent('a busy server', () => {
  // Of one process's queue, wherever it keeps what it knows.
  it.skipIf(onPostgres)('does not keep the note of another one', async ({ expect }) => {
    const rooms = ['one', 'two'];
    await using town = await openTown({
      before: (bare) => {
        bare.addGuild({ name: 'Elsewhere', owner: 'Mo', channels: ['help'], people: ['Ana', 'Ben'] });
        for (const name of rooms) bare.addChannel(bare.guild, { name });
        for (let i = 0; i < 30; i++) bare.addPerson(`Keen ${i}`);
      },
    });
    const { guild } = town.town;
    const elsewhere = town.town.guildNamed('Elsewhere');
    for (const [server, places] of [
      [guild, rooms.map((name) => `#${name}`)],
      [elsewhere, ['Elsewhere#help']],
    ] as const) {
      const { revision, settings } = town.store.guilds.settings(server.id);
      const channels = places.map((name) => town.town.channel(name).id);
      await town.store.guilds.save(server.id, revision, { support: { ...settings.support, mode: 'on', channels } });
    }
    await town.store.members.turnOn(elsewhere.id, town.ben.id);
    const keen = Array.from({ length: 30 }, (_, i) => town.town.person(`Keen ${i}`));
    for (const { id } of keen) {
      await town.store.members.turnOn(guild.id, id);
      await town.store.members.setPace(guild.id, id, 'every');
    }
    const posts = await Promise.all(rooms.map((name) => town.ana.says(`#${name}`, sorrow)));
    for (const [i, one] of keen.entries()) await one.repliesTo(posts[i % 2] ?? { id: '', channel_id: '' }, fix);
    const reply = await town.ben.repliesTo(await town.ana.says('Elsewhere#help', sorrow), fix);
    expect(await town.decisionOn(reply)).toMatchObject({ nudge: 'advice' });
    expect(town.decisions.filter(({ outcome }) => outcome === 'nudged').length).toBeLessThanOrEqual(5);
  });

  it('has twenty notes waiting at most: more do not even wait', async ({ expect }) => {
    const delivery = createDelivery({
      ...{ rest: () => new REST(), mayAsk: () => true, log: createLog('silent'), now: Date.now },
      ...{ gap: 60_000, backOff: 60_000, deadline: 5_000 },
    });
    const ended: string[] = [];
    const all = Array.from({ length: 30 }, () =>
      delivery.inTurn('busy', async () => 'went').then((how) => ended.push(how)),
    );
    await expect.poll(() => ended.filter((how) => how === 'failed').length).toBe(9);
    expect(ended.filter((how) => how === 'went')).toHaveLength(1);
    await delivery.stop(0);
    await Promise.all(all);
    expect(ended.filter((how) => how === 'stopped')).toHaveLength(20);
  });
});

describe.concurrent('turning notes on and off again and again', () => {
  it('brings one sample, and the panel says no more than what happened', async () => {
    await using town = await ready();
    expect(await turnsOn(town)).toShow(nudges('sampleSent'));
    for (let i = 0; i < 10; i++) {
      await turnsOff(town);
      const panel = await turnsOn(town);
      expect(panel).toShow(nudges('on'));
      expect(panel).not.toShow(nudges('sampleSent'));
      expect(panel).not.toShow(nudges('sampleFailed'));
    }
    expect(town.contacted()).toEqual(['ben']);
    expect(await noted(town)).toMatchObject({ nudge: 'advice' });
  });

  it('brings another one after ten minutes', async () => {
    await using town = await openTown({ support: '#support', sharesClock: true });
    await turnsOn(town);
    town.town.clock.advance(9.9 * 60_000);
    await turnsOff(town);
    await turnsOn(town);
    expect(town.contacted()).toEqual(['ben']);
    town.town.clock.advance(0.2 * 60_000);
    await turnsOff(town);
    expect(await turnsOn(town)).toShow(nudges('sampleSent'));
    expect(town.contacted()).toEqual(['ben', 'ben']);
  });

  it('with closed direct messages asks Discord three times, and says that they are closed', async () => {
    await using town = await ready();
    const refused: number[] = [];
    town.town.onExchange(({ status }) => status === 403 && refused.push(status));
    town.ben.closesDms();
    const closed = nudges('closed', { again: nudges('again') });
    let panel = await turnsOn(town);
    for (let i = 0; i < 6; i++) {
      expect(panel).toShow(closed);
      panel = await town.ben.presses(panel, 'nudges:on');
    }
    expect(refused).toHaveLength(3);
  });

  it('is no reason to doubt an open door: who closed it after the sample may try again at once', async () => {
    await using town = await ready(['ben']);
    town.ben.closesDms();
    expect(await noted(town)).toMatchObject({ reason: 'DMs closed' });
    town.ben.opensDms();
    const panel = await town.ben.runs('/nudges');
    expect(await town.ben.presses(panel, 'nudges:on')).toShow(nudges('sampleSent'));
  });
});

describe.concurrent('a sample', () => {
  it('that went too fast (40003) keeps back samples and no note', async () => {
    await using town = await ready(['ben']);
    void town.town.faults.next(opening, { status: 400, code: 40003 });
    expect(await turnsOn(town, 'cleo')).toShow(nudges('sampleFailed'));
    const mo = await town.mo.presses(await town.mo.runs('/nudges'), 'nudges:on');
    expect(mo).toShow(nudges('sampleFailed'));
    expect(await noted(town)).toMatchObject({ nudge: 'advice' });
    expect(await noted(town, 'cleo')).toMatchObject({ nudge: 'advice' });
    expect(town.contacted()).toEqual(['ben', 'cleo']);
  });

  it('that met a limit does not cost a note that comes meanwhile', async () => {
    await using town = await ready(['ben']);
    const struck = town.town.faults.next(opening, { status: 429, retryAfter: 1 });
    const pressed = turnsOn(town, 'cleo');
    await struck;
    expect(await noted(town)).toMatchObject({ nudge: 'advice' });
    expect(await pressed).toShow(nudges('sampleSent'));
  });

  it('that hangs does not hold up a note', async () => {
    await using town = await ready(['ben']);
    const struck = town.town.faults.next('POST /channels/:id/messages', { stallAnswer: true });
    // The panel comes when the sample's time is up, which is longer than the town waits.
    turnsOn(town, 'cleo').catch(() => undefined);
    await struck;
    const begun = performance.now();
    expect(await noted(town)).toMatchObject({ nudge: 'advice' });
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
