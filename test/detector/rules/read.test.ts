import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { type Context, contexts, type Kind, kinds, type Move } from '#detector/reading';
import { longestQuote } from '#detector/text/quote';
import { signsAlone } from '../signs-alone.ts';

const detector = signsAlone;
const plainPost = 'my dog died on sunday and i cant stop crying, the house is so empty';
const at = (reply: string, post = plainPost) => judge(detector.read(reply, post), { sensitivity: 'balanced', kinds });

const fixes: [Kind, string][] = [
  ['advice', 'You should get a new puppy'],
  ['advice', 'have u tried keeping busy? maybe join a gym'],
  ['advice', "why don't you just talk to your mom about it"],
  ['advice', 'just try to focus on work and go for a walk everyday, exercise helps'],
  ['advice', 'If I were you I would call in sick'],
  ['advice', 'Get some sleep and drink water'],
  ['advice', 'u need to see a therapist asap'],
  ['silver-lining', 'at least you had 14 good years!'],
  ['silver-lining', 'everything happens for a reason'],
  ['silver-lining', 'hes in a better place now'],
  ['silver-lining', 'this will make you stronger'],
  ['silver-lining', 'look on the bright side, no more vet bills'],
  ['cheerleading', 'you got this!! stay strong'],
  ['cheerleading', 'Cheer up, everything will be fine'],
  ['cheerleading', "don't worry, you'll get over it soon enough and be happy again"],
  ['cheerleading', 'it gets better i promise, keep your head up'],
  ['explaining-away', 'its just a dog lol'],
  ['explaining-away', 'other people have it way worse'],
  ['explaining-away', "you're overreacting, it's not that bad"],
  ['explaining-away', "it's not the end of the world"],
  ['interpreting', 'you have abandonment issues and you are just projecting onto the dog'],
  ['pathologising', 'sounds like bpd tbh'],
  ['pathologising', 'you clearly have depression, get yourself tested'],
  ['criticising', 'stop being so dramatic'],
  ['criticising', 'grow up'],
  ['criticising', 'what did you expect, this is your own fault'],
  ['detached', 'Please refer to the guidelines. Your post has been noted.'],
  ['changing-subject', 'anyway did you see the game last night'],
];

const fine: string[] = [
  "I'm so sorry. He was family.",
  'that sounds so lonely, do you want to tell me about him?',
  'oh no :( sending hugs',
  'what was his name?',
  'how are you holding up?',
  'that makes total sense, 14 years is a lifetime',
  'no wonder you cant stop crying',
  "I'm here if you want to talk, no need to answer",
  'thank you for telling us',
  'same here, lost my cat in may. how are the evenings for you?',
  'would you like ideas or just someone to listen?',
  "You don't have to be strong here",
  'take all the time you need',
  "you're not overreacting at all",
  "it's okay to cry",
  'so the house is quiet now, and that makes it worse?',
  'oof',
  '🫂',
  'I read this twice. it hurts.',
  'so you are thinking of moving out?',
  "sounds like you feel you should be over it by now, and you aren't",
  'lol',
  'good morning',
  'I have to run to work but I will be back tonight and read everything',
  '> you should get over it\nwho said that to you? that hurts to read',
  'people who say "at least you had 14 years" just do not get it',
  'I should have been there with you',
  "i don't have any advice but I hear you",
  'is there anyone with you tonight?',
];

describe('jumps to fixing', () => {
  it.each(fixes)('%s: %s', (kind, reply) => {
    expect(at(reply)).toMatchObject({ flag: true, kind });
    expect(detector.screen(reply)).toBe(true);
  });
});

describe('stays with them', () => {
  it.each(fine)('%s', (reply) => expect(at(reply)).toMatchObject({ flag: false }));
});

describe('known misses', () => {
  it.fails.each([
    ['a plan without any word of advice', 'new puppy, new you'],
    ['irony', 'wow, what a tragedy for the whole world'],
    ['a tip in a story', 'a friend of mine swears by warm milk'],
  ])('%s', (_, reply) => expect(at(reply).flag).toBe(true));
});

describe('the context decides', () => {
  it.each([
    ['asked for', 'should i get a new dog or is it too soon? any advice?'],
    ['asked for', 'my dog died. how do i get through the first weeks'],
    ['danger', 'my dog died and i dont want to be here anymore'],
    ['danger', 'i just wanna kms'],
    ['not about a difficulty', 'finally finished my drawing of the beach'],
  ])('%s: %s', (reason, post) => expect(at('You should get a new puppy', post)).toMatchObject({ flag: false, reason }));

  it('a pointer to help is never a fix', () => {
    expect(at('You should call 988, they listen')).toEqual({ flag: false, reason: 'points to help' });
    expect(detector.screen('You should call 988, they listen')).toBe(false);
  });

  it('ideas after real listening, or with permission', () => {
    const listened =
      "I'm so sorry. That sounds so painful, and no wonder you can't stop crying. What do you miss most? Maybe try a walk.";
    expect(at(listened)).toMatchObject({ flag: false, reason: 'after listening' });
    const asked = 'is it ok if I share what helped me? You could try writing him a letter.';
    expect(at(asked)).toMatchObject({ flag: false, reason: 'with permission' });
  });

  it('an idea first, warmth after it, is less staying than warmth first', () => {
    const fix = 'You should get a new puppy.';
    const warmth = 'I am so sorry, that sounds so painful.';
    const { fixit: late } = detector.read(`${fix} ${warmth}`, plainPost);
    const { fixit: early } = detector.read(`${warmth} ${fix}`, plainPost);
    expect(early).toBeLessThan(late);
    expect(late).toBeLessThan(detector.read(fix, plainPost).fixit);
  });

  it("keeps the poster's own plan apart from the replier's", () => {
    const own = detector.read("so you're thinking of moving back home?", plainPost);
    const others = detector.read('you should think of moving back home', plainPost);
    expect(own.kinds.advice).toBeLessThan(0.3);
    expect(others.kinds.advice).toBeGreaterThan(0.6);
  });

  it("one's own long story takes over, a short one does not", () => {
    const story =
      'When my cat died I was in school and I cried for weeks. I could not eat and my mom had to pick me up. I still have my box with my photos of her and I look at them when I am alone in my room.';
    expect(detector.read(story, plainPost).kinds['taking-over']).toBeGreaterThan(0.3);
    expect(detector.read('me too, lost my cat. how are you today?', plainPost).kinds['taking-over']).toBeLessThan(0.2);
  });
});

describe('attuned moves', () => {
  const shown: [Move, string, string][] = [
    ['reflects', 'it sounds like the evenings are the worst', 'you should go out'],
    ['asks-openly', 'what do you miss most?', 'have you tried running?'],
    ['validates', 'that makes so much sense', 'that makes no sense'],
    ['with-you', "I'm right here with you", 'I have to go'],
    ['asks-permission', 'do you want advice or just someone to listen?', 'take my advice'],
    ['thanks', 'thank you for sharing this with us', 'thanks for nothing'],
  ];
  it.each(shown)('%s: "%s", not "%s"', (move, there, absent) => {
    expect(detector.read(there, plainPost).attuned[move]).toBeGreaterThan(0.4);
    expect(detector.read(absent, plainPost).attuned[move]).toBeLessThan(0.3);
  });
});

describe('what the post says', () => {
  const posts: [Context, string[], string[]][] = [
    [
      'asks-advice',
      [
        'what should i do',
        'any tips for sleeping?',
        'is it normal to feel numb after this?',
        'How do I tell my parents?',
      ],
      ['i feel so alone tonight', 'no advice please, i just need to vent', 'why does nobody like me'],
    ],
    [
      'crisis',
      [
        'i want to die',
        'thinking about ending it all',
        'started cutting again last night',
        'id rather unalive myself',
        'everyone would be better off without me',
        'i cant do this anymore',
        'my boyfriend hit me and im scared to go home',
        'took a whole bottle of pills',
        'no point in living',
      ],
      [
        'this level is killing me lol',
        'i died laughing',
        'i failed my exam',
        'we ended things with the landlord',
        'dying of boredom',
      ],
    ],
    [
      'not-distress',
      ['good morning everyone', 'who is up for ranked tonight', 'finally got my license!!'],
      ['i feel so alone', 'my mom is in hospital', 'i hate myself lol'],
    ],
  ];
  it.each(posts.flatMap(([context, there]) => there.map((post) => [context, post] as const)))(
    '%s: %s',
    (context, post) =>
      expect(detector.read('', post).post[context]).toBeGreaterThanOrEqual(context === 'asks-advice' ? 0.35 : 0.3),
  );
  it.each(posts.flatMap(([context, , absent]) => absent.map((post) => [context, post] as const)))(
    'not %s: %s',
    (context, post) => expect(detector.read('', post).post[context]).toBeLessThan(0.3),
  );
});

it('quotes the very words, in whole words, and not a whole novel', () => {
  const pieces = [
    'you should ',
    'at least ',
    'grow up ',
    'Ünïcode 🫂 ',
    '<@123456789012345678> ',
    '\n> quoted\n',
    'stay strong!',
    ' so, just ',
  ];
  for (let round = 0; round < 300; round++) {
    const reply = Array.from(
      { length: 1 + (round % 30) },
      (_, at) => pieces[(round * 7 + at * at) % pieces.length],
    ).join('');
    for (const { words, start, end, p } of detector.read(reply, plainPost).findings) {
      expect(words).toBe(reply.slice(start, end));
      expect(words).toBe(words.trim());
      expect(words.length).toBeLessThanOrEqual(longestQuote);
      expect(words).not.toMatch(/quoted|<@/);
      expect(p).toBeGreaterThan(0);
      expect(`${reply[start - 1] ?? ' '}${reply[end] ?? ' '}`).toMatch(/^[^\p{L}]{2}$/u);
    }
  }
});

it('what is flagged is screened, and every number is between 0 and 1', () => {
  for (const reply of [...fixes.map(([, text]) => text), ...fine, '', '   ', 'x'.repeat(4_000)]) {
    const reading = detector.read(reply, plainPost);
    const flagged = judge(reading, { sensitivity: 'keen', kinds }).flag;
    if (flagged) expect(detector.screen(reply)).toBe(true);
    for (const value of [reading.fixit, ...Object.values(reading.kinds), ...Object.values(reading.attuned)]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
    expect(Object.keys(reading.post)).toEqual([...contexts]);
  }
});

it.each([
  ['you '.repeat(1_000)],
  ['you should '.repeat(360)],
  ['^(a|b)* '.repeat(500)],
  ['a'.repeat(4_000)],
  ['so '.repeat(1_300)],
  ['is it '.repeat(650)],
  ['😀'.repeat(2_000)],
])('stays quick on hostile text (%#)', (text) => {
  const before = performance.now();
  detector.read(text, text);
  expect(performance.now() - before).toBeLessThan(500);
});
