import { describe, expect, it } from 'vitest';
import { readReflectionWords } from '#reflection/words';
import { actionsOf, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const say = sentences('commands/find-words.yaml');
const menu = say('name');

async function asks(town: AttuneTown, post: string, by = town.ben) {
  return by.usesMenu(await town.ana.says('#support', post), menu);
}

describe('"Find words for this"', () => {
  it('makes words for that message, seen by the asker alone; nothing is posted', async () => {
    await using town = await openTown();
    const post = await town.ana.says('#support', 'ive been feeling so alone since my dad moved out');
    const answer = await town.ben.usesMenu(post, menu);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('heading'));
    expect(answer).toShow(/your dad moved out/i);
    expect(answer).toShow(say('ask'));
    expect(answer).toShow(say('small'));
    expect(shown(answer).match(/^> .*\?$/gm)?.length).toBeGreaterThanOrEqual(2);
    expect(actionsOf(answer)).toEqual([]);
    if ('id' in answer) expect(town.ana.sees(answer)).toBeUndefined();
    expect(town.ana.reads('#support').map(({ id }) => id)).toEqual([post.id]);
    expect(town.contacted()).toEqual([]);
  });

  it('is of use to the poster, too', async () => {
    await using town = await openTown();
    const answer = await asks(town, 'i failed my exam and i feel so ashamed', town.ana);
    expect(answer).toShow(say('yours'));
    expect(answer).toShow(/you failed your exam/i);
  });

  it.each([
    ['too short', 'idk', 'short'],
    ['no words', '🌊', 'short'],
    ['too long', 'my dad moved out and then there was another thing that we had to do. '.repeat(25), 'long'],
    ['about no difficulty', 'anyone up for ranked tonight', 'light'],
    ['good news', 'passed my driving test today!', 'light'],
    ['more good news', 'we are having a baby girl!! im so happy', 'light'],
    ['another language', 'ich bin so traurig, mein Hund ist heute gestorben', 'foreign'],
    ['nothing that is told', 'today was hard', 'unsure'],
    ['nothing that is sure', 'my friend sofia lied to me about the thing', 'unsure'],
  ])('says so kindly, and gives general words: %s', async (_, post, why) => {
    await using town = await openTown();
    const answer = await asks(town, post);
    expect(answer).toShow(say('headingGeneral'));
    expect(answer).toShow(say(why));
    expect(answer).not.toShow(/sofia|ranked|your dad/i);
    const lines = shown(answer).match(/^> \S.*$/gm) ?? [];
    expect(lines.length).toBe(5);
    const { light, general } = readReflectionWords(shippedData).shapes;
    for (const line of lines.slice(0, 3)) expect(why === 'light' ? light : general).toContain(line.slice(2));
  });

  it.each([
    'i want to die',
    'i cut myself again and im so ashamed',
    'my friend took all her pills',
    'he hits me when he drinks and i feel so alone',
    'so tired of being alive',
  ])('makes no words from danger, and shows the way: %s', async (post) => {
    await using town = await openTown();
    const answer = await asks(town, post);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('danger'));
    expect(actionsOf(answer)).toEqual(['crisis:open']);
    expect(answer).not.toShow(/^>/m);
    const own = await asks(town, post, town.ana);
    expect(own).toShow(say('dangerYours'));
    expect(actionsOf(own)).toEqual(['crisis:open']);
  });

  it.each(['this job is killing me lol', 'my nan died on tuesday and i miss her so much', 'i could kill for a pizza'])(
    'leaves alone what is none: %s',
    async (post) => {
      await using town = await openTown();
      const answer = await asks(town, post);
      expect(answer).not.toShow(say('danger'));
      expect(answer).toShow(say('small'));
    },
  );

  it('names a doubt, beside the words', async () => {
    await using town = await openTown();
    const answer = await asks(town, 'i feel so scared since my dad moved out. i hate myself');
    expect(answer).toShow(say('possible'));
    expect(actionsOf(answer)).toEqual(['crisis:open']);
    expect(answer).toShow(/your dad moved out/i);
  });

  it('keeps nothing and shows no markup of theirs', async () => {
    await using town = await openTown();
    const answer = await asks(town, '@everyone **i feel so alone** [x](https://x.example) <@1>');
    expect(answer).toShow('so alone');
    expect(answer).not.toShow(/@everyone|x\.example/);
  });

  it('works in direct messages, and fits', async () => {
    await using town = await openTown();
    const answer = await town.ben.usesMenu(await town.ben.says('dm', 'i cant sleep and i feel so lonely'), menu);
    expect(answer).toShow('so lonely');
    expect(sizeOf(answer).text).toBeLessThan(1_200);
  });

  it('is offered to servers and to people for themselves, everywhere', async () => {
    await using town = await openTown();
    const command = [...town.town.world.commands.values()].find(({ name }) => name === menu);
    expect(command).toMatchObject({ type: 3, integration_types: [0, 1], contexts: [0, 1, 2] });
  });
});
