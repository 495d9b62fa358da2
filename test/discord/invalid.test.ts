import { describe, expect, it } from 'vitest';
import { countInvalidRequests } from '#discord/invalid';
import { createLog } from '#log';

/** The budget of refused requests; what becomes of notes when it is used up is in refused.test.ts. */

describe('the budget of the process', () => {
  it('counts what was refused in the last ten minutes, and nothing else', () => {
    let now = 1_000_000;
    const invalid = countInvalidRequests(() => now, createLog('silent'));
    for (let i = 0; i < 10_000; i++) for (const status of [200, 204, 400, 404, 500]) invalid.answered(status);
    for (let i = 0; i < 79; i++) invalid.answered([401, 403, 429][i % 3] ?? 0);
    expect(invalid.mayAsk()).toBe(true);
    invalid.answered(403);
    expect(invalid.mayAsk()).toBe(false);
    now += 10 * 60_000 - 1;
    expect(invalid.mayAsk()).toBe(false);
    now += 1;
    expect(invalid.mayAsk()).toBe(true);
  });

  it('does not count limits that others have used up, as Discord does not', () => {
    const invalid = countInvalidRequests(() => 1_000_000, createLog('silent'));
    for (let i = 0; i < 500; i++) invalid.answered(429, 'shared');
    expect(invalid.mayAsk()).toBe(true);
    for (let i = 0; i < 80; i++) invalid.answered(429, ['user', 'global'][i % 2]);
    expect(invalid.mayAsk()).toBe(false);
  });

  it('begins anew when the clock is set back', () => {
    let now = 1_000_000_000;
    const invalid = countInvalidRequests(() => now, createLog('silent'));
    for (let i = 0; i < 500; i++) invalid.answered(403);
    now = 1_000;
    expect(invalid.mayAsk()).toBe(true);
  });
});
