import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = fileURLToPath(new URL('text-gone.run.ts', import.meta.url));

it('message text is in no corner of the heap once everything is decided', async () => {
  const mark = `m${randomBytes(8).toString('hex')}x`;
  const { stdout } = await promisify(execFile)(process.execPath, [run, mark]);
  const seen = JSON.parse(stdout);
  // Seen while it waits, so that the search is known to find it.
  expect(seen.before).toBeGreaterThan(100);
  expect(seen.ends).toEqual(
    expect.arrayContaining([
      'nudged: fix',
      'left alone: looks fine',
      'left alone: deleted',
      'left alone: post deleted',
    ]),
  );
  expect(seen.remembered).toBe(600);
  expect(seen.after).toBe(0);
});
