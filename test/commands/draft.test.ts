import type { Answer } from '@attune/town';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { wordsOf } from '#content/kinds';
import { actionsOf, partsOf, sizeOf } from '../components.ts';
import { sentences } from '../sentences.ts';
import { type AttuneTown, openTown, shippedData, shown } from '../town.ts';

const content = loadContent(shippedData);
const say = sentences('commands/draft.yaml');
const said = sentences('feedback.yaml');
const { somebody, oneself } = content.crisis.words();
const advice = wordsOf(content.kinds(), 'advice');

const post = 'my dog died this morning and the house is so quiet';
const fix = 'You should get a new dog soon.';
const sorry = 'I am so sorry.';

let town: AttuneTown;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town[Symbol.asyncDispose]());

type Fields = { reply: string; post?: string; mine?: string };
const drafts = async (fields: Fields, place?: string) =>
  town.ben.submits(await town.ben.runs('/draft', {}, place === undefined ? {} : { in: place }), fields);
const isReading = (answer: Answer) => shown(answer).includes(say('heading'));

describe('/draft', () => {
  it('asks in a form, and shows the asker alone what may move away, in their own words; nothing is posted', async () => {
    const before = town.cleo.reads('#support').length;
    const answer = await drafts({ reply: fix, post }, '#support');
    expect(answer).toMatchObject({ ephemeral: true, mentions: [] });
    expect(answer).toShow(`${say('heading')}\n> **You should get a new dog soon**.`);
    expect(answer).toShow(`**${said('headings.moved')}**\n> You should get a new dog soon\n`);
    expect(answer).toShow(said('moved', { kind: advice.name, does: advice.does }));
    for (const always of [say('ways'), say('stepBack'), said('honest')]) expect(answer).toShow(always);
    expect(town.cleo.reads('#support').length).toBe(before);
  });

  it('says what stays, quotes it, and why', async () => {
    const answer = await drafts({ reply: `${sorry} How is the house tonight?`, post });
    expect(answer).toShow(`**${said('headings.stayed')}**\n> ${sorry}\n${said('stays.with-you')}`);
    expect(answer).toShow(`> How is the house tonight?\n${said('stays.asks-openly')}`);
    expect(answer).toShow(said('left.fine'));
    expect(answer).not.toShow(said('headings.moved'));
  });

  it('marks an idea that comes after listening, and leaves it', async () => {
    const answer = await drafts({
      reply: `That sounds so heavy, and so quiet without her. I am so sorry. ${fix}`,
      post,
    });
    expect(answer).toShow(`> You should get a new dog soon\n${said('left.listened')}`);
    expect(answer).not.toShow(said('headings.moved'));
  });

  it('says something true and small where little is seen, and praises nothing that is not there', async () => {
    const answer = await drafts({ reply: 'such a quiet house now', post });
    expect(answer).toShow(`**${said('headings.stayed')}**\n${said('small.echo', { words: 'quiet' })}`);
    expect(await drafts({ reply: 'mhm', post })).toShow(`**${said('headings.stayed')}**\n${said('small.short')}`);
    const moved = await drafts({ reply: 'Why did you not go to the vet earlier?', post });
    for (const praise of ['reflects', 'asks-openly', 'validates', 'with-you', 'asks-permission', 'thanks'])
      expect(moved, praise).not.toShow(said(`stays.${praise}`));
  });

  it('an idea that was asked for is what they came for', async () => {
    const answer = await drafts({ reply: 'You should call the council.', post: 'no heating. what should i do?' });
    expect(answer).toShow(said('left.asked'));
    expect(answer).not.toShow(said('headings.moved'));
  });

  it('needs no post', async () => {
    expect(await drafts({ reply: fix })).toShow(said('headings.moved'));
    expect(await drafts({ reply: sorry })).toShow(said('left.fine'));
  });

  it('gives back what came up in them, for them alone', async () => {
    const answer = await drafts({ reply: sorry, post, mine: 'my own dog, years ago' });
    expect(answer).toShow(`**${say('came')}**\n> my own dog, years ago\n${say('hold')}`);
    expect(await drafts({ reply: sorry, post })).not.toShow(say('came'));
  });

  it('offers two ways to stay, and not the same ones each time', async () => {
    const ways = async () => {
      const answer = await drafts({ reply: fix, post });
      const part = partsOf(answer).find(({ content }) => content?.startsWith(`**${say('ways')}**`))?.content ?? '';
      expect(part.split('\n')).toHaveLength(4);
      return part;
    };
    expect(new Set([await ways(), await ways(), await ways(), await ways()]).size).toBeGreaterThan(1);
  });

  it('another draft opens the form again, also after a restart', async () => {
    const answer = await drafts({ reply: fix, post });
    await town.restart();
    const again = await town.ben.submits(await town.ben.presses(answer, 'draft:open'), { reply: sorry });
    expect(again).toShow(say('heading'));
    expect(again).toMatchObject({ ephemeral: true });
  });

  it('works in direct messages', async () => {
    expect(await drafts({ reply: fix, post }, 'dm')).toShow(said('headings.moved'));
  });

  it.each(['draft', 'practice', sentences('commands/landing.yaml')('name')])(
    'a person can have it without a server: %s',
    (name) => {
      const uploaded = [...town.town.world.commands.values()].find((one) => one.name === name);
      expect(uploaded).toMatchObject({ integration_types: [0, 1], contexts: [0, 1, 2] });
    },
  );

  it('says what to do when there are no words', async () => {
    expect(await drafts({ reply: '   ' })).toShow(say('noWords'));
  });

  it('fits, shows signs as signs, and pings nobody, whatever was typed', async () => {
    for (const one of ['*', '_**`', '<@1>', '@everyone ', '# \n> \n', 'you should [a](https://b.c) <#2>. ']) {
      const filled = (length: number) => one.repeat(Math.floor(length / one.length)) || one;
      const answer = await drafts({ reply: filled(1500), post: filled(2000), mine: filled(500) });
      expect(sizeOf(answer).text, one).toBeLessThan(4_000);
      expect(answer, one).toMatchObject({ mentions: [], mention_everyone: false });
      expect(answer, one).not.toShow('@everyone');
    }
  });
});

describe('danger', () => {
  it.each([
    ['in the post', { reply: 'you should get some sleep', post: 'i dont want to be alive anymore' }, somebody.ask[0]],
    ['in the reply', { reply: 'please dont kill yourself' }, somebody.ask[0]],
    ['from somebody', { reply: 'leave him', post: 'he hits me' }, somebody.whenSomebodyHurtsThem[0]],
    ['of a friend', { reply: 'oh no', post: 'my friend wants to kill herself' }, somebody.whenItIsAFriend[0]],
    [
      'of harming',
      { reply: 'oh no', post: 'i might hurt my baby' },
      content.prompts().get('afraid-of-harming')?.prompts[0]?.say,
    ],
  ])('%s: words for staying and where to turn, and no reading', async (_, fields, words = '-') => {
    const answer = await drafts(fields);
    expect(answer).toShow(said('danger.heading'));
    expect(answer).toShow(words);
    expect(answer).toShow(said('danger.crisis'));
    expect(isReading(answer)).toBe(false);
    expect(answer).not.toShow(fields.reply);
    expect(sizeOf(answer).text).toBeLessThan(4_000);
  });

  it('in a question about it: no reading', async () => {
    expect(isReading(await drafts({ reply: 'Are you thinking of killing yourself?', post }))).toBe(false);
  });

  it('in what came up in the writer: words for them', async () => {
    const answer = await drafts({ reply: sorry, post, mine: 'i want to die too' });
    expect(answer).toShow(`**${said('danger.oneself')}**\n- ${oneself.first[1]}`);
    expect(answer).toShow(said('danger.crisis'));
    expect(isReading(answer)).toBe(false);
  });

  it.each(['i want to die too', 'kms', "honestly i don't want to live anymore either"])(
    'in the reply, of the writer perhaps: words for them first (%s)',
    async (reply) => {
      const answer = await drafts({ reply, post: 'i feel so low' });
      expect(answer).toShow(`**${said('danger.oneself')}**\n- ${oneself.first[1]}`);
      expect(answer).toShow(somebody.ask[0] ?? '-');
    },
  );

  it.each(['please dont kill yourself', 'Are you thinking of killing yourself?'])(
    'in the reply, of the other: only words for staying (%s)',
    async (reply) => {
      expect(await drafts({ reply, post })).not.toShow(said('danger.oneself'));
    },
  );

  it.each([
    ['a figure of speech', { reply: 'want to hang out tonight?', post }],
    ['another one', { reply: 'that meme killed me lol', post }],
    ['hard, and not dangerous', { reply: sorry, post: 'i failed the exam again and cried all day' }],
  ])('is not heard in: %s', async (_, fields) => {
    expect(isReading(await drafts(fields))).toBe(true);
  });

  it('leads to /crisis in one press', async () => {
    expect(actionsOf(await drafts({ reply: 'ok', post: 'i want to die' }))).toEqual(['crisis:open', 'draft:open']);
  });
});
