import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { objections } from '#store/counts';
import { actionsOf, labelsOf, partsOf, plant } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const content = loadContent(shippedData);
const say = sentences('note.yaml');
const five = ['another', 'why', 'wrong', 'snooze', 'off'].map((action) => `note:${action}`);

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
/** What was counted as wrong: "had listened 1". */
const wrong = async (town: AttuneTown) =>
  (await town.store.counts.since(town.town.guild.id, '2000-01-01'))
    .filter(({ what }) => objections.some((objection) => objection === what))
    .map(({ what, n }) => `${what} ${n}`);
const because = (town: AttuneTown, objection: string) =>
  `note:because:${town.town.guild.id}:advice:${encodeURIComponent(objection)}`;
const off = (message: Parameters<typeof partsOf>[0]) =>
  partsOf(message).flatMap(({ disabled, custom_id = '' }) => (disabled ? [custom_id.split(':', 2).join(':')] : []));

describe('a note', () => {
  it('quotes the words, links to the reply, names one effect and one opener, and says what it is', async () => {
    await using town = await open();
    const { reply, note } = await noted(town);
    const link = `https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}`;
    expect(note).toShow(say('heading'));
    expect(note).toShow(say('about', { who: 'Ana', guild: 'Harbour', link }));
    expect(note).toShow('> you should see a therapist');
    expect(note).toShow(wordsOf(content.kinds(), 'advice').name);
    expect(note).toShow(say('offer'));
    expect(note).toShow(say('honest'));
    // Nothing in it is loud: no button is red.
    expect(partsOf(note).filter(({ type, style }) => type === 2 && style === 4)).toEqual([]);
    expect(opener(note)).toMatch(/^> /);
    expect(actionsOf(note)).toEqual(five);
    expect(labelsOf(note)).toEqual(['another', 'why', 'wrong', 'snooze', 'off'].map((name) => say(name)));
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

  it('"This is not right" asks why in the note itself, and counts nothing yet', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const asked = await town.ben.presses(note, 'note:wrong');
    expect(asked).toMatchObject({ id: note.id });
    expect(asked).toShow(say('whatWrong'));
    expect(actionsOf(asked)).toEqual([...five, ...objections.map(() => 'note:because')]);
    expect(labelsOf(asked).slice(5)).toEqual(objections.map((objection) => say(`objections.${objection}`)));
    expect(off(asked)).toEqual([]);
    const again = await town.ben.presses(asked, 'note:wrong');
    expect(shown(again)).toBe(shown(asked));
    expect(await wrong(town)).toEqual([]);
    expect(town.contacted()).toEqual(['ben']);
  });

  it.each(objections)('one more press counts "%s" once, thanks, and switches the button off', async (objection) => {
    await using town = await open();
    const { note } = await noted(town);
    const asked = await town.ben.presses(note, 'note:wrong');
    await town.restart();
    const settled = await town.ben.presses(asked, because(town, objection));
    expect(settled).toMatchObject({ id: note.id });
    expect(settled).toShow(say('thanks'));
    expect(settled).not.toShow(say('whatWrong'));
    expect(actionsOf(settled)).toEqual(five);
    expect(off(settled)).toEqual(['note:wrong']);
    await expect.poll(() => wrong(town)).toEqual([`${objection} 1`]);
    await expect(town.ben.presses(settled, 'note:wrong')).rejects.toThrow('disabled');
    const another = await town.ben.presses(settled, 'note:another');
    expect(off(another)).toEqual(['note:wrong']);
    expect(another).toShow(say('thanks'));
  });

  it('pressed twice before Discord shows it, a note is counted once', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await Promise.all([town.ben.presses(note, 'note:wrong'), town.ben.presses(note, 'note:wrong')]);
    const asked = await town.ben.presses(note, 'note:wrong');
    const both = ['had listened', 'misread'].map((one) => town.ben.presses(asked, because(town, one)));
    await Promise.all(both);
    await expect.poll(() => wrong(town)).toHaveLength(1);
    await town.restart();
    expect(await wrong(town)).toHaveLength(1);
  });

  it('a note of a server that the bot has left is thanked for, and not counted', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const asked = await town.ben.presses(note, 'note:wrong');
    town.town.botLeaves(town.town.guild);
    expect(await town.ben.presses(asked, because(town, 'misread'))).toShow(say('thanks'));
    expect(await wrong(town)).toEqual([]);
  });

  it('in a sample nothing is asked and nothing counted', async () => {
    await using town = await openTown({ support: '#support' });
    await town.ben.presses(await town.ben.runs('/nudges'), 'nudges:on');
    const sample = await town.ben.nextDm();
    const told = await town.ben.presses(sample, 'note:wrong');
    expect(told).toMatchObject({ ephemeral: true });
    expect(told).toShow(say('thanksSample'));
    expect(await wrong(town)).toEqual([]);
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
    const off = { notes: false, pace: 'day', kindsOff: [], landed: false, thanks: false };
    expect(await member(town)).toEqual({ ...off, dms: 'open', postsLeftOut: false });
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
