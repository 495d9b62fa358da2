import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nearlyTheSame, sharedRuns } from './corpus/alike.ts';
import { figures, shares } from './corpus/figures.ts';
import { type Line, readCorpus, readHand } from './corpus/lines.ts';

/** What data/corpus/README.md promises of the lines that the model learns from. */

const files = readCorpus('data/corpus');
const lines = files.flatMap((file) => file.lines);
const posts = [...Map.groupBy(lines, ({ group }) => group).values()].flatMap(([first]) =>
  first ? [{ id: `${first.id}, post`, group: first.group, text: first.post }] : [],
);
const replies = lines.flatMap(({ id, group, reply }) => (reply ? [{ id: `${id}, reply`, group, text: reply }] : []));

const good = {
  id: 'x1-1',
  group: 'x1-g1',
  hand: 'x1',
  post: 'the boiler broke again',
  reply: 'just call the landlord',
  nudge: 'yes',
  kinds: ['advice'],
  attuned: [],
  postFlags: [],
};
const { reply: _, nudge: __, kinds: ___, attuned: ____, ...alone } = good;
const faultsOf = (...rows: object[]) => readHand('x1', rows.map((row) => JSON.stringify(row)).join('\n')).faults;

describe('the shape of a line', () => {
  it('is that of every line', () => {
    expect(lines.length).toBeGreaterThan(11_000);
    expect(files.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it.each<[string, object]>([
    ['a reply', good],
    ['a post alone', alone],
    ['what a teacher said', { ...good, soft: Array(21).fill(0.5) }],
    ['nothing to find', { ...good, nudge: 'no', kinds: [] }],
  ])('%s is good', (_, row) => expect(faultsOf(row)).toEqual([]));

  it.each<[string, object, RegExp]>([
    ['yes without a kind', { ...good, kinds: [] }, /line 1: kinds: yes needs a kind/],
    ['a kind that is none', { ...good, kinds: ['advise'] }, /kinds\.0: /],
    ['a kind twice', { ...good, kinds: ['advice', 'advice'] }, /kinds: has one twice/],
    ['no judgement', { ...good, nudge: undefined }, /nudge: /],
    ['an empty reply', { ...good, reply: ' ' }, /reply: is empty/],
    ['a judgement of a post alone', { ...alone, nudge: 'no' }, /the line: .*nudge/],
    ['a key too many', { ...good, note: '' }, /the line: .*note/],
    ['twenty numbers', { ...good, soft: Array(20).fill(0.5) }, /soft: /],
    ['a number above one', { ...good, soft: Array(21).fill(1.2) }, /soft\.0: /],
    ["another's hand", { ...good, hand: 'x2' }, /hand: is "x2"/],
    ["another's id", { ...good, id: 'x11-1' }, /id: "x11-1" does not begin with "x1-"/],
    ["another's group", { ...good, group: 'x2-g1' }, /group: "x2-g1" does not/],
  ])('%s is a fault', (_, row, fault) => expect(faultsOf(row).join()).toMatch(fault));

  it('an id is there once, a group has one post', () => {
    expect(faultsOf(good, good)).toEqual(['x1.jsonl, line 2: id: "x1-1" is there twice']);
    expect(faultsOf(good, { ...good, id: 'x1-2', reply: 'oh no' })).toEqual([]);
    const other = /line 2: group: "x1-g1" has another post/;
    expect(faultsOf(good, { ...good, id: 'x1-2', post: 'the boiler' }).join()).toMatch(other);
    expect(faultsOf(good, { ...good, id: 'x1-2', postFlags: ['crisis'] }).join()).toMatch(other);
  });

  it('what is not JSON is named', () =>
    expect(readHand('x1', '{').faults).toEqual(['x1.jsonl, line 1: the line: is not JSON']));
});

describe('near-duplicates', () => {
  const said = (group: string, text: string) => ({ id: group, group, text });
  const pairs = (...texts: string[]) => nearlyTheSame(texts.map((text, at) => said(`g${at}`, text))).length;
  const text = 'my sister got the flat and i got the boxes, nobody asked me';

  it('are not there', () => {
    const found = nearlyTheSame([...posts, ...replies]);
    expect(found.map(({ one, other }) => `${one.id}: ${one.text} | ${other.id}: ${other.text}`)).toEqual([]);
  }, 60_000);

  it.each([
    ['the same words', text],
    ['other case and punctuation', 'My sister got the flat - and I got the boxes. Nobody asked me!! 😭'],
    ['typos', 'my sistr got the flat and i got teh boxes, nobody asked me'],
    ['another word', 'my cousin got the flat and i got the boxes, nobody asked me'],
    ['words in another order', 'nobody asked me, my sister got the flat and i got the boxes'],
    ['a word more', 'well my sister got the flat and i got the boxes, nobody asked me'],
  ])('are found: %s', (_, other) => expect(pairs(text, other)).toBe(1));

  it.each([
    ['another matter', 'my landlord sold the flat and i have two weeks to get out'],
    ['the same beginning', 'my sister got the flat and i have to paint it before she moves in on sunday'],
  ])('are not: %s', (_, other) => expect(pairs(text, other)).toBe(0));

  it('of fewer than eight words, and in one group, are no matter', () => {
    expect(pairs('do you want to talk about it?', 'do you want to talk about it')).toBe(0);
    expect(nearlyTheSame([said('g1', text), said('g1', text)])).toEqual([]);
  });
});

describe('twelve words in a row', () => {
  const beside = '../shared/eval';
  const twelve = 'the bus was late again and she said it was my fault';

  const reason = existsSync(beside) ? '' : `${beside} does not lie beside the project`;
  if (reason) process.stderr.write(`Not checked, shared words: ${reason}.\n`);
  it.skipIf(reason)('are shared with none of the sets to measure on', () => {
    const rows = globSync(`${beside}/*.jsonl`).flatMap((path) => readFileSync(path, 'utf8').trimEnd().split('\n'));
    const measured = rows.map((row): { post: string; reply: string } => JSON.parse(row));
    expect(measured.length).toBeGreaterThan(1000);
    const texts = measured.flatMap(({ post, reply }) => [post, reply]);
    // The sets themselves are read: a reply of theirs would be found.
    const known = texts.find((text) => text.split(' ').length > 20) ?? '';
    expect(sharedRuns([{ id: 'known', group: '', text: known }], texts)).toHaveLength(1);
    expect(sharedRuns([...posts, ...replies], texts)).toEqual([]);
  });

  it.each([
    ['as they are', `so ${twelve} lol`, 1],
    ['in other clothes', 'The bus was late again... and SHE said: "it was my fault"', 1],
    ['with one word changed in the middle', twelve.replace('again', 'today'), 0],
    ['eleven of them', twelve.replace(' fault', ''), 0],
  ])('%s', (_, text, found) =>
    expect(sharedRuns([{ id: 'x1-1', group: '', text }], ['hi', `ok. ${twelve}. what now`])).toHaveLength(found),
  );
});

describe('proportions', () => {
  const judged = (nudge: 'yes' | 'no', count: number) =>
    Array.from({ length: count }, (): Line => ({ ...alone, postFlags: [], reply: 'ok', nudge }));

  it.each([...shares(lines)])('at least a third of the replies of %s are to be left alone, a tenth not', (_, of) => {
    expect(of.no).toBeGreaterThan(1 / 3);
    expect(of.yes).toBeGreaterThan(1 / 10);
  });

  it('are counted by hand group, over replies', () => {
    const all = [...judged('yes', 3), ...judged('no', 1), { ...alone, postFlags: [] }];
    expect([...shares(all)]).toEqual([['x', { yes: 0.75, no: 0.25, unsure: 0 }]]);
    expect(shares([{ ...alone, postFlags: [] }]).size).toBe(0);
  });

  it('are told as they are', () => expect(readFileSync('data/corpus/README.md', 'utf8')).toContain(figures(lines)));
});
