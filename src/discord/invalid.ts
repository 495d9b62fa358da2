/**
 * Discord bans a whole host for an hour after 10,000 requests in ten minutes that it answers with 401, 403 or 429.
 * Long before that Attune asks for nothing more than it must: nobody is noted, and people keep talking.
 */
export type InvalidRequests = {
  /** Counts an answer by its status. */
  answered(status: number): void;
  /** How many there were in the last ten minutes. */
  readonly count: number;
  /** Are there few enough that more may be asked than must be? */
  mayAsk(): boolean;
};

const windowMs = 10 * 60_000;
const most = 500;
const invalid = new Set([401, 403, 429]);

export function countInvalidRequests(now: () => number): InvalidRequests {
  let times: number[] = [];
  const lately = () => {
    times = times.filter((at) => at <= now() && now() - at < windowMs);
    return times.length;
  };
  return {
    answered(status) {
      if (invalid.has(status)) times.push(now());
    },
    get count() {
      return lately();
    },
    mayAsk: () => lately() < most,
  };
}
