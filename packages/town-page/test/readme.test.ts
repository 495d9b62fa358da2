import type { Town } from '@attune/town';
import { runExample } from '@attune/town/test/readme';
import { expect, test } from 'vitest';

test('the lines of the README open the page', async () => {
  const { lines, exported } = await runExample(new URL('../README.md', import.meta.url), (code) =>
    code.replace('port: 8787', 'port: 0').replace('const town =', 'export const town ='),
  );
  await using town = exported.town as Town;
  expect(lines).toEqual([expect.stringContaining(town.origin)]);
  expect(await (await fetch(town.origin)).text()).toContain('<title>My town</title>');
});
