import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';
import { shippedData } from '../sentences.ts';

const missed = loadContent(shippedData).missed();
const said = [...missed.maybe, ...missed.notTooMuch, ...missed.stop, ...missed.next];

describe('the words for somebody who was missed', () => {
  it('hold three ways to ask again, or more, and when each fits', () => {
    expect(missed.ask.length).toBeGreaterThanOrEqual(3);
    expect(new Set(missed.ask.map(({ say }) => say)).size).toBe(missed.ask.length);
  });

  it('say that it was not too much, and where to turn', () => {
    expect(missed.notTooMuch.join(' ')).toMatch(/not too much/);
    expect(missed.danger).toMatch(/people who answer/);
  });

  it('defend nobody, blame nobody and claim nothing for sure about what is felt', () => {
    for (const sentence of said) {
      expect(sentence).not.toMatch(/mean(t|s)? well|personally|at least|toxic|invalidat|their fault|should have|!/i);
    }
    for (const sentence of missed.maybe) expect(sentence).toMatch(/\b(may|can|perhaps)\b/i);
  });

  it('offer lines that our own detector leaves alone', async () => {
    const detector = await openDetector();
    for (const say of [...missed.ask.map((one) => one.say), ...missed.stop]) {
      const reading = await detector.read(say, 'my dog died this morning and i cannot stop crying');
      expect(judge(reading, { sensitivity: 'keen', kinds }), say).toMatchObject({ flag: false });
    }
  });
});
