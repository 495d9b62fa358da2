import { describe, expect, it } from 'vitest';
import { readSignFiles } from '#detector/open';
import { compileSigns, labels, SignsError, signsSchema } from '#detector/rules/signs';

type File = { signs: Record<string, unknown>[] } & Record<string, unknown>;
const changed = (label: string, change: (file: File) => unknown): Record<string, unknown> => {
  const files = structuredClone(readSignFiles());
  const file = files[label] as File;
  files[label] = change(file) ?? file;
  return files;
};
const entry = (change: Record<string, unknown>) => (file: File) => ({
  ...file,
  signs: [file.signs[0], { sign: 'you', weight: 0.5, why: 'a test', hits: ['you'], ...change }],
});

describe('signs are checked, and a fault names file and entry', () => {
  it.each([
    ['a bad pattern', entry({ sign: '(you' }), 'advice.signs[1]: a bracket is not closed'],
    ['one bad pattern of several', entry({ sign: ['you', '@none'] }), 'advice.signs[1]: there is no list "@none"'],
    ['a bad guard', entry({ not: '...' }), 'advice.signs[1].not: "..." begins with a gap'],
    ['a weight out of range', entry({ weight: 1.5 }), 'advice.signs[1].weight'],
    ['a weight of nothing', entry({ weight: 0 }), 'advice.signs[1].weight: a sign of weight 0 says nothing'],
    ['a missing reason', entry({ why: '' }), 'advice.signs[1].why'],
    ['no example', entry({ hits: [] }), 'advice.signs[1].hits'],
    ['a misspelt key', entry({ wieght: 1 }), 'advice.signs[1]: '],
    ['an empty file', () => ({}), 'advice.about'],
  ])('%s', (_, change, fault) => {
    const compile = () => compileSigns(changed('advice', change));
    expect(compile).toThrow(SignsError);
    expect(compile).toThrow(fault);
  });

  it('a missing file, an unknown file, a missing list', () => {
    const { advice: _, ...missing } = readSignFiles();
    expect(() => compileSigns(missing)).toThrow('advice: ');
    expect(() => compileSigns({ ...readSignFiles(), advise: {} })).toThrow('advise');
    const listless = changed('words', (file) => ({ ...file, lists: { me: ['i'] } }));
    expect(() => compileSigns(listless)).toThrow('words.lists: the lists "me", "you", "says" and "hidden" are needed');
  });

  it('all faults at once', () => {
    const compile = () => compileSigns(changed('advice', entry({ sign: ['(a', 'b)'] })));
    expect(compile).toThrow(/not closed[\s\S]*not opened/);
  });
});

it('the files that are there are whole', () => {
  expect(signsSchema.safeParse(readSignFiles()).success).toBe(true);
  expect(Object.keys(readSignFiles()).sort()).toEqual([...labels, 'words'].sort());
});
