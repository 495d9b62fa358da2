import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { needs, type Scenario, topics } from '#content/scenarios';
import { DataError } from '#data';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { type Judgement, kinds } from '#detector/reading';
import { shippedData } from '../sentences.ts';

const detector = await openDetector();
const scenarios = [...loadContent(shippedData).scenarios().values()];

/** At the keenest setting, with every kind in use; what stood before the post belongs to it. */
async function judged(reply: string, post: string): Promise<Judgement> {
  return judge(await detector.read(reply, post), { sensitivity: 'keen', kinds });
}
const theirs = ({ before = [], post }: Scenario) =>
  [...before.filter(({ who }) => who === 'them').map(({ says }) => says), post].join('\n');

/** Every way of staying that we show, with the post that it answers. */
const ways = scenarios.flatMap((scenario) => [
  { id: scenario.id, post: theirs(scenario), ...scenario.stays },
  { id: `${scenario.id}, harder`, post: `${theirs(scenario)}\n${scenario.harder.post}`, ...scenario.harder.stays },
]);

describe('the scenarios that ship', () => {
  it('are thirty or more, on every topic, with every need, of every difficulty', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(30);
    expect([...new Set(scenarios.map(({ topic }) => topic))].sort()).toEqual([...topics].sort());
    expect(new Set(scenarios.flatMap((one) => one.needs ?? []))).toEqual(new Set(needs));
    for (const difficulty of [1, 2, 3])
      expect(scenarios.filter((one) => one.difficulty === difficulty).length, `${difficulty}`).toBeGreaterThanOrEqual(
        7,
      );
    expect(scenarios.filter((one) => one.needs === 'repair').length).toBeGreaterThanOrEqual(2);
    expect(scenarios.filter((one) => one.needs === 'advice').length).toBeGreaterThanOrEqual(2);
  });

  it('name no feeling in a post: that is what a listener finds', () => {
    const named =
      /\b(i feel|feeling|lonely|sad|ashamed|afraid|scared|angry|anxious|hopeless|worthless|guilty|jealous|numb|hurt|grief|grieving|overwhelmed|stressed|depressed|misunderstood|left out)\b/i;
    const posts = scenarios.flatMap((one) => [
      [one.id, one.post],
      [one.id, one.harder.post],
      ...(one.before ?? []).filter(({ who }) => who === 'them').map(({ says }) => [one.id, says]),
    ]);
    expect(posts.filter(([, post = '']) => named.test(post))).toEqual([]);
  });

  it('say short things, without shouting, and shout only for joy', () => {
    expect(ways.filter(({ say }) => say.split(/\s+/).length > 35)).toEqual([]);
    expect(ways.filter(({ say }) => say.includes('!')).map(({ id }) => id)).toEqual(['good-news']);
    expect(ways.filter(({ say }) => (say.match(/\?/g) ?? []).length > 2)).toEqual([]);
  });

  it('show no way twice', () => {
    expect(new Set(ways.map(({ say }) => say)).size).toBe(ways.length);
    expect(new Set(scenarios.map(({ moved }) => moved.say)).size).toBe(scenarios.length);
  });

  it('ask plainly about danger, and bring others', () => {
    const { stays, harder } = scenarios.find(({ id }) => id === 'done-with-everything') ?? expect.fail();
    expect(stays.say).toMatch(/killing yourself\?/);
    for (const { say } of [stays, harder.stays]) expect(say).toMatch(/moderator/);
  });
});

describe('our own detector', () => {
  it.each(ways)('leaves alone: $id', async ({ say, post }) => {
    expect(await judged(say, post)).toMatchObject({ flag: false });
  });

  /** A scenario is about something hard, also where nobody says so: it is read after words that say so. */
  const plainly = 'my dog died this morning and i cannot stop crying';

  /**
   * One's own story is a faint sign: it can be company as well. A subject that is changed after a kind word is taken for
   * one, and a question that judges for a question.
   */
  const faint = new Set(['angry-at-you', 'carer', 'good-news']);

  it.each(scenarios.filter(({ moved }) => moved.kind))('sees what moved away: $id', async ({ id, moved }) => {
    const judgement = await judged(moved.say, plainly);
    if (faint.has(id)) expect(judgement).toMatchObject({ flag: false });
    else expect(judgement).toMatchObject({ flag: true, kind: moved.kind });
  });

  it('is told a kind for all but what has none: listening where ideas were wanted, and guilt in danger', () => {
    expect(scenarios.filter(({ moved }) => !moved.kind).map(({ id }) => id)).toEqual([
      'done-with-everything',
      'funeral',
      'landlord',
    ]);
  });
});

describe('a broken scenario stops the start and is named', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'attune-scenarios-'));
    cpSync(shippedData, data, { recursive: true });
  });
  afterEach(() => rmSync(data, { recursive: true }));

  it.each<[string, string, (text: string) => string, RegExp]>([
    ['without a feeling', 'dog', (t) => t.replace(/^feels:.*$/m, 'feels: []'), /scenarios\/dog\.yaml, feels/],
    ['with a topic of its own', 'dog', (t) => t.replace(/^topic:.*$/m, 'topic: dogs'), /scenarios\/dog\.yaml, topic/],
    ['too hard', 'dog', (t) => t.replace(/^difficulty:.*$/m, 'difficulty: 4'), /scenarios\/dog\.yaml, difficulty/],
    ['without its reason', 'dog', (t) => t.replace(/^ {2}why:.*\n/m, ''), /scenarios\/dog\.yaml, stays\.why/],
    ['with no kind of ours', 'dog', (t) => t.replace(/kind: .*/, 'kind: rude'), /scenarios\/dog\.yaml, moved\.kind/],
    [
      'to be repaired, where nothing was said',
      'comeback',
      (t) => t.replace(/^before:\n(?: {2}.*\n)+/m, ''),
      /scenarios\/comeback\.yaml, before: a repair needs what you wrote/,
    ],
  ])('%s', (_, name, how, fault) => {
    const path = join(data, `en/scenarios/${name}.yaml`);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, how(text));
    expect(readFileSync(path, 'utf8')).not.toBe(text);
    expect(() => loadContent(data)).toThrow(DataError);
    expect(() => loadContent(data)).toThrow(fault);
  });
});
