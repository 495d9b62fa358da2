import type { Log } from '#log';
import { tooOldMs } from '#nudge/reply';
import { MINUTE } from '#store/times';

/**
 * This computer's clock against Discord's. One that is far ahead makes every message look too old: nobody would get a
 * note, and nothing else would tell why.
 */
export type ClockCheck = {
  /** Takes in the Date of an answer of Discord. */
  heard(date: string | null): void;
  /** How many minutes it is ahead; `undefined`: not so far that it matters. */
  minutesAhead(): number | undefined;
};

/** Some time is needed to wait for the writer and to read, in ms. */
const far = 0.75 * tooOldMs;

export function createClockCheck(now: () => number, log: Log): ClockCheck {
  let ahead = 0;
  /** In a row: one answer may only have been on its way while the computer slept. */
  let times = 0;
  let isTold = false;
  const minutesAhead = () => (times > 1 ? Math.round(ahead / MINUTE) : undefined);
  return {
    heard(date) {
      const at = Date.parse(date ?? '');
      if (Number.isNaN(at)) return;
      ahead = now() - at;
      times = ahead > far ? times + 1 : 0;
      const minutes = minutesAhead();
      if (minutes === undefined) isTold &&= times > 0;
      else if (!isTold) {
        isTold = true;
        log.warn(
          { minutes },
          "The clock of this computer is ahead of Discord's: every message looks too old, and nobody gets a note. " +
            'Set it right, for instance by turning on network time.',
        );
      }
    },
    minutesAhead,
  };
}
