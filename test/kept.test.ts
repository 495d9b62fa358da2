import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keeping } from '#kept';

let folder: string;
let path: string;
let asked: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-kept-'));
  path = join(folder, 'cache', 'parsed.json');
  asked = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const parse = (text: string) => () => {
  asked.push(text);
  if (text === 'broken') throw new Error('broken');
  return { said: text };
};

it('asks once for a text, and not again at the next start', () => {
  const first = keeping(path);
  for (let times = 0; times < 2; times++) expect(first.kept('a', parse('a'))).toEqual({ said: 'a' });
  first.keep();
  expect(keeping(path).kept('a', parse('a'))).toEqual({ said: 'a' });
  expect(asked).toEqual(['a']);
});

it('asks for a text that has changed, and keeps nothing that nobody asks for any more', () => {
  const first = keeping(path);
  first.kept('a', parse('a'));
  first.keep();
  const second = keeping(path);
  expect(second.kept('b', parse('b'))).toEqual({ said: 'b' });
  second.keep();
  expect(asked).toEqual(['a', 'b']);
  expect(readFileSync(path, 'utf8')).toContain('{"said":"b"}');
  expect(readFileSync(path, 'utf8')).not.toContain('{"said":"a"}');
});

it('keeps no fault', () => {
  const first = keeping(path);
  expect(() => first.kept('broken', parse('broken'))).toThrow('broken');
  first.keep();
  expect(() => keeping(path).kept('broken', parse('broken'))).toThrow('broken');
});

it('asks when nothing was kept, or what was kept cannot be read', () => {
  mkdirSync(join(folder, 'cache'));
  writeFileSync(path, '{"half');
  expect(keeping(path).kept('a', parse('a'))).toEqual({ said: 'a' });
});
