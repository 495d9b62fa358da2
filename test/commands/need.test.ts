import type { Actor, Answer } from '@attune/town';
import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { moment } from '#panels/ui';
import { needLasts, type Want, wants } from '#settings/want';
import { MINUTE } from '#store/times';
import { actionsOf, deny, labelsOf, partsOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shown } from '../town.ts';

const say = sentences('commands/need.yaml');
const sorrow = 'my mother died and the house is so quiet';
const fix = 'you should see a therapist';
const vague = 'i dont know what to do';

type There = Extract<Answer, { id: string }>;
const there = (answer: Answer | undefined): There => {
  if (!answer || !('id' in answer)) throw new Error('nothing is shown');
  return answer;
};
const nameOf = ({ id }: Actor) => `<@${id}>`;
const lineOf = (want: Want, who: Actor) => say(`lines.${want}`, { who: nameOf(who) });
/** The lines that stand in a place, as Cleo sees them. */
const linesIn = ({ town, cleo }: AttuneTown, where = '#support') =>
  cleo.reads(where).filter(({ author, interaction_metadata: how }) => author.id === town.bot.id && how);
/** What is kept of somebody's need in #support. */
const kept = ({ store, town }: AttuneTown, who: Actor) =>
  store.needs.of(town.guild.id, town.channel('#support').id, who.id, 0);
type Options = { want: Want; note?: string; presence?: boolean };
/** Somebody says what they need; all that comes of it has come. */
async function says(who: Actor, options: Options, where: string | { id: string } = '#support'): Promise<There> {
  const line = there(await who.runs('/need', options, { in: where }));
  if (!line.ephemeral) await expect.poll(() => who.reads(where).at(-1)).toMatchObject({ ephemeral: true });
  return line;
}

describe('/need', () => {
  it.each(wants.filter((want) => want !== 'nothing'))('%s: one line for all, which pings nobody', async (want) => {
    await using town = await openTown({ sharesClock: true });
    const line = await says(town.ana, { want });
    const until = town.town.clock.now() + needLasts;
    expect(line).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false, mention_roles: [] });
    expect(line).toShow(lineOf(want, town.ana));
    expect(shown(line)).toMatch(/<t:\d+:f>/);
    expect(actionsOf(line)).toEqual([]);
    const need = await kept(town, town.ana);
    expect(need).toMatchObject({ want, message: line.id });
    const over = (need?.since ?? 0) + needLasts;
    expect(Math.abs(over - until)).toBeLessThan(5_000);
    expect(line).toShow(say('until', { when: moment(over) }));
  });

  it('says in private how long it holds, how it is changed, and what else it is for', async () => {
    await using town = await openTown();
    await says(town.ana, { want: 'heard' });
    const answer = there(town.ana.reads('#support').at(-1));
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(mention(town.town, 'need'));
    expect(answer).toShow(say('counts'));
  });

  it('a note is shown as it was written, and nothing in it pings or is markup', async () => {
    await using town = await openTown();
    const note = '**no** <@1> @everyone https://example.com\n# loud';
    const line = await says(town.ana, { want: 'company', note });
    expect(line).toMatchObject({ mentions: [], mention_everyone: false });
    const [quoted] = partsOf(line).flatMap(({ content = '' }) => (content.startsWith('> ') ? [content] : []));
    expect(quoted).toContain('\\*\\*no\\*\\*');
    expect(quoted).not.toMatch(/<@1>|@everyone|:\/\/|\n/);
  });

  it('a change edits the line, and a day has one new line, also after a restart', async () => {
    await using town = await openTown({ sharesClock: true });
    const line = await says(town.ana, { want: 'heard', note: 'a long day' });
    town.town.clock.advance(60 * MINUTE);
    await town.restart();
    const answer = await says(town.ana, { want: 'ideas' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(line.id);
    const [now, ...more] = linesIn(town);
    expect(more).toEqual([]);
    expect(now?.id).toBe(line.id);
    expect(now).toShow(lineOf('ideas', town.ana));
    expect(now).not.toShow('a long day');
    expect(now?.mentions).toEqual([]);
    expect(await kept(town, town.ana)).toMatchObject({ want: 'ideas', message: line.id });

    await says(town.ana, { want: 'nothing' });
    expect(linesIn(town).map((one) => shown(one).trim())).toEqual([lineOf('nothing', town.ana)]);
    await says(town.ana, { want: 'company' });
    expect(linesIn(town)).toHaveLength(1);

    town.town.clock.advance(needLasts);
    expect(await says(town.ana, { want: 'heard' })).toMatchObject({ ephemeral: false });
    expect(linesIn(town)).toHaveLength(2);
  });

  it('two at once are one line', async () => {
    await using town = await openTown();
    await Promise.all([says(town.ana, { want: 'heard' }), says(town.ana, { want: 'ideas' })]);
    expect(linesIn(town)).toHaveLength(1);
    expect(linesIn(town)[0]).toShow(lineOf('ideas', town.ana));
  });

  it('each person and each place has a line of its own', async () => {
    await using town = await openTown();
    const thread = await town.ana.startsThread(await town.ana.says('#support', 'hello'), 'here');
    for (const where of ['#support', '#general', thread])
      expect(await says(town.ana, { want: 'heard' }, where)).toMatchObject({ ephemeral: false });
    expect(await says(town.ben, { want: 'ideas' })).toMatchObject({ ephemeral: false });
  });

  it('nothing is ended where nothing was said', async () => {
    await using town = await openTown();
    const answer = await says(town.ana, { want: 'nothing' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('nothingYet'));
    expect(linesIn(town)).toEqual([]);
  });

  it('a line that a moderator removed does not come back within the day; what is wanted counts', async () => {
    await using town = await openTown({ sharesClock: true });
    const line = await says(town.ana, { want: 'heard' });
    await town.mo.deletes(line);
    town.town.clock.advance(20 * 60 * MINUTE);
    const answer = await says(town.ana, { want: 'ideas' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('gone', { when: moment(Date.parse(line.timestamp) + needLasts) }));
    expect(await kept(town, town.ana)).toMatchObject({ want: 'ideas' });
    town.town.clock.advance(5 * 60 * MINUTE);
    expect(await says(town.ana, { want: 'heard' })).toMatchObject({ ephemeral: false });
    expect(linesIn(town)).toHaveLength(1);
  });

  it('a line that cannot be changed is told; what is wanted counts', async () => {
    await using town = await openTown();
    await says(town.ana, { want: 'heard' });
    town.town.faults.next('PATCH /channels/:channel/messages/:message', { status: 403, code: 50001 });
    expect(await says(town.ana, { want: 'ideas' })).toShow(say('hidden'));
    town.town.faults.next('GET /channels/:channel/messages/:message', { status: 403, code: 50001 });
    expect(await says(town.ana, { want: 'company' })).toShow(say('hidden'));
    expect(linesIn(town)[0]).toShow(lineOf('heard', town.ana));
    expect(await kept(town, town.ana)).toMatchObject({ want: 'company' });
  });

  it('speaks where the member may write, and nowhere else', async () => {
    await using town = await openTown();
    deny(town.town, town.town.channel('#support'), Bits.SendMessages);
    const answer = await says(town.ana, { want: 'heard' });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('cannotWrite'));
    expect(await kept(town, town.ana)).toBeUndefined();
  });

  it("is not taken back by the message's menu, which says how it ends", async () => {
    await using town = await openTown();
    const line = await says(town.ana, { want: 'heard' });
    const takeBack = sentences('commands/take-back.yaml');
    const answer = await town.ana.usesMenu(line, takeBack('name'));
    expect(answer).toShow(takeBack('line', { need: mention(town.town, 'need') }));
    expect(linesIn(town)).toHaveLength(1);
  });

  it.each([
    ['ended', (ana: AttuneTown['ana']) => says(ana, { want: 'nothing' })],
    [
      'forgotten with its writer',
      async (ana: AttuneTown['ana']) => {
        const panel = await ana.presses(await ana.runs('/privacy', {}, { in: '#support' }), 'privacy:forget');
        await ana.presses(panel, 'privacy:forgetNow');
      },
    ],
  ])('is taken back there once it is %s', async (_, end) => {
    await using town = await openTown();
    const line = await says(town.ana, { want: 'heard' });
    await end(town.ana);
    expect(linesIn(town)).toHaveLength(1);
    await town.ana.usesMenu(line, sentences('commands/take-back.yaml')('name'));
    expect(linesIn(town)).toEqual([]);
  });
});

describe('a note that voices danger', () => {
  it.each([
    'i want to die',
    'kms',
    'he hits me',
    'my friend wants to kill herself',
    'i took pills',
    'i have a plan to end it tonight',
  ])('%j is not posted: the answer is private, and about staying safe', async (note) => {
    await using town = await openTown();
    const answer = await says(town.ana, { want: 'company', note, presence: true });
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('danger'));
    expect(actionsOf(answer)).toEqual(['crisis:open']);
    expect(answer).not.toShow(note);
    expect(linesIn(town)).toEqual([]);
    expect(await kept(town, town.ana)).toBeUndefined();
  });

  it('changes no line that stands there', async () => {
    await using town = await openTown();
    await says(town.ana, { want: 'heard' });
    await says(town.ana, { want: 'company', note: 'i want to die' });
    expect(linesIn(town)[0]).toShow(lineOf('heard', town.ana));
    expect(await kept(town, town.ana)).toMatchObject({ want: 'heard' });
  });

  it.each(['a rough night, company would help', 'my phone died again', 'this deadline is killing me'])(
    '%j is posted',
    async (note) => {
      await using town = await openTown();
      expect(await says(town.ana, { want: 'company', note })).toMatchObject({
        ephemeral: false,
      });
    },
  );
});

describe('presence', () => {
  const people = ['ben', 'cleo', 'mo', 'ida'] as const;
  async function open(setup = {}) {
    const town = await openTown(setup);
    const line = await says(town.ana, { want: 'company', presence: true });
    const [ben, cleo, mo, ida] = people.map((name) => town.town.person(name)) as [Actor, Actor, Actor, Actor];
    const named = Object.fromEntries([ben, cleo, mo].map((who, at) => ['abc'[at], nameOf(who)]));
    return {
      ...town,
      ...{ line, ben, cleo, mo, ida, named },
      press: (who: Actor) => who.presses(line, 'need:here'),
      /** What the line says of who is there. */
      present: () => partsOf(there(town.cleo.sees(line))).find(({ id }) => id === 61 || id === 62)?.content,
      [Symbol.asyncDispose]: town[Symbol.asyncDispose],
    };
  }

  it('shows nothing but the button before the first press', async () => {
    await using town = await open();
    expect(labelsOf(town.line)).toEqual([say('here')]);
    expect(town.present()).toBeUndefined();
    expect(shown(town.line)).not.toMatch(/\b0\b/);
  });

  it('shows up to three names, then "and others", without a number; all else stays', async () => {
    await using town = await open();
    const { named, press, present } = town;
    const { a = '', b = '', c = '' } = named;
    await press(town.ben);
    expect(present()).toBe(say('present.one', { a }));
    await press(town.cleo);
    expect(present()).toBe(say('present.two', { a, b }));
    await press(town.mo);
    expect(present()).toBe(say('present.three', { a, b, c }));
    await press(town.ida);
    expect(present()).toBe(say('present.threeMore', { a, b, c }));
    const line = there(town.cleo.sees(town.line));
    expect(line).toMatchObject({ mentions: [], mention_everyone: false });
    expect(line).toShow(lineOf('company', town.ana));
    expect(labelsOf(line)).toEqual([say('here')]);
  });

  it('one of the three takes it back; the next who comes has the place', async () => {
    await using town = await open();
    const { named, press, present } = town;
    const { a = '', b = '', c = '' } = named;
    for (const who of [town.ben, town.cleo]) await press(who);
    await press(town.ben);
    expect(present()).toBe(say('present.one', { a: b }));
    await press(town.cleo);
    expect(present()).toBeUndefined();
    for (const who of [town.ben, town.cleo, town.mo, town.ida]) await press(who);
    await press(town.mo);
    expect(present()).toBe(say('present.twoMore', { a, b }));
    await press(town.mo);
    expect(present()).toBe(say('present.threeMore', { a, b, c }));
    for (const who of [town.ben, town.cleo, town.mo]) await press(who);
    expect(present()).toBe(say('present.others'));
    await press(town.ben);
    expect(present()).toBe(say('present.oneMore', { a }));
  });

  it('tells whoever came in private that they are seen, or that they are one of the others', async () => {
    await using town = await open();
    const answerTo = async (who: Actor) => {
      await press(who);
      let answer = await who.nextFromBot();
      while (!answer.ephemeral) answer = await who.nextFromBot();
      return answer;
    };
    const { press } = town;
    expect(await answerTo(town.ben)).toShow(say('youAreHere'));
    for (const who of [town.cleo, town.mo]) await press(who);
    expect(await answerTo(town.ida)).toShow(say('amongOthers'));
  });

  it('counts everybody who presses at the same time', async () => {
    await using town = await open();
    await Promise.all([town.ben, town.cleo, town.mo].map((who) => town.press(who)));
    const text = town.present() ?? '';
    for (const who of [town.ben, town.cleo, town.mo]) expect(text).toContain(nameOf(who));
  });

  it('is kept in the message, over a restart and a change of the line, until it is not asked for', async () => {
    await using town = await open();
    const { a = '', b = '' } = town.named;
    await town.press(town.ben);
    await town.restart();
    await town.press(town.cleo);
    await says(town.ana, { want: 'heard' });
    expect(town.cleo.sees(town.line)).toShow(lineOf('heard', town.ana));
    expect(town.present()).toBe(say('present.two', { a, b }));
    await says(town.ana, { want: 'heard', presence: false });
    expect(town.present()).toBeUndefined();
    expect(actionsOf(there(town.cleo.sees(town.line)))).toEqual([]);
    await says(town.ana, { want: 'heard', presence: true });
    expect(labelsOf(there(town.cleo.sees(town.line)))).toEqual([say('here')]);
    await says(town.ana, { want: 'nothing' });
    expect(shown(town.cleo.sees(town.line)).trim()).toBe(lineOf('nothing', town.ana));
  });

  it('is not for the one whose line it is, nor when the day is over, nor where one may not write', async () => {
    await using town = await open({ sharesClock: true });
    expect(await town.press(town.ana)).toShow(say('own'));
    town.town.clock.advance(needLasts);
    expect(await town.press(town.ben)).toShow(say('over'));
    expect(town.present()).toBeUndefined();
    await using other = await open();
    deny(other.town, other.town.channel('#support'), Bits.SendMessages);
    expect(await other.press(other.ben)).toShow(say('cannotWrite'));
    expect(other.present()).toBeUndefined();
  });

  it('whoever presses while the line is being ended comes too late', async () => {
    await using town = await open();
    const looked = town.town.faults.next('GET /channels/:channel/messages/:message', { delayAnswer: 300 });
    const ending = says(town.ana, { want: 'nothing' });
    await looked;
    const late = await town.press(town.ben);
    await ending;
    expect(late).toShow(say('over'));
    expect(shown(town.cleo.sees(town.line)).trim()).toBe(lineOf('nothing', town.ana));
  });

  it('works also where the bot cannot look at the line once more', async () => {
    await using town = await open();
    town.town.faults.next('GET /channels/:channel/messages/:message', { status: 403, code: 50001 });
    await town.press(town.ben);
    expect(town.present()).toBe(say('present.one', { a: nameOf(town.ben) }));
  });
});

describe('in decisions', () => {
  const open = () => openTown({ support: ['#support', '#stories'], nudged: ['ben'], sharesClock: true, settleMs: 20 });
  /** What becomes of Ben's advice to Ana, who says this after she said what she needs. */
  async function decided(town: AttuneTown, said: string, where: { id: string } | string = '#support') {
    town.town.clock.advance(MINUTE);
    const post = await town.ana.says(where, said);
    town.town.clock.advance(MINUTE);
    return town.decisionOn(await town.ben.repliesTo(post, fix));
  }

  it.each<[Want | undefined, string, object]>([
    [undefined, sorrow, { outcome: 'nudged', reason: 'fix' }],
    ['ideas', sorrow, { outcome: 'left alone', reason: 'asked for' }],
    ['heard', sorrow, { outcome: 'nudged', reason: 'fix' }],
    ['unsure', sorrow, { outcome: 'left alone', reason: 'asked for' }],
    ['heard', `${sorrow}. what should i do? any advice?`, { outcome: 'left alone', reason: 'asked for' }],
    ['ideas', `${sorrow}. no advice please, i just need to vent`, { outcome: 'nudged', reason: 'fix' }],
  ])('with %s, %j: %j', async (want, said, end) => {
    await using town = await open();
    if (want) await says(town.ana, { want });
    expect(await decided(town, said)).toMatchObject(end);
  });

  it('a vague question is a wish for advice, unless somebody wants to be heard, or company', async () => {
    for (const [want, reason] of [
      [undefined, 'asked for'],
      ['heard', 'fix'],
      ['company', 'fix'],
      ['nothing', 'asked for'],
    ] as const) {
      await using town = await open();
      if (want === 'nothing') await says(town.ana, { want: 'heard' });
      if (want) await says(town.ana, { want });
      expect(await decided(town, `${sorrow}. ${vague}`), want).toMatchObject({ reason });
    }
  });

  it('it counts in the threads below, where a need of their own outranks it, and in no other channel', async () => {
    await using town = await open();
    await town.store.members.setPace(town.town.guild.id, town.ben.id, 'every');
    const thread = await town.ana.startsThread(await town.ana.says('#support', sorrow), 'quiet');
    await says(town.ana, { want: 'ideas' });
    expect(await decided(town, sorrow, thread)).toMatchObject({ reason: 'asked for' });
    await says(town.ana, { want: 'heard' }, thread);
    expect(await decided(town, sorrow, thread)).toMatchObject({ reason: 'fix' });
    const story = await town.ana.posts('#stories', 'the house', sorrow);
    town.town.clock.advance(25 * 60 * MINUTE);
    expect(await town.decisionOn(await town.ben.says(story, fix))).toMatchObject({ reason: 'fix' });
  });

  it("it is one person's, and is over after a day", async () => {
    await using town = await open();
    await town.store.members.setPace(town.town.guild.id, town.ben.id, 'every');
    await says(town.cleo, { want: 'ideas' });
    expect(await decided(town, sorrow)).toMatchObject({ reason: 'fix' });
    await says(town.ana, { want: 'ideas' });
    town.town.clock.advance(needLasts + 180 * MINUTE);
    expect(await decided(town, sorrow)).toMatchObject({ reason: 'fix' });
  });

  it('who says after a reply what they need has answered it', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'], settleMs: 3_000 });
    const reply = await town.ben.repliesTo(await town.ana.says('#support', sorrow), fix);
    await says(town.ana, { want: 'heard' });
    expect(await town.decisionOn(reply)).toMatchObject({ outcome: 'left alone', reason: 'poster answered' });
    expect(town.contacted()).toEqual([]);
  });
});
