/** How often something happened in the last while. */
export type Lately = {
  add(): void;
  readonly count: number;
};

/** Counts what happens within `ms`. What lies ahead, because the clock was set back, is forgotten. */
export function createLately(ms: number, now: () => number): Lately {
  let times: number[] = [];
  const recent = () => {
    const at = now();
    times = times.filter((time) => time <= at && at - time < ms);
    return times;
  };
  return {
    add: () => void recent().push(now()),
    get count() {
      return recent().length;
    },
  };
}
