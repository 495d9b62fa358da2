import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { actionsOf, deny, labelsOf, plant } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const content = loadContent(shippedData);
const prompts = content.prompts();
const oneself = content.oneself();
const crisis = content.crisis.words().oneself;
const say = sentences('commands/reflect.yaml');
const toCrisis = sentences('commands/crisis.yaml');
const nameOf = (id: string) => prompts.get(id)?.name ?? '-';
const listeningTo = (id: string) => say('heading', { feeling: nameOf(id) });
/** The lines that are offered: in a panel each by itself, in what is shared all in one. */
const sayings = (message: object): string[] => shown(message).match(/(?<=^> )\S.*$/gm) ?? [];
const linesOf = (id: string) =>
  (prompts.get(id)?.prompts ?? []).map((one) => (one.ask === undefined ? one.say : `${one.say} ${one.ask}`));
const familyOf = (id: string) => prompts.get(id)?.family ?? '-';
/** A choice of autocomplete: the family first, then the feeling. */
const choiceOf = (id: string) => ({
  name: say('choice', { family: say(`families.${familyOf(id)}`), feeling: nameOf(id) }),
  value: id,
});
const sharedByBen = ({ ben }: AttuneTown) => say('sharedBy', { who: `<@${ben.id}>` });

describe('/reflect', () => {
  it('offers feelings as they are typed, and opens the one that was chosen, for the asker alone', async () => {
    await using town = await openTown();
    const choices = await town.ben.completes('/reflect', { feeling: 'lone' });
    expect(choices[0]).toEqual(choiceOf('loneliness'));
    const panel = await town.ben.runs('/reflect', { feeling: 'loneliness' });
    expect(panel).toShow(listeningTo('loneliness'));
    expect(panel).toMatchObject({ ephemeral: true });
    expect(actionsOf(panel)).toEqual(['reflect:another', 'reflect:share', 'reflect:why']);
    expect(labelsOf(panel)).toEqual([say('another'), say('share'), say('why')]);
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('offers everything while nothing is typed, and nothing for nonsense', async () => {
    await using town = await openTown();
    expect((await town.ben.completes('/reflect', { feeling: '' })).length).toBe(Math.min(25, prompts.size));
    expect(await town.ben.completes('/reflect', { feeling: 'qzxv' })).toEqual([]);
  });

  it('needs no feeling', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect');
    expect(panel).toShow(say('headingAny'));
    expect(panel).not.toShow(say('notFound'));
  });

  it('answers with three openers of different moves, what to listen for, and one step for the listener', async () => {
    await using town = await openTown();
    for (const id of ['grief', 'loneliness', 'anger']) {
      const panel = await town.ben.runs('/reflect', { feeling: id });
      const lines = sayings(panel);
      expect(lines).toHaveLength(3);
      // What is missing to three comes from those that fit any feeling.
      const all = [id, 'any'].flatMap((one) => prompts.get(one)?.prompts ?? []);
      const found = lines.map((line) =>
        all.find(({ say, ask }) => line === (ask === undefined ? say : `${say} ${ask}`)),
      );
      expect(found).not.toContain(undefined);
      expect(new Set(found.map((one) => one?.move)).size).toBe(3);
      expect(found.map((one) => shown(panel).includes(say('listen', { notice: one?.notice ?? '-' })))).toEqual([
        true,
        true,
        true,
      ]);
      expect(linesOf(id).filter((line) => lines.includes(line)).length).toBeGreaterThan(0);
      expect(oneself.slow.filter((one) => shown(panel).includes(one))).toHaveLength(1);
    }
  });

  it('Another shows every prompt before one comes again, also after a restart', async () => {
    await using town = await openTown();
    let panel = await town.ben.runs('/reflect', { feeling: 'grief' });
    const seen = sayings(panel);
    const all = linesOf('grief').length;
    for (let turn = 1; turn * 3 < all; turn++) {
      if (turn === 2) await town.restart();
      panel = await town.ben.presses(panel, 'reflect:another');
      seen.push(...sayings(panel));
    }
    expect(new Set(seen.slice(0, all)).size).toBe(all);
  });

  it.each(['regret', 'shame', 'envy'])(
    'nothing comes twice by one press of Another, or when asked again: %s',
    async (feeling) => {
      await using town = await openTown();
      const first = await town.ben.runs('/reflect', { feeling });
      const another = await town.ben.presses(first, 'reflect:another');
      const again = await town.ben.runs('/reflect', { feeling });
      const [one, two, three] = [first, another, again].map(sayings);
      expect(one?.filter((line) => two?.includes(line))).toEqual([]);
      expect(two?.filter((line) => three?.includes(line))).toEqual([]);
      expect(two).toHaveLength(3);
      const all = linesOf(feeling);
      expect(new Set([...(one ?? []), ...(two ?? [])].filter((line) => all.includes(line))).size).toBe(
        Math.min(6, all.length),
      );
    },
  );

  it('the same feeling asked again gives others', async () => {
    await using town = await openTown();
    for (const whom of ['somebody', 'myself']) {
      const [once, again] = [
        await town.ben.runs('/reflect', { feeling: 'grief', for: whom }),
        await town.ben.runs('/reflect', { feeling: 'grief', for: whom }),
      ].map(sayings);
      expect(
        once?.filter((line) => again?.includes(line)),
        whom,
      ).toEqual([]);
    }
  });

  it('says why it helps, to the asker alone', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    const why = await town.ben.presses(panel, 'reflect:why');
    expect(why).toMatchObject({ ephemeral: true });
    expect(
      [...content.explanations().values()].filter(({ short }) => shown(why).includes(short.slice(0, 60))),
    ).toHaveLength(1);
    const plain = await town.ben.runs('/reflect', { feeling: 'hopelessness' });
    expect(await town.ben.presses(plain, 'reflect:why')).toShow(
      content.explanations().get('asking-about-suicide')?.name ?? '-',
    );
  });

  it('Share here shows the words to all with the name of who shared them, and pings nobody', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    await town.restart();
    await town.ben.presses(panel, 'reflect:share');
    const shared = await town.cleo.nextFromBot();
    expect(shared).toMatchObject({ ephemeral: false, mentions: [], mention_everyone: false, mention_roles: [] });
    expect(shared).toShow(sharedByBen(town));
    expect(sayings(shared)).toEqual(sayings(panel));
    expect(shared).not.toShow(say('listen', { notice: '' }).trim());
    expect(shared).not.toShow(say('slow'));
    expect(actionsOf(shared)).toEqual([]);
  });

  it.each([
    ['a channel', Bits.SendMessages],
    ['a thread', Bits.SendMessagesInThreads],
  ])('refuses to share in %s where the presser may not write', async (where, permission) => {
    await using town = await openTown();
    const post = await town.ana.says('#support', 'hello');
    const place = where === 'a thread' ? await town.ana.startsThread(post, 'here') : town.town.channel('#support');
    const panel = await town.ben.runs('/reflect', {}, { in: place });
    deny(town.town, town.town.channel('#support'), permission);
    const answer = await town.ben.presses(panel, 'reflect:share');
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('cannotShare'));
    expect(answer).not.toShow(sharedByBen(town));
  });

  it('refuses to share in a private thread that the bot does not see, too', async () => {
    await using town = await openTown();
    const thread = await town.ana.startsPrivateThread('#support', 'us', ['Ben']);
    const panel = await town.ben.runs('/reflect', {}, { in: thread });
    deny(town.town, town.town.channel('#support'), Bits.SendMessagesInThreads);
    expect(await town.ben.presses(panel, 'reflect:share')).toShow(say('cannotShare'));
  });

  it.each(['Elsewhere#lobby', '@ana'])('comes along as a personal app: %s', async (place) => {
    await using town = await openTown();
    town.town.addGuild({ name: 'Elsewhere', channels: ['lobby'], people: ['Ben', 'Ana'], bot: false });
    town.ben.addsApp();
    expect(await town.ben.completes('/reflect', { feeling: 'gri' }, { in: place })).toContainEqual(choiceOf('grief'));
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: place });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(sayings(await town.ben.presses(panel, 'reflect:another'))).not.toEqual(sayings(panel));
  });

  it('works in direct messages with the bot', async () => {
    await using town = await openTown();
    expect(await town.ben.completes('/reflect', { feeling: 'gri' }, { in: 'dm' })).toContainEqual(choiceOf('grief'));
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: 'dm' });
    const next = await town.ben.presses(panel, 'reflect:another');
    expect(sayings(next)).not.toEqual(sayings(panel));
    expect(await town.ben.presses(next, 'reflect:share')).toShow(sharedByBen(town));
  });
});

describe('danger', () => {
  it.each([
    ['so tired i want to die', 'hopelessness'],
    ['i cut myself again', 'self-harm'],
    ['my friend wants to kill herself', 'worry-for-someone'],
    ['he hits me and im so ashamed', 'unsafe'],
    ['i might hurt my baby', 'afraid-of-harming'],
  ])('%j opens the prompts that ask plainly, and nothing of it can be shared', async (typed, id) => {
    await using town = await openTown();
    expect(await town.ben.completes('/reflect', { feeling: typed })).toEqual([choiceOf(id)]);
    const panel = await town.ben.runs('/reflect', { feeling: typed }, { in: '#support' });
    expect(panel).toShow(listeningTo(id));
    expect(panel).not.toShow(say('notFound'));
    const plain = prompts.get(id)?.prompts.filter(({ first }) => first) ?? [];
    const asked = plain.map((one) => (one.ask === undefined ? one.say : `${one.say} ${one.ask}`)).slice(0, 3);
    expect(sayings(panel).slice(0, asked.length)).toEqual(asked);
    expect(actionsOf(panel)).toEqual(['crisis:open', 'reflect:another', 'reflect:why']);
    expect(await town.ben.presses(panel, 'crisis:open')).toShow(toCrisis('heading'));
    expect(actionsOf(await town.ben.presses(panel, 'reflect:another'))).not.toContain('reflect:share');
    if ('id' in panel) expect(town.cleo.sees(panel)).toBeUndefined();
  });

  it('stays in the panel where the feeling itself is about something else', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'thinking about ending my life this week' });
    const next = await town.ben.presses(panel, 'reflect:another');
    for (const one of [panel, next]) expect(actionsOf(one)).toEqual(['crisis:open', 'reflect:another', 'reflect:why']);
  });

  it('a question about danger in another feeling comes in its turn, with the way to people, and cannot be shared', async () => {
    await using town = await openTown();
    const asked = linesOf('guilt').filter((_, at) => prompts.get('guilt')?.prompts[at]?.danger);
    expect(asked).toHaveLength(1);
    let panel = await town.ben.runs('/reflect', { feeling: 'guilt' }, { in: '#support' });
    const shareable: boolean[] = [];
    for (let turn = 0; turn * 3 < linesOf('guilt').length; turn++) {
      const actions = actionsOf(panel);
      expect(actions).toContain('crisis:open');
      expect(actions.includes('reflect:share')).toBe(!sayings(panel).some((line) => asked.includes(line)));
      shareable.push(actions.includes('reflect:share'));
      panel = await town.ben.presses(panel, 'reflect:another');
    }
    expect(new Set(shareable)).toEqual(new Set([true, false]));
  });

  it('a button that still offers to share such a prompt shares nothing', async () => {
    await using town = await openTown();
    for (const state of ['hopelessness:somebody:none:0:0:0', 'grief:somebody:clear:0:0:0']) {
      const old = await plant(town.town, town.town.channel('#support'), [`reflect:share:${state}`]);
      const answer = await town.ben.presses(old, 'reflect:share');
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).not.toShow(say('say'));
    }
  });

  it('what is shared of a feeling does not name the feeling', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'grief' }, { in: '#support' });
    expect(await town.ben.presses(panel, 'reflect:share')).not.toShow(listeningTo('grief'));
  });
});

describe('for oneself', () => {
  it('asks what one could ask oneself, says where to turn, and cannot be shared', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'loneliness', for: 'myself' }, { in: '#support' });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(say('headingMyself', { feeling: nameOf('loneliness') }));
    expect(panel).toShow(prompts.get('loneliness')?.ifYou ?? '-');
    expect(panel).toShow(say('ownMyself'));
    expect(panel).toShow(oneself.small);
    expect(panel).not.toShow(say('say'));
    const lines = sayings(panel);
    expect(lines).toHaveLength(3);
    expect(oneself.about.alone).toContain(lines[0]);
    expect(oneself.own.filter((one) => lines.includes(one))).toHaveLength(2);
    expect(actionsOf(panel)).toEqual(['reflect:another', 'reflect:why', 'crisis:open']);
    expect(sayings(await town.ben.presses(panel, 'reflect:another'))).not.toEqual(lines);
    const [forged] = [await plant(town.town, town.town.channel('#support'), ['reflect:share:grief:myself:none:0:0:0'])];
    expect(await town.ben.presses(forged, 'reflect:share')).toMatchObject({ ephemeral: true });
  });

  it('needs no feeling', async () => {
    await using town = await openTown();
    expect(await town.ben.runs('/reflect', { for: 'myself' })).toShow(say('headingMyselfAny'));
  });

  it.each([
    ['i want to die', crisis.first[1]],
    ['i cut myself again', crisis.first[1]],
    ['he hits me and im so ashamed', crisis.whenSomebodyHurtsYou[0]],
    ['thinking about ending my life this week', crisis.first[1]],
  ])('where danger is voiced there are no questions, and the way out: %s', async (feeling, first) => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling, for: 'myself' });
    expect(panel).toMatchObject({ ephemeral: true });
    expect(panel).toShow(oneself.danger);
    expect(panel).toShow(first ?? '-');
    expect(sayings(panel)).toEqual([]);
    expect(actionsOf(panel)).toEqual(['crisis:open']);
  });

  it('worry for somebody in danger is met as that', async () => {
    await using town = await openTown();
    const panel = await town.ben.runs('/reflect', { feeling: 'my friend wants to kill herself', for: 'myself' });
    expect(panel).toShow(say('headingMyself', { feeling: nameOf('worry-for-someone') }));
    expect(actionsOf(panel)[0]).toBe('crisis:open');
  });
});

describe('what is typed', () => {
  let town: AttuneTown;
  beforeAll(async () => {
    town = await openTown();
  });
  afterAll(() => town[Symbol.asyncDispose]());

  it.each([
    ['nobody texts me', 'loneliness'],
    ['my heart is racing, panic attack', 'panic'],
    ['LONELY!!', 'loneliness'],
  ])('understands %j', async (feeling, id) => {
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow(listeningTo(id));
    expect(panel).not.toShow(say('notFound'));
  });

  it.each(['qzxv', '🌊', '   ?   ', '@everyone'])('says gently that it has nothing for %j', async (feeling) => {
    const panel = await town.ben.runs('/reflect', { feeling });
    expect(panel).toShow(say('notFound'));
    expect(panel).toShow(say('headingAny'));
    expect(panel).not.toShow('qzxv');
  });
});
