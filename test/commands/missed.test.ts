import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { actionsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { openTown, shippedData, shown } from '../town.ts';

const words = loadContent(shippedData).missed();
const say = sentences('commands/missed.yaml');
const menu = say('name');
const quotesIn = (answer: object) => shown(answer).match(/^> \S.*$/gm) ?? [];
const firstOf = (answer: object) => shown(answer).trim().split('\n')[0];
const wayOut = words.danger;

describe('"This missed me"', () => {
  it('gives words to the one who was answered, and the one who answered learns nothing', async () => {
    await using town = await openTown({ support: '#support', nudged: ['ben'] });
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const reply = await town.ben.repliesTo(post, 'hey, thinking of that');
    await town.decisionOn(reply);
    const answer = await town.ana.usesMenu(reply, menu);
    expect(answer).toMatchObject({ ephemeral: true });
    const text = shown(answer);
    expect(words.maybe.filter((one) => text.includes(one))).toHaveLength(2);
    expect(words.notTooMuch.filter((one) => text.includes(one))).toHaveLength(1);
    expect(words.ask.filter((one) => text.includes(say('when', { say: one.say, when: one.for })))).toHaveLength(3);
    expect(words.stop.filter((one) => text.includes(`> ${one}`))).toHaveLength(1);
    expect(answer).toShow(say('small'));
    expect(answer).toShow(wayOut);
    expect(actionsOf(answer)).toEqual(['missed:another', 'crisis:open']);
    if ('id' in answer) expect(town.ben.sees(answer)).toBeUndefined();
    expect(town.ben.reads('#support').map(({ id }) => id)).toEqual([post.id, reply.id]);
    expect(town.contacted()).toEqual([]);
  });

  it('has other words, also after a restart, and shows every way to ask before one comes again', async () => {
    await using town = await openTown();
    let answer = await town.ana.usesMenu(await town.ben.says('#support', 'at least it was quick'), menu);
    const seen = new Set(quotesIn(answer));
    for (let turn = 1; turn * 3 < words.ask.length; turn++) {
      await town.restart();
      answer = await town.ana.presses(answer, 'missed:another');
      for (const one of quotesIn(answer)) seen.add(one);
    }
    for (const one of words.ask) expect([...seen]).toContain(`> ${say('when', { say: one.say, when: one.for })}`);
    expect(actionsOf(answer)).toEqual(['missed:another', 'crisis:open']);
  });

  it('where danger is voiced, shows the way out before everything', async () => {
    await using town = await openTown();
    const answer = await town.ana.usesMenu(await town.ben.says('#support', 'just kill yourself then'), menu);
    expect(firstOf(answer)).toContain(wayOut);
    expect(answer).toShow(say('cruel'));
    expect(actionsOf(answer)).toEqual(['crisis:open', 'missed:another']);
    expect(firstOf(await town.ana.presses(answer, 'missed:another'))).toContain(wayOut);
    const calm = await town.ana.usesMenu(await town.ben.says('#support', 'you should rest'), menu);
    expect(firstOf(calm)).toContain(say('heading'));
  });

  it('says what it is for where the message is no answer to the one who asks', async () => {
    await using town = await openTown();
    const post = await town.ana.says('#support', 'my mother died and the house is so quiet');
    const isFor = async (why: string, answer: Awaited<ReturnType<typeof town.ana.usesMenu>>, gaps = {}) => {
      expect(answer).toMatchObject({ ephemeral: true });
      expect(answer).toShow(say(why, gaps));
      expect(actionsOf(answer)).toEqual(['crisis:open']);
      expect(quotesIn(answer)).toEqual([]);
    };
    await isFor('own', await town.ana.usesMenu(post, menu));
    const toAna = await town.ben.repliesTo(post, 'at least she had a long life');
    await isFor('notYours', await town.cleo.usesMenu(toAna, menu), { reflect: mention(town.town, 'reflect') });
    const { message } = await town.ana.posts('#stories', 'Where I am', 'my mother died');
    await isFor('begins', await town.ben.usesMenu(message, menu));
    const panel = await town.ana.runs('/reflect', { feeling: 'grief' });
    const shared = await town.ana.presses(panel, 'reflect:share');
    if (!('id' in shared)) throw new Error('it was not shared');
    await isFor('program', await town.ben.usesMenu(shared, menu));
    // Their own danger is not passed over.
    const own = await town.ana.usesMenu(await town.ana.says('#support', 'i want to die'), menu);
    await isFor('own', own);
    expect(own).toShow(wayOut);
  });

  it('works where it is one: answered, mentioned, cruel, and where nothing shows whom it answers', async () => {
    await using town = await openTown();
    const post = await town.ana.says('#support', 'my mother died');
    const wordsFor = async (answer: object) => expect(answer).toShow(say('heading'));
    const answer = await town.ana.usesMenu(await town.ben.repliesTo(post, 'cheer up', { ping: false }), menu);
    await wordsFor(answer);
    expect(answer).not.toShow(say('unclear'));
    const named = await town.ana.usesMenu(await town.ben.says('#support', `cheer up <@${town.ana.id}>`), menu);
    await wordsFor(named);
    expect(named).not.toShow(say('unclear'));
    const plain = await town.ana.usesMenu(await town.ben.says('#support', 'at least it was quick'), menu);
    await wordsFor(plain);
    expect(plain).toShow(say('unclear'));
    const toBen = await town.cleo.repliesTo(await town.ben.says('#support', 'hm'), 'just kill yourself then');
    const cruel = await town.ana.usesMenu(toBen, menu);
    expect(cruel).toShow(say('cruel'));
  });

  it('never quotes the answer', async () => {
    await using town = await openTown();
    const answer = await town.ana.usesMenu(await town.ben.says('#support', 'cheer up buttercup'), menu);
    expect(answer).not.toShow('buttercup');
  });

  it('works in direct messages and as a personal app, and fits', async () => {
    await using town = await openTown();
    town.ben.addsApp();
    const answer = await town.ben.usesMenu(await town.ana.says('@ben', 'cheer up'), menu);
    expect(answer).toShow(say('heading'));
    expect(answer).not.toShow(say('unclear'));
    expect(sizeOf(answer).text).toBeLessThan(1_500);
    const command = [...town.town.world.commands.values()].find(({ name }) => name === menu);
    expect(command).toMatchObject({ type: 3, integration_types: [0, 1], contexts: [0, 1, 2] });
  });
});
