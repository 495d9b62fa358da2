import { expect, test } from 'vitest';
import { runExample } from './readme.ts';

test('the lines of the README do what they say', async () => {
  const { lines } = await runExample(new URL('../README.md', import.meta.url));
  expect(lines).toEqual(['Hello']);
});
