import { createLately } from '#discord/lately';
import type { Log } from '#log';

/**
 * Discord bans a whole host for an hour after 10,000 requests in ten minutes that it answers with 401, 403 or 429.
 * Long before that Attune asks for nothing more than it must: nobody is noted, and people keep talking.
 */
export type InvalidRequests = {
  /** Counts an answer by its status, and by the scope of the limit that it told of. */
  answered(status: number, scope?: string | null): void;
  /** Are there few enough that more may be asked than must be? */
  mayAsk(): boolean;
};

const windowMs = 10 * 60_000;
/** What is under way then, some notes and looks, stays below a hundred in all. */
const most = 80;
const invalid = new Set([401, 403, 429]);

export function countInvalidRequests(now: () => number, log: Log): InvalidRequests {
  const lately = createLately(windowMs, now);
  return {
    answered(status, scope) {
      // A limit that is shared with others is none of ours, and Discord does not count it.
      if (!invalid.has(status) || scope === 'shared') return;
      lately.add();
      if (lately.count === most) log.warn({ most }, 'Discord refused too much; nobody gets a note for some minutes');
    },
    mayAsk: () => lately.count < most,
  };
}
