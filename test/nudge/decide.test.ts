import { describe, expect, it } from 'vitest';
import { decide, type Standing } from '#nudge/decide';

const now = Date.UTC(2026, 4, 1);
const hour = 60 * 60_000;
const day = 24 * hour;

const standing = (member: Partial<Standing['member']> = {}, mode: Standing['mode'] = 'on'): Standing => ({
  mode,
  member: { notes: true, pace: 'day', dms: 'open', ...member },
});

describe('a note is possible', () => {
  it.each<[string, Standing]>([
    ['for an opted-in member who never had one', standing()],
    ['when the snooze is over, to the millisecond', standing({ snoozedUntil: now })],
    ['a day after the day of the last one', standing({ notedAt: now - 2 * day })],
    ['a week after the day of the last one', standing({ pace: 'week', notedAt: now - 8 * day })],
    ['every time, right after the last one', standing({ pace: 'every', notedAt: now })],
    ['when the last one lies ahead: a clock was set back', standing({ notedAt: now + hour })],
    ['while the server only observes: nobody is contacted', standing({ notes: false }, 'observe')],
    [
      'while the server only observes, whatever the member chose',
      standing({ dms: 'closed', snoozedUntil: now + day, notedAt: now }, 'observe'),
    ],
  ])('%s', (_, given) => {
    expect(decide(given, now)).toEqual({ possible: true });
  });
});

describe('a note is not possible', () => {
  it.each<[string, string, Standing]>([
    ['when the server is off', 'off', standing({}, 'off')],
    ['for who did not opt in', 'not opted in', standing({ notes: false })],
    ['when DMs are closed', 'DMs closed', standing({ dms: 'closed' })],
    ['while snoozed', 'snoozed', standing({ snoozedUntil: now + 1 })],
    ['a millisecond before a day is over', 'noted lately', standing({ notedAt: now - 2 * day + 1 })],
    ['a millisecond before a week is over', 'noted lately', standing({ pace: 'week', notedAt: now - 8 * day + 1 })],
    ['for who opted out, whatever else they chose', 'not opted in', standing({ notes: false, pace: 'every' })],
  ])('%s', (_, reason, given) => {
    expect(decide(given, now)).toEqual({ possible: false, reason });
  });
});
