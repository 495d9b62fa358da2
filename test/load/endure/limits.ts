/**
 * Limits as Discord sets them: buckets by route and channel, told in headers; fifty requests a second in all; and one on
 * opening conversations that nothing tells of. Figures that Discord does not publish are guesses on the strict side.
 */

export type Limited = { headers: Record<string, string>; refused?: Refused };
export type Refused = { scope: 'user' | 'shared' | 'global'; seconds: number };

type Rule = { route: RegExp; name: string; most: number; ms: number };
/** The first group of a route is what its buckets are parted by. */
const rules: readonly Rule[] = [
  { route: /^GET \/channels\/(\d+)\/messages$/, name: 'look', most: 5, ms: 5_000 },
  { route: /^GET \/channels\/(\d+)\/messages\/\d+$/, name: 'message', most: 5, ms: 5_000 },
  { route: /^POST \/channels\/(\d+)\/messages$/, name: 'write', most: 5, ms: 5_000 },
  { route: /^POST \/users\/@me\/channels()$/, name: 'open', most: 10, ms: 5_000 },
];
const everything = { most: 50, ms: 1_000 };
/** More conversations than this in half a minute: 40003. */
const openings = { most: 100, ms: 30_000 };
/** What goes with an interaction's token has no part in the limit of fifty. */
const exempt = /^\w+ \/(interactions|webhooks)\//;

type Bucket = { left: number; until: number };

export function createLimits(now: () => number) {
  const buckets = new Map<string, Bucket>();
  let second: Bucket = { left: everything.most, until: 0 };
  let opened: Bucket = { left: openings.most, until: 0 };
  const fresh = (bucket: Bucket | undefined, most: number, ms: number): Bucket =>
    bucket && bucket.until > now() ? bucket : { left: most, until: now() + ms };

  return {
    /** Counts a request; `isShared`: somebody else has used up this channel's limit. */
    take(route: string, isShared = false): Limited {
      if (exempt.test(route)) return { headers: {} };
      second = fresh(second, everything.most, everything.ms);
      if (second.left === 0) {
        const seconds = (second.until - now()) / 1_000;
        return { headers: limitHeaders('global', seconds), refused: { scope: 'global', seconds } };
      }
      second.left -= 1;
      const rule = rules.find((one) => one.route.test(route));
      if (!rule) return { headers: {} };
      if (isShared) return { headers: limitHeaders('shared', 1), refused: { scope: 'shared', seconds: 1 } };
      const key = `${rule.name}:${rule.route.exec(route)?.[1]}`;
      const bucket = fresh(buckets.get(key), rule.most, rule.ms);
      if (buckets.size > 10_000) for (const [old, { until }] of buckets) if (until <= now()) buckets.delete(old);
      buckets.set(key, bucket);
      const seconds = (bucket.until - now()) / 1_000;
      const isOver = bucket.left === 0;
      if (!isOver) bucket.left -= 1;
      const told = {
        'x-ratelimit-limit': String(rule.most),
        'x-ratelimit-remaining': String(bucket.left),
        'x-ratelimit-reset-after': seconds.toFixed(3),
        'x-ratelimit-reset': ((Date.now() + seconds * 1_000) / 1_000).toFixed(3),
        'x-ratelimit-bucket': rule.name,
      };
      if (!isOver) return { headers: told };
      return { headers: { ...told, ...limitHeaders('user', seconds) }, refused: { scope: 'user', seconds } };
    },
    /** Is one more conversation too many? */
    opensTooFast(): boolean {
      opened = fresh(opened, openings.most, openings.ms);
      opened.left -= 1;
      return opened.left < 0;
    },
  };
}

const limitHeaders = (scope: Refused['scope'], seconds: number): Record<string, string> => ({
  'retry-after': String(Math.ceil(seconds * 1_000) / 1_000),
  'x-ratelimit-scope': scope,
  ...(scope === 'global' && { 'x-ratelimit-global': 'true' }),
});
