import { describe, expect, it } from 'vitest';
import { found, matchAt } from '#detector/rules/match';
import { compilePattern } from '#detector/rules/pattern';
import { plain, type Spelling } from '#detector/text/plain';

const spelling: Spelling = {
  forms: new Map([
    ['u', ['you']],
    ['dont', ['do', 'not']],
  ]),
  fillers: new Set(['so', 'just']),
  joiners: new Set(['but']),
  known: new Set(),
};
const vocabulary = {
  even: (written: string) => spelling.forms.get(written.replaceAll("'", '')) ?? [written],
  lists: new Map([['pet', ['dog', 'cat', 'guinea pig']]]),
};
const sees = (pattern: string, text: string): boolean => {
  const compiled = compilePattern(pattern, vocabulary);
  return plain(text, spelling).sentences.some(({ tokens }) => found(compiled, tokens));
};

describe('a pattern finds', () => {
  it.each([
    ['you should', 'U should go'],
    ["don't worry", 'dont worry'],
    ['feel*', 'I was feeling odd'],
    ['(try|start with) tea', 'start with tea'],
    ['you [really|just] should', 'you should'],
    ['you [really|just] should', 'you really should'],
    ['my @pet died', 'my guinea pig died'],
    ['you _ go', 'you must go'],
    ['you ... go', 'you could maybe just possibly go'],
    ['you ... go', 'you go'],
    ['^ try', 'so just try it'],
    ['^ try', 'that hurts, try it'],
    ['^ try', 'I know but try it'],
    ['^^ try', 'Wow. Try it'],
    ['stop $', 'please stop!'],
    ['come (home|$)', 'when you come'],
    ['((a|b) c|d)', 'b c'],
  ])('%s in "%s"', (pattern, text) => expect(sees(pattern, text)).toBe(true));
});

describe('a pattern leaves alone', () => {
  it.each([
    ['you should', 'you shoulder it'],
    ['dex', 'the index'],
    ['feel*', 'unfeeling'],
    ['you should', 'you. should'],
    ['you _ go', 'you go'],
    ['you ... go', 'you a b c d e go'],
    ['^ try', 'I always try it'],
    ['^^ try', 'that hurts, try it'],
    ['stop $', 'please stop it'],
    ['come (home|$)', 'come over'],
    ['my @pet died', 'my guinea died'],
  ])('%s in "%s"', (pattern, text) => expect(sees(pattern, text)).toBe(false));
});

describe('a wrong pattern is refused and named', () => {
  it.each([
    ['', 'holds no word'],
    ['(a|b', 'not closed'],
    ['a)', 'not opened'],
    ['(a]', 'mixes brackets'],
    ['(a|)', 'alternative is empty'],
    ['@nobody', 'no list "@nobody"'],
    ['... you', 'begins with a gap'],
    ['[you]', 'could match nothing'],
    ['ab*', 'at least 3 letters'],
    ['you.+', 'is not a word'],
    ['a ... b ... c ... d ... e ... f', 'more than 4 gaps'],
    ['((((a))))', 'nested too deeply'],
  ])('%s', (pattern, fault) => expect(() => compilePattern(pattern, vocabulary)).toThrow(fault));
});

it('says how far a match reaches, and stays fast whatever the text', () => {
  const pattern = compilePattern('(a|a a) [a] ... (a|a a) ... [a|a a] ... a ... b', vocabulary);
  const tokens = Array.from({ length: 4_000 }, (_, at) => ({
    word: 'a',
    start: at,
    end: at + 1,
    opensClause: false,
    opensSentence: false,
  }));
  const before = performance.now();
  expect(found(pattern, tokens)).toBe(false);
  expect(performance.now() - before).toBeLessThan(2_000);
  expect(matchAt(compilePattern('a [a]', vocabulary), tokens, 7)).toBe(9);
});
