import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { kinds } from '#detector/reading';
import { loadNote, noteView } from '#panels/note';
import { actionsOf, labelsOf, partsOf, plant, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const content = loadContent(shippedData);
const say = sentences('note.yaml');
const five = ['another', 'why', 'asked', 'snooze', 'off'].map((action) => `note:${action}`);

/** Ben has replied too soon and got a note. */
async function noted(town: AttuneTown) {
  const post = await town.ana.says('#support', sorrow);
  const reply = await town.ben.repliesTo(post, fix);
  await town.decisionOn(reply);
  return { reply, note: await town.ben.nextDm() };
}
const open = () => openTown({ support: '#support', nudged: ['ben'] });
const opener = (message: Parameters<typeof partsOf>[0]) => partsOf(message).find(({ id }) => id === 7)?.content;
const member = (town: AttuneTown) => town.store.members.of(town.town.guild.id, town.ben.id);
const askedFor = async (town: AttuneTown) =>
  (await town.store.counts.since(town.town.guild.id, '2000-01-01'))
    .filter(({ what }) => what === 'asked for')
    .reduce((sum, { n }) => sum + n, 0);

describe('a note', () => {
  it('quotes the words, links to the reply, names one effect and one opener, and says what it is', async () => {
    await using town = await open();
    const { reply, note } = await noted(town);
    const link = `https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}`;
    expect(note).toShow(say('heading'));
    expect(note).toShow(say('about', { guild: 'Harbour', link }));
    expect(note).toShow('> you should see a therapist');
    expect(note).toShow(wordsOf(content.kinds(), 'advice').name);
    expect(note).toShow(say('honest', { guild: 'Harbour' }));
    expect(opener(note)).toMatch(/^> /);
    expect(actionsOf(note)).toEqual(five);
    expect(labelsOf(note)).toEqual(['another', 'why', 'askedFor', 'snooze', 'off'].map((name) => say(name)));
    expect(note).toMatchObject({ mentions: [], mention_everyone: false });
    expect(Number(note.flags) & (1 << 12)).not.toBe(0);
  });

  it('"Another way" changes the opener in place, goes through all of them and begins again, also after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const { openers } = wordsOf(content.kinds(), 'advice');
    const seen = [opener(note)];
    const before = shown(note);
    let now: Awaited<ReturnType<typeof town.ben.presses>> = note;
    for (let turn = 1; turn <= openers.length; turn++) {
      if (turn === 2) await town.restart();
      now = await town.ben.presses(note, 'note:another');
      expect(now).toMatchObject({ id: note.id });
      seen.push(opener(now));
    }
    expect(new Set(seen)).toEqual(new Set(openers.map((one) => `> ${one}`)));
    expect(seen.at(-1)).toBe(seen[0]);
    // Nothing else has changed.
    expect(shown(now)).toBe(before);
    expect(actionsOf(now)).toEqual(five);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('"Why this?" explains the kind with its sources, for the reader alone', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const why = await town.ben.presses(note, 'note:why');
    expect(why).toMatchObject({ ephemeral: true });
    const kind = wordsOf(content.kinds(), 'advice');
    expect(why).toShow(kind.why);
    expect(why).toShow(mention(town.town, 'explain'));
    expect(why).toShow(content.explanations().get(kind.topic)?.name ?? '-');
    expect(why).toShow(say('sources', { list: '' }).trim());
    for (const { title } of kind.sources) expect(why).toShow(title);
  });

  it('"They asked for it" is counted once, thanks, and keeps the other buttons', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    await Promise.all([town.ben.presses(note, 'note:asked'), town.ben.presses(note, 'note:asked')]);
    await expect.poll(() => askedFor(town)).toBe(1);
    await expect(town.ben.presses(note, 'note:asked')).rejects.toThrow('disabled');
    const after = await town.ben.presses(note, 'note:another');
    expect(actionsOf(after)).toEqual(five);
    expect(partsOf(after).filter(({ disabled }) => disabled)).toMatchObject([
      { custom_id: expect.stringMatching(/^note:asked:/) },
    ]);
    expect(await askedFor(town)).toBe(1);
    expect(await town.ben.nextFromBot()).toBeDefined();
  });

  it('a thank-you comes after "They asked for it"', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const thanked = town.town.until(
      'the thanks',
      ({ t, d }) => t === 'MESSAGE_CREATE' && shown(d).includes(say('thanks')),
    );
    await town.ben.presses(note, 'note:asked');
    await thanked;
  });

  it('"Snooze a week" and "End the snooze" work after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const told = await town.ben.presses(note, 'note:snooze');
    expect(told).toMatchObject({ ephemeral: true });
    const until = (await member(town)).snoozedUntil ?? 0;
    expect(until).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    expect(told).toShow(say('snoozed', { guild: 'Harbour', when: `<t:${Math.floor(until / 1000)}:D>` }));
    expect(labelsOf(told)).toEqual([say('wake')]);
    await town.restart();
    expect(await town.ben.presses(told, 'note:wake')).toShow(say('awake', { guild: 'Harbour' }));
    expect((await member(town)).snoozedUntil).toBeUndefined();
  });

  it('"Turn off" and "Turn on again" work after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const told = await town.ben.presses(note, 'note:off');
    expect(told).toMatchObject({ ephemeral: true });
    expect(told).toShow(say('turnedOff', { guild: 'Harbour' }));
    expect(labelsOf(told)).toEqual([say('turnOn')]);
    expect(await member(town)).toEqual({ notes: false, pace: 'day', dms: 'open', postsLeftOut: false });
    await town.restart();
    expect(await town.ben.presses(told, 'note:on')).toShow(say('turnedOn', { guild: 'Harbour' }));
    expect((await member(town)).notes).toBe(true);
  });

  it('promises no snooze to somebody whose notes are off', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const snoozed = await town.ben.presses(note, 'note:snooze');
    await town.ben.presses(note, 'note:off');
    const told = await town.ben.presses(note, 'note:snooze');
    expect(told).toShow(say('offAlready', { guild: 'Harbour' }));
    expect(await town.ben.presses(snoozed, 'note:wake')).toShow(say('offAlready', { guild: 'Harbour' }));
    expect((await member(town)).notes).toBe(false);
    expect(await town.ben.presses(told, 'note:on')).toShow(say('turnedOn', { guild: 'Harbour' }));
  });

  it('changes nobody else, whoever presses', async () => {
    await using town = await open();
    const { id } = town.town.guild;
    const forged = await plant(town.town, town.town.channel('#general'), [`note:off:${id}`]);
    await town.cleo.presses(forged, `note:off:${id}`);
    expect((await member(town)).notes).toBe(true);
  });
});

describe('every note that can be sent', () => {
  const words = loadNote(shippedData).words();
  const guildName = '*_~<@&>#'.repeat(12);

  it.each(kinds)('%s fits, with every opener and the longest names, and pings nobody', (kind) => {
    const { openers } = wordsOf(content.kinds(), kind);
    for (const [at, one] of openers.entries()) {
      const reply = { words: `@everyone <@1> ${'*'.repeat(140)}`, channel: '9'.repeat(19), message: '9'.repeat(19) };
      const drawn = noteView({ guild: '9'.repeat(19), guildName, kind, reply, at }, words, content);
      expect(sizeOf(drawn).text).toBeLessThan(4000);
      expect(sizeOf(drawn).parts).toBeLessThanOrEqual(40);
      expect(partsOf(drawn).find(({ id }) => id === 7)?.content).toBe(`> ${one}`);
      expect(JSON.stringify(drawn)).not.toMatch(/@everyone|<@1>/);
      for (const { custom_id = '' } of partsOf(drawn)) expect(custom_id.length).toBeLessThanOrEqual(100);
    }
  });
});
