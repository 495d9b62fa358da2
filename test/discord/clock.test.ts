import { describe, expect, it } from 'vitest';
import { createClockCheck } from '#discord/clock';
import { createLog } from '#log';
import { MINUTE } from '#store/times';

const at = Date.parse('2026-03-01T12:00:00Z');
const heard = (...ahead: readonly (number | null | string)[]) => {
  let now = at;
  const check = createClockCheck(() => now, createLog('silent'));
  for (const one of ahead) {
    now = at + (typeof one === 'number' ? one : 10 * MINUTE);
    check.heard(typeof one === 'number' ? new Date(at).toUTCString() : one);
  }
  return check.minutesAhead();
};

describe('the clock against Discord', () => {
  it.each([
    ['nothing was heard', [], undefined],
    ['it is right', [0, 500, 900], undefined],
    ['it is a little ahead', [MINUTE, MINUTE], undefined],
    ['it is behind', [-10 * MINUTE, -10 * MINUTE], undefined],
    ['one answer was late', [0, 10 * MINUTE, 0], undefined],
    ['one answer was late just now', [0, 10 * MINUTE], undefined],
    ['answers have no date', [null, null, 'soon'], undefined],
    ['it is two minutes ahead', [2 * MINUTE, 2 * MINUTE], 2],
    ['it is a day ahead', [24 * 60 * MINUTE, 24 * 60 * MINUTE], 24 * 60],
    ['it was set right', [3 * MINUTE, 3 * MINUTE, 0], undefined],
  ])('%s', (_, ahead, minutes) => expect(heard(...ahead)).toBe(minutes));
});
