import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';
import type { Terms } from '#detector/terms';
import { decidedWords, tellDecision, tellPost, tellReading } from '#trying/decided';
import { loadFile } from '#words';
import { sentences, shippedData } from '../sentences.ts';

const words = loadFile(shippedData, 'decided.yaml', decidedWords)();
const say = sentences('decided.yaml');
const brightSide = say('kinds.silver-lining');
const leftAlone = (reason: string) => say('headlines.leftAlone', { why: say(`reasons.${reason}.why`) });
const detector = await openDetector(shippedData);
const terms: Terms = { sensitivity: 'balanced', kinds };
const base = { guild: '1', channel: '2', messages: ['3'], replier: '4' };

const tried = async (post: string, reply: string) => {
  const reading = await detector.read(reply, post);
  return tellReading(words, reading, judge(reading, terms));
};

describe('a decision in words', () => {
  it('names whom it is about', () => {
    const told = tellDecision(words, { ...base, outcome: 'left alone', reason: 'not opted in' }, 'Ana');
    expect(told).toMatchObject({ headline: leftAlone('not opted in'), tone: 'quiet' });
    expect(told.reason).toBe(say('reasons.not opted in.long', { who: 'Ana' }));
  });

  it('does without a name', () => {
    const told = tellDecision(words, { ...base, outcome: 'left alone', reason: 'deleted' }, undefined);
    const somebody = say('reasons.deleted.long', { who: say('unknown') });
    expect(told.reason).toBe(somebody.charAt(0).toUpperCase() + somebody.slice(1));
  });

  it.each([
    ['nudged', 'acted', say('headlines.noted', { kind: brightSide })],
    ['counted', 'acted', say('headlines.counted', { kind: brightSide })],
    ['failed', 'failed', say('headlines.failed', { why: say('reasons.fix.why') })],
  ] as const)('says what came of it: %s', (outcome, tone, headline) => {
    const told = tellDecision(words, { ...base, outcome, reason: 'fix', kind: 'silver-lining' }, 'Ben');
    expect(told).toMatchObject({ tone, headline });
  });

  it('with "Observe only" nobody is said to have asked for notes, or to get one', () => {
    const told = tellDecision(words, { ...base, outcome: 'counted', reason: 'fix', kind: 'advice' }, 'Mo');
    expect(told.reason).toBe(say('counted'));
    expect(`${told.headline} ${told.reason}`).not.toContain('Mo');
    const noted = tellDecision(words, { ...base, outcome: 'nudged', reason: 'fix', kind: 'advice' }, 'Ben');
    expect(noted.reason).toBe(say('reasons.fix.long', { who: 'Ben' }));
  });
});

describe('the message that was taken for the post', () => {
  const lead = say('answers', { who: 'Ana' });
  const long = 'and then '.repeat(20);

  it.each([
    ['my dog died', 'my dog died'],
    ['my dog died\n\nand  i cant sleep', 'my dog died and i cant sleep'],
    [long, `${long.slice(0, 79).trimEnd()}…`],
    ['', say('noWords')],
    [' \n', say('noWords')],
  ])('%j is known again by its first words', (content, shown) =>
    expect(tellPost(words, 'Ana', content)).toEqual({ lead, words: shown }),
  );

  it('does without a name', () =>
    expect(tellPost(words, undefined, 'hi').lead).toBe(say('answers', { who: say('unknown') })));
});

describe('a reading in words', () => {
  it('marks the words that it is about', async () => {
    const reply = 'at least you had 14 good years';
    const told = await tried('my dog died and i cant stop crying', reply);
    expect(told).toMatchObject({ headline: say('headlines.wouldNote', { kind: brightSide }), tone: 'acted' });
    expect(told.marks?.map(({ start, end }) => reply.slice(start, end))).toContain(reply);
    expect(told.bars?.map(({ label }) => label)).toContain(brightSide);
  });

  it('says why it would be left alone', async () => {
    expect(await tried('any advice? my dog died', 'you should talk to a vet')).toMatchObject({
      headline: leftAlone('asked for'),
      tone: 'quiet',
    });
  });
});
