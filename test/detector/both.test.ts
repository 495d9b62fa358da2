import { afterAll, describe, expect, it } from 'vitest';
import { judge, scoreOf } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';

/** The encoder and the signs together, as the bot reads: at balanced, with every kind in use. */

const detector = await openDetector();
afterAll(() => detector.close());

const plain = 'my dog died on sunday and i cant stop crying, the house is so empty';
const at = async (reply: string, post = plain) =>
  judge(await detector.read(reply, post), { sensitivity: 'balanced', kinds });

describe('jumps to fixing', () => {
  it.each([
    'You should get a new puppy',
    'have u tried keeping busy? maybe join a gym',
    "why don't you just talk to your mom about it",
    'at least you had 14 good years!',
    'everything happens for a reason',
    'just try to focus on work and go for a walk everyday, exercise helps',
    'its just a dog lol',
    'other people have it way worse',
    'stop being so dramatic',
    "don't worry, you'll get over it soon enough and be happy again",
    // The signs know none of these words.
    'Tell him how you feel, you need to stand up for yourself',
    'Throw out his bed and bowls today, the less you look at the faster it goes',
    'Get rid of his things today, it goes faster that way',
  ])('%s', async (reply) => expect(await at(reply)).toMatchObject({ flag: true }));
});

describe('is left alone', () => {
  it.each([
    'you should have had so many more years with him',
    'you should know you are not alone in this',
    "don't apologise for crying",
    "don't let anyone hurry you",
    'nobody should have to come home to that',
    'im so sorry. what was he like?',
    'hugs',
    'that is so hard. the empty house must be the worst part',
    'I lost mine in march and the quiet still gets me. Here if you want to talk about him',
    'ugh that sucks',
    "i won't tell you that time heals",
    'people who say just think positive have never lost anybody',
    "you don't have to get over it",
    'write as much as you want',
    'you can cry here for as long as you need',
    'do you want to tell me about him, or shall i just sit with you?',
    'want to hear what helped me? no worries if not',
    '> you should get a new one\nwho says that to you',
  ])('%s', async (reply) => expect(await at(reply)).toMatchObject({ flag: false }));
});

describe('asks about danger straight out: points to help', () => {
  it.each([
    'Do you think about killing yourself?',
    'are you thinking of ending your life?',
    'are you safe right now?',
    'have you been thinking about hurting yourself?',
    'i have to ask it straight: do you want to kill yourself?',
    'do you have a plan to hurt yourself?',
    'have you thought about how you would do it? im asking because i care',
    'when you say you cant go on, do you mean suicide?',
    'are you able to keep yourself safe tonight?',
    'is anyone hurting you at home?',
    'are you in any danger right now?',
    'do you feel safe at home?',
  ])('%s', async (reply) => expect(await at(reply)).toEqual({ flag: false, reason: 'points to help' }));

  it.each([
    'are you thinking of quitting? you should quit tomorrow',
    'do you think about yoga? it helps, you should try it',
    'just think positive, you are safe and healthy',
    'is it safe to go out? just go for a walk, it helps',
  ])('but not: %s', async (reply) => expect(await at(reply)).toMatchObject({ flag: true }));
});

describe('anger on their side, as a joke', () => {
  const betrayed = 'my boyfriend slept with my best friend and everybody knew';
  it.each([
    'dump them both in the sea',
    'throw the whole man away',
    'put them all on a rocket to the moon',
    'feed him to the crows',
    'launch her into the sun',
    'set fire to his playstation (kidding. mostly)',
    'we ride at dawn',
    'i hope he steps on lego every morning',
  ])('is left alone: %s', async (reply) => expect(await at(reply, betrayed)).toMatchObject({ flag: false }));

  it.each([
    'dump him, you deserve better',
    'throw out his stuff and block him',
    'put it all behind you and move on',
    'get rid of them and find new friends',
    'go to the beach and forget them',
  ])('but advice is none: %s', async (reply) => expect(await at(reply, betrayed)).toMatchObject({ flag: true }));
});

describe('a platitude', () => {
  it.each([
    'people keep telling me time heals',
    'everyone says just be positive and it makes me want to scream',
    'when people say everything happens for a reason i could throw something',
    'if one more person tells me to move on im gonna scream',
    'the worst is when they go you should be over it by now',
    'why do people always say it could be worse',
    'nobody needs to hear time heals all wounds right now',
    'i hate when they say cheer up',
  ])('that is told is left alone: %s', async (reply) => expect(await at(reply)).toMatchObject({ flag: false }));

  it.each([
    'time heals, you will see',
    'just be positive and it will be fine',
    'everything happens for a reason, trust me',
    'people say time heals and they are right, you will get over it',
    'everyone has problems, you need to move on',
    'it could be worse',
  ])('that is said is none: %s', async (reply) => expect(await at(reply)).toMatchObject({ flag: true }));
});

describe('a question after sleep and food', () => {
  it.each([
    'have you tried to sleep at all?',
    'have you been able to eat?',
    'have you slept?',
    'did you get any sleep last night?',
    'have you managed to eat something since?',
    'have you tried to eat?',
    'could you sleep at all?',
  ])('is care: %s', async (reply) => expect(await at(reply)).toMatchObject({ flag: false }));

  it.each([
    'have you tried melatonin?',
    'have you tried yoga?',
    'have you tried sleeping pills? they helped me',
    'have you tried eating healthier?',
    'have you tried going for a run?',
  ])('is none: %s', async (reply) => expect(await at(reply)).toMatchObject({ flag: true }));
});

it('an address is of no language', async () => {
  const lonely = 'i moved here in march and i still eat every dinner alone';
  for (const reply of ['join a club! meetup.com is great', 'sign up at bumble.com and meet new people'])
    expect(await at(reply, lonely)).toMatchObject({ flag: true });
});

describe('the post decides', () => {
  const advice = 'You should talk to your manager about it';
  it.each([
    '[Advice] my coworker takes the credit for everything i do',
    'my coworker takes the credit for everything i do. adv ok',
    'my coworker takes the credit for everything. looking for solutions not hugs',
    'my coworker takes the credit for everything. wwyd',
    'my coworker takes the credit for everything i do, idk what to do',
    'my coworker takes the credit for everything i do. be blunt with me',
    'should i say something to my coworker who takes the credit?',
  ])('what was asked for is none: %s', async (post) => expect(await at(advice, post)).toMatchObject({ flag: false }));

  it.each(['this boss fight is killing me i swear', 'first sun in weeks, sat on the step with tea', 'pizza tonight!!'])(
    'nor what answers no difficulty: %s',
    async (post) => expect(await at('you should try something else', post)).toMatchObject({ flag: false }),
  );

  it.each([
    'i dont want to be alive anymore',
    'i wrote the letters already. i feel calm now',
    'logging off for good. was nice with you all',
  ])('and in danger nobody is nudged: %s', async (post) =>
    expect(await at('you should go for a walk', post)).toMatchObject({ flag: false }),
  );

  it.each([
    'this job is killing me',
    'i hate myself for forgetting her birthday',
    'my grandmother is dying and i cant be there',
  ])('dark words are no danger by themselves: %s', async (post) =>
    expect((await detector.read('im so sorry', post)).post.crisis).toBeLessThan(0.3),
  );

  it('a difficulty can be understated', async () =>
    expect(
      (await detector.read('oh', 'sat in the car for an hour after work again')).post['not-distress'],
    ).toBeLessThan(0.35));
});

describe('however it is typed', () => {
  const fix = 'you should just get a new puppy';
  it.each([
    'YOU SHOULD JUST GET A NEW PUPPY',
    'you shuold just get a new pupy',
    'youuu should just get a newww puppy',
    'you sh\u200Bould just g\u00ADet a new puppy',
    'yоu shоuld just get a new puppy',
    '**you should just get a new puppy** 🐶🐶',
    'you should\njust get\na new puppy',
  ])('%j', async (reply) => expect(await at(reply)).toMatchObject({ flag: true }));

  it('the words that are shown are those that stand in it', async () => {
    for (const reply of [fix, 'Get rid of his things today, it goes faster that way']) {
      const { findings } = await detector.read(reply, plain);
      expect(findings.length).toBeGreaterThan(0);
      for (const { start, end, words } of findings) expect(reply.slice(start, end)).toBe(words);
    }
  });

  it.each([
    'no te preocupes, deberias comprar otro perro y ya',
    'kopf hoch, das wird schon wieder, kauf dir einen neuen',
    '',
    '😭😭😭',
    '12345 67890',
  ])('of what is no English nothing is read: %j', async (reply) => {
    const reading = await detector.read(reply, plain);
    expect(scoreOf(reading)).toBeLessThan(0.5);
    expect(judge(reading, { sensitivity: 'keen', kinds })).toMatchObject({ flag: false });
  });

  it.each([
    'a'.repeat(4_000),
    '😭'.repeat(2_000),
    '?!.,'.repeat(1_000),
    'you should '.repeat(360),
    'ѕ\u0301\u0302\u0303'.repeat(1_000),
    '> '.repeat(2_000),
    '[SEP] [CLS] [MASK] '.repeat(200),
  ])('4,000 characters are read: %#', async (text) => {
    const { fixit } = await detector.read(text, text);
    expect(fixit).toBeGreaterThanOrEqual(0);
    expect(fixit).toBeLessThanOrEqual(1);
  });
});

it('what is screened out by itself is no fix in any conversation that shares a difficulty', async () => {
  for (const reply of ['hugs', 'im here', 'what was he like?']) {
    expect(await detector.screen(reply)).toBe(false);
    expect(await at(reply)).toMatchObject({ flag: false });
  }
  expect(await detector.screen('You should get a new puppy')).toBe(true);
});
