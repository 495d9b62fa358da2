import { leastBetween, type Pace } from '#settings/pace';
import type { Mode } from '#settings/support';

/** What a decision needs besides the judgement. Times in ms. */
export type Standing = {
  mode: Mode;
  member: {
    notes: boolean;
    pace: Pace;
    snoozedUntil?: number | undefined;
    /** When the last note was sent. */
    notedAt?: number | undefined;
    dms: 'open' | 'closed';
  };
};

export type StandingReason = 'off' | 'not opted in' | 'DMs closed' | 'snoozed' | 'noted lately';

/**
 * Is a note possible at all, whatever the reply says? While a guild only observes, every reply counts and nobody is
 * contacted, so the member's own settings do not matter. In mode on, `store.claim` asks the same again, in SQL.
 */
export function decide(
  { mode, member }: Standing,
  now: number,
): { possible: true } | { possible: false; reason: StandingReason } {
  if (mode === 'observe') return { possible: true };
  const reason = hindrance(mode, member, now);
  return reason ? { possible: false, reason } : { possible: true };
}

function hindrance(mode: 'off' | 'on', member: Standing['member'], now: number): StandingReason | undefined {
  if (mode === 'off') return 'off';
  if (!member.notes) return 'not opted in';
  if (member.dms === 'closed') return 'DMs closed';
  if (member.snoozedUntil !== undefined && now < member.snoozedUntil) return 'snoozed';
  if (member.notedAt !== undefined && isRecent(member.notedAt, member.pace, now)) return 'noted lately';
  return undefined;
}

/** A last note that lies ahead is ignored: the clock was set back, and waiting for it could take years. */
const isRecent = (notedAt: number, pace: Pace, now: number) => notedAt <= now && now - notedAt < leastBetween[pace];
