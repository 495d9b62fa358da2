/** Discord's snowflakes: milliseconds since 2015 in the upper 42 bits, a counter below. */

const epoch = 1_420_070_400_000;

export type Ids = {
  /** A new id, larger than every earlier one unless a moment in the past is asked for. */
  next(at?: number): string;
  /** Ids of guilds lie a millisecond apart, so that they spread over the shards as real ones do. */
  guild(): string;
};

export const momentOf = (id: string): number => Number(BigInt(id) >> 22n) + epoch;

export function createIds(now: () => number): Ids {
  let moment = 0;
  let counter = 0;
  let guilds = Date.UTC(2021, 0, 1) - epoch;
  let past = 0;
  return {
    next(at) {
      if (at !== undefined && at - epoch < moment) {
        past = (past + 1) & 0xfff;
        return ((BigInt(Math.floor(at) - epoch) << 22n) | BigInt(past)).toString();
      }
      const wanted = Math.floor(at ?? now()) - epoch;
      if (wanted > moment) {
        moment = wanted;
        counter = 0;
      } else if (++counter > 0xfff) {
        moment += 1;
        counter = 0;
      }
      return ((BigInt(moment) << 22n) | BigInt(counter)).toString();
    },
    guild() {
      guilds += 1;
      return (BigInt(guilds) << 22n).toString();
    },
  };
}
