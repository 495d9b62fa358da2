import { describe, expect, it } from 'vitest';
import { loadContent } from '#content/content';
import { openEntry } from '#content/find';
import { anyFeeling } from '#content/prompts';
import { shippedData } from '../town.ts';
import { dangers, feelings, harmless, nothing, slips, topics } from './typed.ts';

/** What people type at 3 a.m., and what it opens (typed.ts). */

const content = loadContent(shippedData);
const search = content.search();
const dangerIn = (typed: string) => search.dangerIn(typed)?.danger;
const feelingOf = (typed: string) =>
  openEntry(content.prompts(), typed, { hears: { search, opens: ({ prompts }) => prompts }, last: anyFeeling })?.id;
const topicOf = (typed: string) =>
  openEntry(content.explanations(), typed, { hears: { search, opens: ({ explanation }) => explanation } })?.id;

const words = (list: string) =>
  list
    .split(/[,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
const listed = (lists: Record<string, string>): [string, string][] =>
  Object.entries(lists).flatMap(([id, typed]) => words(typed).map((one): [string, string] => [one, id]));
/** Each that opened something else, and what. */
const wrong = (lists: Record<string, string>, open: (typed: string) => string | undefined) =>
  listed(lists).flatMap(([typed, id]) => (open(typed) === id ? [] : [`${typed}: ${open(typed)}, not ${id}`]));

describe('what people type', () => {
  it('opens its feeling, three hundred times and more', () => {
    expect(listed(feelings).length).toBeGreaterThanOrEqual(300);
    expect(wrong(feelings, feelingOf)).toEqual([]);
  });

  it('opens its feeling also with a slip in it', () => {
    expect(wrong(slips, feelingOf)).toEqual([]);
  });

  it('opens its topic', () => {
    expect(wrong(topics, topicOf)).toEqual([]);
  });

  it('opens nothing when that is not sure', () => {
    expect(words(nothing).length).toBeGreaterThanOrEqual(60);
    expect(words(nothing).filter((typed) => feelingOf(typed) !== undefined)).toEqual([]);
  });
});

describe('words of danger', () => {
  it('come before every feeling and every topic', () => {
    expect(wrong(dangers, dangerIn)).toEqual([]);
  });

  it('are no danger where they mean something else', () => {
    expect(words(harmless).length).toBeGreaterThanOrEqual(40);
    expect(words(harmless).flatMap((typed) => (dangerIn(typed) ? [`${typed}: ${dangerIn(typed)}`] : []))).toEqual([]);
  });

  it('open prompts of which the first asks plainly, and a topic that says what to do', () => {
    for (const phrase of search.phrases) {
      const voiced = search.dangerIn(phrase);
      const opened = content.prompts().get(voiced?.prompts ?? '');
      expect(
        opened?.prompts.some(({ first, ask }) => first && ask),
        `${phrase}: ${opened?.id}`,
      ).toBe(true);
      expect(content.explanations().has(voiced?.explanation ?? ''), phrase).toBe(true);
    }
  });

  it('stand in no ordinary feeling', () => {
    const found = [...content.prompts().values()].flatMap(({ id, also }) =>
      also.flatMap((one) => {
        const voiced = search.dangerIn(one);
        return voiced && voiced.prompts !== id ? [`${id}: ${one}`] : [];
      }),
    );
    expect(found).toEqual([]);
  });
});
