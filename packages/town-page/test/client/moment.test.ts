import { describe, expect, it } from 'vitest';
import { ago, said, styled } from '#client/moment';

describe('moments', () => {
  const now = new Date(2026, 10, 24, 12, 30).getTime();
  const minute = 60_000;

  it('beside a name', () => {
    expect(said(now - minute, now, 'en-GB')).toBe('12:29');
    expect(said(now - 24 * 60 * minute, now, 'en-GB')).toBe('Yesterday at 12:30');
    expect(said(now - 72 * 60 * minute, now, 'en-GB')).toBe('21/11/2026, 12:30');
  });

  it('in every style', () => {
    expect(styled(now, 't', now, 'en-GB')).toBe('12:30');
    expect(styled(now, 'T', now, 'en-GB')).toBe('12:30:00');
    expect(styled(now, 'd', now, 'en-GB')).toBe('24/11/2026');
    expect(styled(now, 'D', now, 'en-GB')).toBe('24 November 2026');
    expect(styled(now, 'f', now, 'en-GB')).toBe('24 November 2026 at 12:30');
    expect(styled(now, 'F', now, 'en-GB')).toMatch(/^Tuesday,? 24 November 2026 at 12:30$/);
    expect(styled(now, 'R', now, 'en-GB')).toBe('now');
    expect(styled(1e18, 'f', now, 'en-GB')).toBe('Invalid Date');
  });

  it.each([
    [-5_000, '5 seconds ago'],
    [-90_000, '1 minute ago'],
    [3 * 3_600_000, 'in 3 hours'],
    [-50 * 3_600_000, '2 days ago'],
  ])('%i ms from now: %s', (away, wanted) => {
    expect(ago(now + away, now, 'en')).toBe(wanted);
  });
});
