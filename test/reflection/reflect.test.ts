import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DataError, readYaml } from '#data';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { kinds } from '#detector/reading';
import { neverIn } from '#reflection/lexicon';
import { openReflection, tailoredShare } from '#reflection/reflect';
import { readReflectionWords } from '#reflection/words';
import { shippedData } from '../sentences.ts';

const reflect = openReflection(shippedData);
const words = readReflectionWords(shippedData);

/** Posts written for this test, each with what may and may not be said. */
const cases = z
  .array(
    z.strictObject({
      post: z.string(),
      says: z.array(z.string()).optional(),
      never: z.array(z.string()).optional(),
      general: z.boolean().optional(),
      length: z.enum(['short', 'long']).optional(),
    }),
  )
  .parse(readYaml(new URL('posts.yaml', import.meta.url).pathname));
/** Every shape has its turn. */
const seeds = [0, 1, 2, 3, 4, 5, 6];

describe('a reflection', () => {
  it('has a list of at least 150 posts to hold it to', () => {
    expect(new Set(cases.map(({ post }) => post)).size).toBeGreaterThanOrEqual(150);
  });

  it.each(cases)('of: $post', ({ post, says = [], never = [], general, length }) => {
    for (const seed of seeds) {
      const reflection = reflect(post, seed);
      const said = reflection.says.join('\n');
      // What was told is handed back by one of the seeds at least; nothing that may not be said by any.
      for (const one of never) expect(/[A-Z]/.test(one) ? said : said.toLowerCase()).not.toContain(one);
      if (general !== undefined) expect(reflection.isTailored).toBe(!general);
      if (says.length > 0) expect(reflection.isTailored).toBe(true);
      if (length) expect(reflection.length).toBe(length);
    }
    const all = seeds
      .flatMap((seed) => reflect(post, seed).says)
      .join('\n')
      .toLowerCase();
    for (const one of says) expect(all).toContain(one.toLowerCase());
  });

  it.each(cases)('reads as sentences: $post', ({ post }) => {
    for (const seed of seeds) {
      const { says, asks } = reflect(post, seed);
      expect(says.length).toBeGreaterThanOrEqual(2);
      expect(says.length).toBeLessThanOrEqual(3);
      expect(asks).toHaveLength(2);
      expect(new Set([...says, ...asks]).size).toBe(says.length + 2);
      for (const one of [...says, ...asks]) {
        expect(one).toMatch(/^[\p{Lu}“].*[.?”]$/u);
        expect(one).not.toMatch(/[{}!]| {2}|\.\.|undefined|\b(i am|i'm so|you am|you is|you're you)\b/);
        expect(neverIn(one, words.never), one).toBeUndefined();
        expect(one.length).toBeLessThan(200);
      }
    }
  });

  it('is the same for the same seed, and another for another', () => {
    const post = 'ive been feeling so alone since my dad moved out and everyone acts like its fine';
    expect(reflect(post, 7)).toEqual(reflect(post, 7));
    expect(new Set(seeds.map((seed) => reflect(post, seed).says.join())).size).toBeGreaterThan(1);
  });

  it('mends a slip, and takes no other word for one', () => {
    expect(reflect('im so lonley tonight', 0).says.join()).toContain('so lonely');
    expect(reflect('i am so lovely tonight', 0).isTailored).toBe(false);
    expect(reflect('i am tried of it', 0).isTailored).toBe(false);
  });

  it('leaves a very long post whole', () => {
    const long = reflect(`my dad moved out. ${'and then we went there and it was as it was '.repeat(40)}`, 0);
    expect(long).toMatchObject({ length: 'long', isTailored: false });
  });

  it('does not take long over anything', () => {
    const begun = performance.now();
    reflect('i feel so alone and my dad moved out and '.repeat(100), 0);
    reflect('so '.repeat(1300), 0);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('is left alone by our own detector', async () => {
    const detector = await openDetector();
    const flagged: string[] = [];
    for (const { post } of cases)
      for (const say of [...reflect(post, 1).says, ...reflect(post, 1).asks]) {
        const judgement = judge(await detector.read(say, post), { sensitivity: 'keen', kinds });
        if (judgement.flag) flagged.push(`${judgement.kind}: ${say} (${post})`);
      }
    expect(flagged).toEqual([]);
  }, 240_000);
});

describe('the share of posts with a reflection of their own', () => {
  it('counts those that are not general', () => {
    expect(tailoredShare(['i feel so lonely', 'anyone up for ranked'], reflect)).toBe(0.5);
    expect(tailoredShare([], reflect)).toBe(0);
  });

  it('is more than half of a list in which a fifth is about nothing', () => {
    expect(
      tailoredShare(
        cases.map(({ post }) => post),
        reflect,
      ),
    ).toBeGreaterThan(0.6);
  });
});

describe('words of reflections that are wrong', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'attune-reflection-'));
    cpSync(shippedData, data, { recursive: true });
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));
  const change = (file: string, from: string, to: string) => {
    const path = join(data, 'en/reflection', file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));
  };

  it.each([
    [
      'a situation that could say what is never said',
      'situations.yaml',
      '- had a (fight|',
      '- had a (knife|',
      'may not say "knife"',
    ],
    ['a feeling that could', 'feelings.yaml', 'plain: [sad,', 'plain: [sad, worthless,', 'may not say "worthless"'],
    [
      'a gap that a shape does not know',
      'shapes.yaml',
      '{Said}, and {also}.',
      '{Said}, and {too}.',
      'does not know {too}',
    ],
    ['a topic without questions', 'asks.yaml', '  sleep: [', '  slumber: [', 'no question for the topic "sleep"'],
    ['a pattern that is none', 'situations.yaml', '- had a (fight|', '- had a ((fight|', 'a bracket is not closed'],
  ])('%s stops the start and is named', (_, file, from, to, why) => {
    change(file, from, to);
    expect(() => openReflection(data)).toThrow(DataError);
    expect(() => openReflection(data)).toThrow(file);
    expect(() => openReflection(data)).toThrow(why);
  });
});
