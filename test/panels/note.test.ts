import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { objections } from '#store/counts';
import { actionsOf, botSays, labelsOf, partsOf, plant } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const content = loadContent(shippedData);
const say = sentences('note.yaml');
const harbour = { guild: 'Harbour' };
const names = ['another', 'why', 'wrong', 'settings'];
const four = names.map((action) => `note:${action}`);

/** Ben has replied too soon and got a note. */
async function noted(town: AttuneTown) {
  const post = await town.ana.says('#support', sorrow);
  const reply = await town.ben.repliesTo(post, fix);
  await town.decisionOn(reply);
  return { reply, note: await town.ben.nextDm() };
}
const open = () => openTown({ support: '#support', nudged: ['ben'] });
const part = (at: number) => (message: Parameters<typeof partsOf>[0]) =>
  partsOf(message).find(({ id }) => id === at)?.content;
const [turn, offered, aloneLongAgo] = [part(61), part(62), part(7)];
/** The line to add, below its offer. */
const opener = (message: Parameters<typeof partsOf>[0]) => offered(message)?.replace(`${say('offer')}\n`, '');
const turns = (kind: 'advice' | 'silver-lining') =>
  wordsOf(content.kinds(), kind).turns.map(({ from, to }) => `${say('turn', { from })}\n> ${to}`);
const idOf = (answer: object) => ('id' in answer ? answer.id : undefined);
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
  it('quotes the words, links to the reply, names one thing, shows one turn and one line to add, and says what it is', async () => {
    await using town = await open();
    const { reply, note } = await noted(town);
    const link = `https://discord.com/channels/${town.town.guild.id}/${reply.channel_id}/${reply.id}`;
    expect(note).toShow(say('heading'));
    expect(note).toShow(say('about', { who: 'Ana', guild: 'Harbour', link }));
    expect(note).toShow('> you should see a therapist');
    expect(note).toShow(wordsOf(content.kinds(), 'advice').name);
    expect(note).toShow(say('offer'));
    // Nothing in it is loud: no button is red.
    expect(partsOf(note).filter(({ type, style }) => type === 2 && style === 4)).toEqual([]);
    expect(opener(note)).toMatch(/^> /);
    expect(turns('advice')).toContain(turn(note));
    expect(actionsOf(note)).toEqual(four);
    expect(labelsOf(note)).toEqual(names.map((name) => say(name)));
    expect(note).toMatchObject({ mentions: [], mention_everyone: false });
    expect(Number(note.flags) & (1 << 12)).not.toBe(0);
  });

  it('"Another way" changes the turn and the opener in place, goes through all of them and begins again, also after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const { openers } = wordsOf(content.kinds(), 'advice');
    const seen = [opener(note)];
    const turned = new Set([turn(note)]);
    let now: Awaited<ReturnType<typeof town.ben.presses>> = note;
    for (let press = 1; press <= openers.length; press++) {
      if (press === 2) await town.restart();
      now = await town.ben.presses(note, 'note:another');
      expect(now).toMatchObject({ id: note.id });
      seen.push(opener(now));
      turned.add(turn(now));
    }
    expect(new Set(seen)).toEqual(new Set(openers.map((one) => `> ${one}`)));
    expect(seen.at(-1)).toBe(seen[0]);
    expect(turned).toEqual(new Set(turns('advice')));
    // Nothing else has changed.
    expect(shown(now).replace(turn(now) ?? '-', '')).toBe(shown(note).replace(turn(note) ?? '-', ''));
    expect(actionsOf(now)).toEqual(four);
    expect(town.contacted()).toEqual(['ben']);
  });

  it('"Why?" says why it came and explains the kind with its sources, for the reader alone', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const why = await town.ben.presses(note, 'note:why');
    expect(why).toMatchObject({ ephemeral: true });
    const kind = wordsOf(content.kinds(), 'advice');
    expect(why).toShow(say('came', { guild: 'Harbour' }));
    expect(why).toShow(kind.why);
    expect(why).toShow(mention(town.town, 'explain'));
    expect(why).toShow(content.explanations().get(kind.topic)?.name ?? '-');
    expect(why).toShow(say('sources', { list: '' }).trim());
    for (const { title } of kind.sources) expect(why).toShow(title);
  });

  it('"Not right" asks why in the note itself, and counts nothing yet', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const asked = await town.ben.presses(note, 'note:wrong');
    expect(asked).toMatchObject({ id: note.id });
    expect(asked).toShow(say('whatWrong'));
    expect(actionsOf(asked)).toEqual([...four, ...objections.map(() => 'note:because')]);
    expect(labelsOf(asked).slice(four.length)).toEqual(objections.map((objection) => say(`objections.${objection}`)));
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
    expect(actionsOf(settled)).toEqual(four);
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

  it('"Settings" is one quiet press away: for the presser alone, as it stands, and where the rest is', async () => {
    await using town = await open();
    const { note } = await noted(town);
    await town.restart();
    const settings = await town.ben.presses(note, 'note:settings');
    expect(settings).toMatchObject({ ephemeral: true });
    expect(settings).toShow(say('areOn', harbour));
    expect(settings).toShow(say('rest', { ...harbour, command: mention(town.town, 'nudges') }));
    expect(labelsOf(settings)).toEqual([say('snooze'), say('off')]);
    expect(partsOf(settings).filter(({ type, style }) => type === 2 && style !== 2)).toEqual([]);
    expect((await member(town)).notes).toBe(true);
    // The note is as it was.
    expect(shown(town.ben.sees(note) ?? {})).toBe(shown(note));
  });

  it('a snooze and its end change the settings in place, also after a restart', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const settings = await town.ben.presses(note, 'note:settings');
    await town.restart();
    const snoozed = await town.ben.presses(settings, 'note:snooze');
    expect(snoozed).toMatchObject({ id: idOf(settings), ephemeral: true });
    const until = (await member(town)).snoozedUntil ?? 0;
    expect(until).toBeGreaterThan(Date.now() + 6.9 * 86_400_000);
    const when = `<t:${Math.floor(until / 1000)}:D>`;
    expect(snoozed).toShow(say('snoozed', { ...harbour, when }));
    expect(labelsOf(snoozed)).toEqual([say('wake'), say('off')]);
    // Opened anew they say the same.
    expect(shown(await town.ben.presses(note, 'note:settings'))).toBe(shown(snoozed));
    await town.restart();
    const awake = await town.ben.presses(snoozed, 'note:wake');
    expect(awake).toMatchObject({ id: idOf(settings) });
    expect(awake).toShow(say('areOn', harbour));
    expect(labelsOf(awake)).toEqual([say('snooze'), say('off')]);
    expect((await member(town)).snoozedUntil).toBeUndefined();
  });

  it('"Turn off" and "Turn on again" do so, too', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const settings = await town.ben.presses(note, 'note:settings');
    await town.restart();
    const off = await town.ben.presses(settings, 'note:off');
    expect(off).toMatchObject({ id: idOf(settings), ephemeral: true });
    expect(off).toShow(say('turnedOff', harbour));
    expect(labelsOf(off)).toEqual([say('turnOn')]);
    const nothing = { notes: false, pace: 'day', kindsOff: [], landed: false, thanks: false };
    expect(await member(town)).toEqual({ ...nothing, dms: 'open', postsLeftOut: false });
    expect(await town.ben.presses(note, 'note:settings')).toShow(say('areOff', harbour));
    await town.restart();
    expect(await town.ben.presses(off, 'note:on')).toShow(say('areOn', harbour));
    expect((await member(town)).notes).toBe(true);
  });

  it('promises no snooze to somebody whose notes are off', async () => {
    await using town = await open();
    const { note } = await noted(town);
    const settings = await town.ben.presses(note, 'note:settings');
    const other = await town.ben.presses(note, 'note:settings');
    await town.ben.presses(other, 'note:off');
    const told = await town.ben.presses(settings, 'note:snooze');
    expect(told).toShow(say('areOff', harbour));
    expect(labelsOf(told)).toEqual([say('turnOn')]);
    expect((await member(town)).notes).toBe(false);
    expect(await town.ben.presses(told, 'note:on')).toShow(say('areOn', harbour));
  });

  it('of a server that the bot has left, there is nothing to set', async () => {
    await using town = await open();
    const { note } = await noted(town);
    town.town.botLeaves(town.town.guild);
    expect(await town.ben.presses(note, 'note:settings')).toShow(say('gone'));
  });

  it('changes nobody else, whoever presses', async () => {
    await using town = await open();
    const { id } = town.town.guild;
    const forged = await plant(town.town, town.town.channel('#general'), [`note:off:${id}`]);
    await town.cleo.presses(forged, `note:off:${id}`);
    expect((await member(town)).notes).toBe(true);
  });

  describe('that was sent before there were turns and settings', () => {
    /** Its buttons, and its opener with the number that openers always had. */
    const old = (guild: string) => {
      const ids = ['another:G:advice:3', 'why:G:advice', 'wrong:G:advice:real', 'snooze:G', 'off:G'];
      const buttons = ids.map((id) => `note:${id.replace('G', guild)}`);
      const said = ['A quiet note', 'About your reply', 'Ideas came early.', 'Add a line:'];
      const components = [
        ...said.map((content) => ({ type: 10, content })),
        { type: 10, content: '> An opener.', id: 7 },
        { type: 10, content: 'I see only words.' },
        { type: 1, components: buttons.map((custom_id) => ({ type: 2, style: 2, label: custom_id, custom_id })) },
      ];
      return { flags: 1 << 15, components: [{ type: 17, components }] };
    };

    it('has its buttons answered, each as it was', async () => {
      await using town = await open();
      const { note: own } = await noted(town);
      const note = await botSays(town.town, { id: own.channel_id }, old(town.town.guild.id));
      const another = await town.ben.presses(note, 'note:another');
      expect(aloneLongAgo(another)).toBe(`> ${wordsOf(content.kinds(), 'advice').openers[3]}`);
      expect(shown(another).replace(aloneLongAgo(another) ?? '-', '')).toBe(shown(note).replace('> An opener.', ''));
      expect(await town.ben.presses(note, 'note:why')).toShow(wordsOf(content.kinds(), 'advice').why);
      const snoozed = await town.ben.presses(note, 'note:snooze');
      expect(snoozed).toMatchObject({ ephemeral: true });
      expect((await member(town)).snoozedUntil).toBeDefined();
      await town.ben.presses(snoozed, 'note:wake');
      const off = await town.ben.presses(note, 'note:off');
      expect(off).toMatchObject({ ephemeral: true });
      expect((await member(town)).notes).toBe(false);
      await town.ben.presses(off, 'note:on');
      const asked = await town.ben.presses(note, 'note:wrong');
      const settled = await town.ben.presses(asked, because(town, 'misread'));
      expect(actionsOf(settled)).toEqual(actionsOf(note));
      await expect.poll(() => wrong(town)).toEqual(['misread 1']);
    });
  });
});
