import type { Kind } from '#detector/reading';
import { leastBetween, nextAfter, type Pace } from '#settings/pace';
import type { Mode } from '#settings/support';

/** What a decision needs besides the judgement. Times in ms. */
export type Standing = {
  mode: Mode;
  member: {
    notes: boolean;
    pace: Pace;
    /** Kinds that they want no notes about. */
    kindsOff?: readonly string[];
    /** Also wants to be told when a reply lands well, and when that may be again. */
    landed?: boolean;
    landedNext?: number | undefined;
    snoozedUntil?: number | undefined;
    /** When the last note was sent. */
    notedAt?: number | undefined;
    dms: 'open' | 'closed';
  };
};

export type StandingReason = 'off' | 'not opted in' | 'DMs closed' | 'snoozed' | 'noted lately' | 'kind turned off';

/** What a note is about: a kind of fix, or that the reply lands well. */
export type About = Kind | 'landed';

/**
 * Is a note possible at all, whatever the reply says; and once it is known, one about this? While a guild only observes,
 * every fix counts and nobody is contacted, so the member's own settings do not matter. In mode on, `store.claim` asks
 * the same again, in SQL.
 */
export function decide(
  { mode, member }: Standing,
  now: number,
  about?: About,
): { possible: true } | { possible: false; reason: StandingReason } {
  if (mode === 'observe') return about === 'landed' ? { possible: false, reason: 'off' } : { possible: true };
  const reason = hindrance(mode, member, now, about);
  return reason ? { possible: false, reason } : { possible: true };
}

function hindrance(
  mode: 'off' | 'on',
  member: Standing['member'],
  now: number,
  about: About | undefined,
): StandingReason | undefined {
  if (mode === 'off') return 'off';
  if (!member.notes) return 'not opted in';
  if (member.dms === 'closed') return 'DMs closed';
  if (member.snoozedUntil !== undefined && now < member.snoozedUntil) return 'snoozed';
  if (about === 'landed') return landedHindrance(member, now);
  if (about !== undefined && member.kindsOff?.includes(about)) return 'kind turned off';
  if (member.notedAt !== undefined && isRecent(member.notedAt, member.pace, now)) return 'noted lately';
  return undefined;
}

function landedHindrance({ landed, landedNext }: Standing['member'], now: number): StandingReason | undefined {
  if (!landed) return 'not opted in';
  // Further ahead than any day that is set: the clock was set back.
  const isAhead = landedNext !== undefined && now < landedNext && landedNext <= now + nextAfter.landed;
  return isAhead ? 'noted lately' : undefined;
}

/** A last note that lies ahead is ignored: the clock was set back, and waiting for it could take years. */
const isRecent = (notedAt: number, pace: Pace, now: number) => notedAt <= now && now - notedAt < leastBetween[pace];
