import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { kinds } from '#detector/reading';
import { loadNote, noteView } from '#panels/note';
import { buttonsOf, partsOf, plant, sizeOf } from '../components.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const content = loadContent(shippedData);
const five = ['Another way', 'Why this?', 'They asked for it', 'Snooze a week', 'Turn off'];

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
    expect(note).toShow('A quiet note, only for you');
    expect(note).toShow(
      `About [your reply](https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}) in Harbour`,
    );
    expect(note).toShow('> you should see a therapist');
    expect(note).toShow('**Ideas came early.**');
    expect(note).toShow('I only see words, not what you meant');
    expect(opener(note)).toMatch(/^> /);
    expect(buttonsOf(note)).toEqual(five);
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
      now = await town.ben.presses(note, 'Another way');
      expect(now).toMatchObject({ id: note.id });
      seen.push(opener(now));
    }
    expect(new Set(seen)).toEqual(new Set(openers.map((one) => `> ${one}`)));
    expect(seen.at(-1)).toBe(seen[0]);
    // Nothing else has changed.
    expect(shown(now)).toBe(before);
    expect(buttonsOf(now)).toEqual(five);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('"Why this?" explains the kind with its sources, for the reader alone', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const why = await town.ben.presses(note, 'Why this?');
    expect(why).toMatchObject({ ephemeral: true });
    expect(why).toShow('An idea is welcome when it was asked for');
    expect(why).toShow(/There is more in <\/explain:\d+> “Advice”/);
    expect(why).toShow('Where this comes from: ');
  });

  it('"They asked for it" is counted once, thanks, and keeps the other buttons', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    await Promise.all([town.ben.presses(note, 'They asked for it'), town.ben.presses(note, 'They asked for it')]);
    await expect.poll(() => askedFor(town)).toBe(1);
    await expect(town.ben.presses(note, 'They asked for it')).rejects.toThrow('disabled');
    const after = await town.ben.presses(note, 'Another way');
    expect(buttonsOf(after)).toEqual(five);
    expect(partsOf(after).filter(({ disabled }) => disabled)).toMatchObject([{ label: 'They asked for it' }]);
    expect(await askedFor(town)).toBe(1);
    expect(await town.ben.nextFromBot()).toBeDefined();
  });

  it('a thank-you comes after "They asked for it"', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const thanked = town.town.until(
      'the thanks',
      ({ t, d }) => t === 'MESSAGE_CREATE' && shown(d).includes('Thank you for telling me'),
    );
    await town.ben.presses(note, 'They asked for it');
    await thanked;
  });

  it('"Snooze a week" and "End the snooze" work after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const told = await town.ben.presses(note, 'Snooze a week');
    expect(told).toMatchObject({ ephemeral: true });
    expect(told).toShow(/You will get no notes from Harbour until <t:\d+:D>/);
    expect((await member(town)).snoozedUntil).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    await town.restart();
    expect(await town.ben.presses(told, 'End the snooze')).toShow('The snooze is over');
    expect((await member(town)).snoozedUntil).toBeUndefined();
  });

  it('"Turn off" and "Turn on again" work after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const told = await town.ben.presses(note, 'Turn off');
    expect(told).toMatchObject({ ephemeral: true });
    expect(told).toShow('You will get no more notes from Harbour');
    expect(await member(town)).toEqual({ notes: false, pace: 'day', dms: 'open', postsLeftOut: false });
    await town.restart();
    expect(await town.ben.presses(told, 'Turn on again')).toShow('Notes from Harbour are on again.');
    expect((await member(town)).notes).toBe(true);
  });

  it('promises no snooze to somebody whose notes are off', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const snoozed = await town.ben.presses(note, 'Snooze a week');
    await town.ben.presses(note, 'Turn off');
    const told = await town.ben.presses(note, 'Snooze a week');
    expect(told).toShow('Your notes from Harbour are off already');
    expect(await town.ben.presses(snoozed, 'End the snooze')).toShow('are off already');
    expect((await member(town)).notes).toBe(false);
    expect(await town.ben.presses(told, 'Turn on again')).toShow('are on again');
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
