import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import type { Scenario } from '#content/scenarios';
import { openDetector } from '#detector/open';
import { replyReader } from '#feedback/read';
import { tell } from '#feedback/tell';
import { sentences, shippedData } from '../sentences.ts';

const content = loadContent(shippedData);
const read = replyReader(await openDetector());
const said = sentences('feedback.yaml');
const words = { words: content.feedback(), kinds: content.kinds() };
const post = 'my dog died this morning and the house is so quiet';

const told = async (reply: string, to = post) => tell(await read(reply, to), reply, to, words);

describe('what is told of a reply', () => {
  it('what stays: at most two sentences that do different things, as they stand in it', async () => {
    const { stayed, small } = await told('How is the house? How are you tonight? I am so sorry. I am here with you.');
    expect(stayed.map(({ why }) => why)).toEqual([said('stays.asks-openly'), said('stays.with-you')]);
    expect(small).toBeUndefined();
  });

  it('what moved away: the words that show it, the kind and what it may do', async () => {
    const { moved, left } = await told('At least she had a long, happy life.');
    expect(moved).toMatchObject({ words: 'At least she had a long, happy life', kind: { id: 'silver-lining' } });
    expect(moved?.why).toContain(moved?.kind.does);
    expect(left).toBeUndefined();
  });

  it('one sentence is not listening and a fix at once', async () => {
    const { stayed, moved } = await told("Deep down you're just afraid they'll reject you.");
    expect(stayed).toEqual([]);
    expect(moved?.kind.id).toBe('interpreting');
  });

  it.each([
    ['the longest run of their words, as it was typed', 'THE House was so quiet then', 'THE House'],
    ['one word that says something', 'such a quiet day', 'quiet'],
    ['a number', 'all 14 of them', '14', 'it was 14 in all'],
  ])('something small: %s', async (_, reply, echo, to = post) => {
    expect((await told(reply, to)).small).toBe(said('small.echo', { words: echo }));
  });

  it.each([
    ['words that everybody uses', 'this is my thing and it is so', 'small.short'],
    ['part of a word', 'dogma', 'small.short'],
    ['a question', 'vet?', 'small.asks'],
    ['much that is none of it', 'the ships leave at four when there is no fog on the lake', 'small.nothing'],
    ['a question that judges', 'What did you expect?', 'small.nothing'],
  ])('something small, and no more than there is: %s', async (_, reply, name) => {
    const { stayed, small } = await told(reply);
    expect({ stayed, small }).toEqual({ stayed: [], small: said(name) });
  });

  it('why it is left: asked for, after listening, nothing hard', async () => {
    const idea = 'You should get some rest.';
    expect((await told(idea, `${post}. what should i do?`)).left).toMatchObject({ why: said('left.asked') });
    expect((await told('That sounds so heavy, the house without him. You should get some rest.')).left).toMatchObject({
      why: said('left.listened'),
    });
    expect((await told(idea, 'look at this cake')).left).toBe(said('left.smallTalk'));
    expect((await told('I am so sorry.')).left).toBe(said('left.fine'));
  });
});

describe('with the scenarios that ship', () => {
  const theirs = ({ before = [], post }: Scenario) =>
    [...before.filter(({ who }) => who === 'them').map(({ says }) => says), post].join('\n');
  const known = ({ needs }: Scenario) => ({
    'not-distress': 0,
    'asks-advice': needs === 'advice' ? 0.5 : 0,
    crisis: 0,
  });
  const scenarios = [...content.scenarios().values()];
  const tellOf = async (scenario: Scenario, reply: string, to: string) =>
    tell(await read(reply, to, known(scenario)), reply, to, words);

  it.each(scenarios)('$id: what stays did not move away', async (scenario) => {
    const all = `${theirs(scenario)}\n${scenario.harder.post}`;
    expect((await tellOf(scenario, scenario.stays.say, theirs(scenario))).moved).toBeUndefined();
    expect((await tellOf(scenario, scenario.harder.stays.say, all)).moved).toBeUndefined();
  });

  it.each(scenarios.filter(({ moved }) => moved.kind))('$id: what moved away is not praised', async (scenario) => {
    const { stayed, moved } = await tellOf(scenario, scenario.moved.say, theirs(scenario));
    expect(stayed).toEqual([]);
    // What is only likely is not said.
    if (moved) expect(moved.kind.id).toBe(scenario.moved.kind);
  });
});
