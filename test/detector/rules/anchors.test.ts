import { describe, expect, it } from 'vitest';
import { loadSigns, readSignFiles } from '#detector/open';
import { fileByAnchor, matches } from '#detector/rules/anchors';
import { found } from '#detector/rules/match';
import { compilePattern, type Pattern } from '#detector/rules/pattern';
import { labels, signsSchema } from '#detector/rules/signs';
import { plain } from '#detector/text/plain';

const vocabulary = { even: (written: string) => [written], lists: new Map() };
const { spelling } = loadSigns();
const sentences = (text: string) => plain(text, spelling).sentences.map(({ tokens }) => tokens);

describe('a filed pattern is found', () => {
  it.each([
    ['the moon', 'the moon'],
    ['the ... moon', 'the big old red moon'],
    ['[the] (red|pale blue) moon $', 'a pale blue moon'],
    ['the (moon|$)', 'i saw the'],
    ['moon*', 'moonlight'],
    ['the (a b|c) _ moo*', 'the a b x moose'],
  ])('%s in "%s"', (source, text) => {
    const index = fileByAnchor([compilePattern(source, vocabulary)], (pattern) => pattern);
    expect(sentences(text).map((tokens) => matches(index, tokens).size)).toEqual([1]);
  });
});

it('finds just what looking at every place with every pattern finds', () => {
  const files = signsSchema.parse(readSignFiles());
  const signs = loadSigns();
  const everySign = new Set<Pattern>();
  for (const index of [signs.forReply, signs.forPost])
    for (const file of [...index.byWord.values(), ...index.byPrefix.values()])
      for (const { pattern } of file) everySign.add(pattern);
  const all = fileByAnchor([...everySign], (pattern) => pattern);
  for (const text of labels.flatMap((label) =>
    files[label].signs.flatMap(({ hits, leaves = [] }) => [...hits, ...leaves]),
  ))
    for (const tokens of sentences(text)) {
      const slowly = [...everySign].filter((pattern) => found(pattern, tokens));
      expect(new Set(matches(all, tokens).keys()), text).toEqual(new Set(slowly));
    }
});
