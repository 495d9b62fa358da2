import { expect, test } from 'vitest';
import { explain, StoreError } from '#store/store-error';

const withCode = (code: string) => Object.assign(new Error('raw'), { code });

test.each([
  ['SQLITE_NOTADB', 'move this one away and put the last good backup back (docs/hosting.md, step 6)'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ['SQLITE_BUSY', 'Stop the other one'],
  ['SQLITE_BUSY_SNAPSHOT', 'Stop the other one'],
  ['SQLITE_READONLY_DIRECTORY', 'write permission'],
  ['SQLITE_CANTOPEN', 'permission'],
  ['EACCES', 'permission'],
  ['EROFS', 'permission'],
  ['ENOENT', 'Make it'],
  ['SQLITE_FULL', 'disk'],
  ['ENOSPC', 'disk'],
])('%s names the file, says what to do, and keeps its cause', (code, words) => {
  const cause = withCode(code);
  const error = explain(cause, '/data/attune.db');
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({ cause, message: expect.stringContaining('/data/attune.db') });
  expect(`${error}`).toContain(words);
});

test.each([withCode('SQLITE_CONSTRAINT'), new Error('a bug'), new StoreError('said already'), 'text', undefined])(
  'what is not the host’s to mend stays as it is (%s)',
  (error) => {
    expect(explain(error, '/data/attune.db')).toBe(error);
  },
);
