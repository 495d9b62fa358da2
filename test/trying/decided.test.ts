import { describe, expect, it } from 'vitest';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';
import type { Terms } from '#detector/terms';
import { decidedWords, tellDecision, tellReading } from '#trying/decided';
import { loadFile } from '#words';
import { shippedData } from '../town.ts';

const words = loadFile(shippedData, 'decided.yaml', decidedWords)();
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
    expect(told).toMatchObject({ headline: 'Left alone: no notes asked for', tone: 'quiet' });
    expect(told.reason).toMatch(/^Ana has not turned notes on/);
  });

  it('does without a name', () => {
    const told = tellDecision(words, { ...base, outcome: 'left alone', reason: 'deleted' }, undefined);
    expect(told.reason).toBe('Somebody took it back.');
  });

  it.each([
    ['nudged', 'acted', 'A private note: bright side'],
    ['counted', 'acted', 'Counted, nobody was contacted: bright side'],
    ['failed', 'failed', 'Nothing was sent: a fix before listening'],
  ] as const)('says what came of it: %s', (outcome, tone, headline) => {
    const told = tellDecision(words, { ...base, outcome, reason: 'fix', kind: 'silver-lining' }, 'Ben');
    expect(told).toMatchObject({ tone, headline });
  });
});

describe('a reading in words', () => {
  it('marks the words that it is about', async () => {
    const reply = 'at least you had 14 good years';
    const told = await tried('my dog died and i cant stop crying', reply);
    expect(told).toMatchObject({ headline: 'This would get a note: bright side', tone: 'acted' });
    expect(told.marks?.map(({ start, end }) => reply.slice(start, end))).toContain(reply);
    expect(told.bars?.map(({ label }) => label)).toContain('bright side');
  });

  it('says why it would be left alone', async () => {
    expect(await tried('any advice? my dog died', 'you should talk to a vet')).toMatchObject({
      headline: 'Left alone: asked for',
      tone: 'quiet',
    });
  });
});
