import { describe, expect, it } from 'vitest';
import { loadSigns } from '#detector/open';
import { plain } from '#detector/text/plain';
import { longestQuote, quote } from '#detector/text/quote';

const { spelling } = loadSigns();
/** Quotes the sentence that holds the word, for a sign that begins there. */
const quoted = (text: string, word: string) => {
  for (const { tokens } of plain(text, spelling).sentences) {
    const from = tokens.findIndex((token) => token.word === word);
    if (from >= 0) return quote(text, tokens, from)?.words;
  }
  return undefined;
};

describe('quotes', () => {
  it.each([
    ['At least you had 14 good years!', 'least', 'At least you had 14 good years'],
    ['that hurts, so just try to sleep. ok?', 'try', 'so just try to sleep'],
    ['ask <@123456789012345678> about it', 'ask', 'ask'],
    ['  “you” should   go ', 'should', 'should   go'],
    ['I know you SHOULDN’T go', 'should', 'I know you SHOULDN’T go'],
  ])('%s', (text, word, words) => expect(quoted(text, word)).toBe(words));

  it('whole words of a long sentence, from the sign on when its clause began long ago', () => {
    const long = `${'it was '.repeat(30)}you should ${'go on '.repeat(60)}`;
    const words = quoted(long, 'should') ?? '';
    expect(words).toMatch(/^should go on .* (go|on)$/);
    expect(words.length).toBeGreaterThan(longestQuote - 10);
    expect(words.length).toBeLessThanOrEqual(longestQuote);
  });

  it('nothing of an endless word', () => expect(quoted('ab'.repeat(300), 'ab'.repeat(300))).toBeUndefined());
});
