import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { actionsOf, sizeOf } from '../components.ts';
import { mention, sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData } from '../town.ts';

const content = loadContent(shippedData);
const say = sentences('commands/landing.yaml');
const said = sentences('feedback.yaml');
const menu = say('name');

let town: AttuneTown;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town[Symbol.asyncDispose]());

const benOn = async (text: string) => town.ben.usesMenu(await town.ben.says('#support', text), menu);

describe('“How might this land?”', () => {
  it('reads one’s own message for oneself, with a line to add', async () => {
    const message = await town.ben.says('#support', 'You should get a new dog soon.');
    const answer = await town.ben.usesMenu(message, menu);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(`**${said('headings.moved')}**\n> You should get a new dog soon\n`);
    const [first = '-', second = '-'] = wordsOf(content.kinds(), 'advice').openers;
    expect(answer).toShow(`**${say('add')}**\n> ${first}\n> \n> ${second}`);
    expect(answer).toShow(say('alone', { draft: mention(town.town, 'draft') }));
    if ('id' in answer) expect(town.cleo.sees(answer)).toBeUndefined();
    expect(town.contacted()).toEqual([]);
  });

  it('has nothing to add to what stays', async () => {
    const answer = await benOn('I am so sorry. How is the house tonight?');
    expect(answer).toShow(`> I am so sorry.\n${said('stays.with-you')}`);
    expect(answer).toShow(said('left.fine'));
    expect(answer).not.toShow(say('add'));
  });

  it.each(['ana', 'ben'])('says nothing about what somebody else wrote, and where to find words: %s', async (who) => {
    const message = await town.town.person(who).says('#support', 'You should get a new dog soon.');
    const answer = await town.cleo.usesMenu(message, menu);
    expect(answer).toMatchObject({ ephemeral: true });
    expect(answer).toShow(say('notYours'));
    expect(answer).toShow(sentences('commands/find-words.yaml')('name'));
    expect(answer).not.toShow('new dog');
  });

  it('reads nothing of the bot’s own', async () => {
    const shared = await town.ben.presses(await town.ben.runs('/reflect'), 'reflect:share');
    if (!('id' in shared)) throw new Error('nothing was shared');
    expect(await town.ben.usesMenu(shared, menu)).toShow(say('notYours'));
  });

  it.each(['\u200b', '❤️', '...'])('says so when there are no words: %j', async (text) => {
    expect(await benOn(text)).toShow(say('noWords'));
  });

  it('gives words for staying where it is about danger', async () => {
    const answer = await benOn('please dont kill yourself');
    expect(answer).toShow(said('danger.heading'));
    expect(answer).toShow(content.crisis.words().somebody.ask[0] ?? '-');
    expect(actionsOf(answer)).toEqual(['crisis:open']);
    expect(answer).not.toShow(say('heading'));
  });

  it.each(['i dont want to live anymore', 'kms', 'my boyfriend hit me'])(
    'has words for the writer first, where it may be about them: %s',
    async (text) => {
      const answer = await benOn(text);
      expect(answer).toShow(said('danger.oneself'));
      expect(actionsOf(answer)).toEqual(['crisis:open']);
    },
  );

  it('says of another language that it was not read', async () => {
    const answer = await benOn('Das wird schon wieder, Kopf hoch, andere haben es schlimmer');
    expect(answer).toShow(said('left.unread'));
    expect(answer).not.toShow(said('left.fine'));
    expect(answer).not.toShow(said('small.short'));
  });

  it('fits, whatever was written', async () => {
    for (const one of ['*', '@everyone ', 'you should go [a](https://b.c) <#2>. ']) {
      const answer = await benOn(one.repeat(Math.floor(1900 / one.length)));
      expect(sizeOf(answer).text, one).toBeLessThan(4_000);
      expect(answer, one).toMatchObject({ ephemeral: true, mention_everyone: false });
    }
  });
});
