import { describe, expect, it } from 'vitest';
import { whoIsAnswered } from '#nudge/answered';
import { type Line, type Opened, upTo } from './talk.ts';

/** The text of the message that the last line is taken to answer, or why there is none. */
async function answered(lines: readonly Line[], opened?: Opened): Promise<string> {
  const { conversation, reply } = await upTo(lines, opened);
  const { text, answers, speaker } = reply;
  const found = whoIsAnswered(conversation, { text, answers, replier: speaker.user ?? '' });
  return 'post' in found ? found.post.text : `(${found.nobody})`;
}

const dog = 'ana: my dog died';
const cat = 'cleo: my cat died';
const later = (line: string, minutes: number): Line => [line, { minutes }];

describe('a reference', () => {
  it.each<[string, Line[], string]>([
    ['decides, whoever shared since', [dog, cat, ['ben: at least', { to: 'my dog died' }]], 'my dog died'],
    ['also when it begins with a name', [dog, cat, ['ben: cleo at least', { to: 'my dog died' }]], 'my dog died'],
    ['also to what shares nothing', [dog, cat, 'ana: hm', ['ben: at least', { to: 'hm' }]], 'hm'],
    ['also to the only one there', ['ana: hm', ['ben: at least', { to: 'hm' }]], 'hm'],
    [
      'also to what a webhook brought',
      ['*River: my dog died', cat, ['ben: at least', { to: 'my dog died' }]],
      'my dog died',
    ],
    ['also after hours', [dog, later(cat, 300), ['ben: at least', { to: 'my dog died' }]], 'my dog died'],
    ['not to oneself', ['ben: my fish died', dog, ['ben: at least', { to: 'my fish died' }]], '(own post)'],
    ['not to who comforts', [dog, 'mo: hugs', ['ben: at least', { to: 'hugs' }]], '(not about a difficulty)'],
    [
      'not to who speaks to somebody else',
      [dog, 'mo: aw ana', ['ben: at least', { to: 'aw ana' }]],
      '(not about a difficulty)',
    ],
    [
      'not to who answers somebody else',
      [dog, ['mo: awful', { to: 'my dog died' }], ['ben: at least', { to: 'awful' }]],
      '(not about a difficulty)',
    ],
    [
      'but to who comforts and shares',
      [dog, 'cleo: hugs. my cat died', ['ben: at least', { to: 'hugs. my cat died' }]],
      'hugs. my cat died',
    ],
  ])('%s', async (_, lines, expected) => {
    expect(await answered(lines)).toBe(expected);
  });

  it('to what was not fetched is to nobody', async () => {
    const { conversation } = await upTo([dog, 'ben: at least']);
    expect(whoIsAnswered(conversation, { text: 'at least', replier: 'ben', answers: '1' })).toEqual({
      nobody: 'no post',
    });
  });
});

describe('a mention or a name', () => {
  /** Ana, who is the first of two: without a name there is silence. */
  const toAna = [
    'ana, at least you had him',
    'ana at least you had him',
    'Ana! at least you had him',
    '@ana at least you had him',
    '**ana** at least you had him',
    'hey ana, at least you had him',
    'oh no, ana, at least you had him',
    "i'm so sorry ana, at least you had him",
    '<:hug:123> ana at least you had him',
    '🫂 ana at least you had him',
    'ána at least you had him',
    '\u202eana\u200f at least you had him',
    'ana\nat least you had him',
    'ana',
  ];
  it.each(toAna)('names Ana: %j', async (text) => {
    expect(await answered([dog, cat, `ben: ${text}`])).toBe('my dog died');
  });

  it.each([
    'at least you had ana there',
    'at least anastasia is here',
    'anastasia, at least you had him',
    "ana's dog is gone, at least you had her",
    'ana’s dog is gone, at least you had her',
    'ana is right, at least you had her',
    'ana and cleo, at least you had them',
    'ana & cleo, at least you had them',
    'dana, at least you had him',
    '<:ana:123> at least you had him',
    '',
  ])('does not name Ana: %j', async (text) => {
    expect(await answered([dog, cat, `ben: ${text}`])).toBe('(unclear who)');
  });

  /** Lines of people with these names, oldest first; each shares. */
  const named = (people: string[][], text: string): Line[] => [
    ...people.map((names, n): Line => [`p${n}: ${n} died`, { names, user: `${n}00` }]),
    `ben: ${text}`,
  ];

  it.each<[string, string[][], string, string]>([
    ['by mention', [['Ana'], ['Cleo']], '<@000> at least', '0 died'],
    ['by mention, behind a greeting', [['Ana'], ['Cleo']], 'hey <@!000>, at least', '0 died'],
    ['by mention, behind an emoji', [['Ana'], ['Cleo']], '<a:hug:1> <@000> at least', '0 died'],
    ['not two mentions', [['Ana'], ['Cleo']], '<@000> <@100> at least', '(unclear who)'],
    ['not a mention in the middle', [['Ana'], ['Cleo']], 'at least <@000> knows', '(unclear who)'],
    ['not a mention of who is not there', [['Ana'], ['Cleo']], '<@500> at least', '(no post)'],
    ['not a mention of a role', [['Ana'], ['Cleo']], '<@&000> at least', '(unclear who)'],
    ['by the name of the account', [['Ana', 'anemone77'], ['Cleo']], 'anemone77 at least', '0 died'],
    ['of two words', [['Ana Li'], ['Cleo']], 'ana li at least', '0 died'],
    ['by the first of two words, set off', [['Ana Li'], ['Cleo']], 'ana, at least', '0 died'],
    ['not the second of two words', [['Ana Li'], ['Cleo']], 'lily, at least', '(unclear who)'],
    ['not a first word that may be a word', [['Just a Girl'], ['Cleo']], 'just think, at least', '(unclear who)'],
    ['not one of two of one name', [['Ana'], ['Ana']], 'ana, at least', '(unclear who)'],
    ['not one of two of one first name', [['Ana Li'], ['Ana Bo']], 'ana, at least', '(unclear who)'],
    ['but the whole name of one of two', [['Ana Li'], ['Ana Bo']], 'ana li, at least', '0 died'],
    [
      'by the name of the account that is the first of two words',
      [['Ana Li', 'ana'], ['Cleo']],
      'ana at least',
      '0 died',
    ],
    ['in ornaments', [['✨ Ana ✨'], ['Cleo']], 'ana at least', '0 died'],
    ['in other letters', [['𝓐𝓷𝓪'], ['Cleo']], 'ana at least', '0 died'],
    ['with marks that cannot be seen', [['A\u200dn\u200fa'], ['Cleo']], 'ana at least', '0 died'],
    ['with signs of regular expressions', [['a.*(na+'], ['Cleo']], 'a.*(na+ at least', '0 died'],
    ['not by signs of regular expressions', [['.*'], ['[a-z]+'], ['(?:']], 'whatever, at least', '(unclear who)'],
    ['not shorter than three letters', [['Al'], ['Cleo']], 'al, at least', '(unclear who)'],
    ['not of nothing', [[''], ['✨'], []], ', at least', '(unclear who)'],
    ['in other scripts', [['Мария'], ['Cleo']], 'мария, at least', '0 died'],
  ])('%s', async (_, people, text, expected) => {
    expect(await answered(named(people, text))).toBe(expected);
  });

  it.each<[string, Line[], string]>([
    ['who shared before they chatted', [dog, cat, 'ana: hm', 'ben: ana at least'], 'my dog died'],
    ['who shared nothing, by their last word', ['ana: so', 'ana: hm', 'ben: ana at least'], 'hm'],
    ['not who comforts', [dog, 'hope: hugs', 'ben: hope it helps, at least'], '(not about a difficulty)'],
    ['not oneself', ['ben: my fish died', later(dog, 20), 'ben: ben at least'], 'my dog died'],
    [
      'not who was brought under the name of somebody there',
      [dog, '*ana: my cat died', 'ben: ana, at least'],
      '(unclear who)',
    ],
    [
      'who is named at the end, as long as nothing else speaks against it',
      [dog, 'mo: hello', 'ben: at least you had him, ana'],
      'my dog died',
    ],
    [
      'not the newest when somebody else is named at the end',
      [dog, later(cat, 20), 'ben: at least you had him, ana'],
      '(unclear who)',
    ],
    [
      'not the newest when somebody else is mentioned',
      [['ana: my dog died', { user: '7' }], later(cat, 20), 'ben: at least <@7>'],
      '(unclear who)',
    ],
  ])('names %s', async (_, lines, expected) => {
    expect(await answered(lines)).toBe(expected);
  });

  it('is found in a moment in whatever somebody writes', async () => {
    const began = performance.now();
    const lines = [dog, cat].map((line): Line => [line, { names: ['!'.repeat(32), 'a'.repeat(32)] }]);
    for (const text of [
      '!'.repeat(4000),
      'hey '.repeat(1000),
      '<'.repeat(4000),
      'so so '.repeat(600),
      `${'!'.repeat(7999)}a`,
      '<@1'.repeat(900),
    ])
      await answered([...lines, `ben: ${text}`]);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('a reply that goes on to somebody else', () => {
  it.each<[string, Line[], string]>([
    ['by name', [dog, later(cat, 20), 'ben: so sorry ana\ncleo, at least'], '(unclear who)'],
    ['by mention', [dog, ['cleo: my cat died', { user: '7' }], 'ben: so sorry ana\n\n<@7> at least'], '(unclear who)'],
    ['behind a reference', [dog, cat, ['ben: so sorry\ncleo, at least', { to: 'my dog died' }]], '(unclear who)'],
    ['not by the same name', [dog, cat, 'ben: so sorry ana\nana, at least'], 'my dog died'],
    ['not by lines', [dog, cat, 'ben: so sorry ana\n\nat least\nhe knew'], 'my dog died'],
    ['not in the middle of a line', [dog, cat, 'ben: so sorry ana\nat least you have cleo here'], 'my dog died'],
  ])('%s', async (_, lines, expected) => {
    expect(await answered(lines)).toBe(expected);
  });
});

describe('without either', () => {
  it.each<[string, Line[], string]>([
    ['the newest who shares', [dog, later(cat, 11), 'ben: at least'], 'my cat died'],
    ['the newest who asks', [dog, later('cleo: what should i do', 11), 'ben: at least'], 'what should i do'],
    ['what they shared last', [dog, 'ana: my cat died', 'ana: hm', 'ben: at least'], 'my cat died'],
    ['not who comforts', [dog, 'cleo: hugs', 'mo: that must be hard', 'ben: at least'], 'my dog died'],
    ['not who chats', [dog, 'cleo: hello', '*River: hi', 'ben: at least'], 'my dog died'],
    ['also who was brought', ['*River: my dog died', 'cleo: hugs', 'ben: at least'], 'my dog died'],
    ['not who was through with it before', [cat, 'cleo: all good now', dog, 'ben: at least'], 'my dog died'],
    [
      'not who is through with it, once another goes on',
      [dog, cat, 'cleo: all good now', 'ana: hm', 'ben: at least'],
      'my dog died',
    ],
    [
      'but who has just said that it is over',
      [later(dog, 1), later(cat, 30), 'cleo: all good now', 'ben: at least'],
      'all good now',
    ],
    ['also when nobody else shares', [dog, 'ana: all good now', 'ben: at least'], 'all good now'],
    ['not who is well and never shared', [dog, 'cleo: all good here', 'ben: at least'], 'my dog died'],
    ['nobody, where two share at a time', [dog, later(cat, 10), 'ben: at least'], '(unclear who)'],
    ['nobody, where one shares and one asks', [dog, 'cleo: what should i do', 'ben: at least'], '(unclear who)'],
    ['nobody, where nobody shares', ['ana: hello', 'cleo: hugs', 'ben: at least'], '(not about a difficulty)'],
    ['nobody, where nobody is', ['ben: at least'], '(no post)'],
    ['nobody, where only oneself shares', ['ben: my fish died', 'ana: hugs', 'ben: at least'], '(own post)'],
    ['nobody, where oneself shared since', [dog, 'ben: my fish died', 'ben: at least'], '(unclear who)'],
    ['the other, whom one asks', [dog, 'ben: what should i do, ideas welcome', 'ben: at least'], 'my dog died'],
    ['the other, where oneself shared before', ['ben: my fish died', dog, 'ben: at least'], 'my dog died'],
    ['nobody after three hours', [dog, later('ben: at least', 181)], '(no post)'],
  ])('%s', async (_, lines, expected) => {
    expect(await answered(lines)).toBe(expected);
  });
});

describe('in a thread', () => {
  it('who refers to its author answers the author, also where they comfort', async () => {
    const lines: Line[] = ['ana: so', cat, 'ana: hugs', ['ben: at least', { to: 'hugs' }]];
    expect(await answered(lines, {})).toBe('hugs');
    expect(await answered(lines)).toBe('(not about a difficulty)');
  });

  it.each<[string, Line[], string]>([
    ['its author', [dog, 'cleo: hello', 'ben: at least'], 'my dog died'],
    ['its author, also after days', [dog, later('ben: at least', 9000)], 'my dog died'],
    ['its author, also when they share more', [dog, 'ana: my cat died', 'ben: at least'], 'my dog died'],
    ['its author, also when they share in other words', ['ana: so', 'cleo: hugs', 'ben: at least'], 'so'],
    ['not its author when somebody shares there', ['mo: how are you all', dog, 'ben: at least'], 'my dog died'],
    ['not one of two', [dog, cat, 'ben: at least'], '(unclear who)'],
    ['the later of two', [dog, later(cat, 11), 'ben: at least'], 'my cat died'],
    [
      'its author when the other is through with it',
      [dog, cat, 'cleo: all good now', 'ana: hm', 'ben: at least'],
      'my dog died',
    ],
    [
      'not its author when the other has just said that it is over',
      [dog, cat, 'cleo: all good now', 'ben: at least'],
      '(unclear who)',
    ],
    ['its author who is through with it', [dog, 'ana: all good now', 'ben: at least'], 'my dog died'],
    ['whom it names', [dog, later(cat, 11), 'ben: ana, at least'], 'my dog died'],
    ['not oneself', ['ben: my fish died', 'ana: hello', 'ben: at least'], '(own post)'],
    ["who shares in a thread of one's own", ['ben: my fish died', dog, 'ben: at least'], 'my dog died'],
    [
      'not its author when oneself shared since',
      [dog, 'ben: my fish died', 'cleo: hugs', 'ben: at least'],
      '(unclear who)',
    ],
    ['its author when they spoke since', [dog, 'ben: my fish died', 'ana: hm', 'ben: at least'], 'my dog died'],
  ])('%s', async (_, lines, expected) => {
    expect(await answered(lines, { title: 'a title' })).toBe(expected);
  });
});
