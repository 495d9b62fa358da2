/** Gives turns, one every `gap` ms: opening many direct messages quickly gets a bot limited. */
export type Turns = {
  /**
   * Resolves when it is this piece of work's turn: true, or false when nothing may go any more or too much of this
   * guild waits already. Guilds take turns with each other, so that a busy one does not hold up the rest.
   */
  take(guild: string): Promise<boolean>;
  /** Whoever waits, and whoever asks later, is told no. */
  stop(): void;
};

/**
 * @param gap between two turns, in ms.
 * @param mostWaiting how many of one guild may wait at a time.
 */
export function createTurns(options: { gap: number; mostWaiting: number; now: () => number }): Turns {
  const { gap, mostWaiting, now } = options;
  type Waiting = (mayGo: boolean) => void;
  /** In the order in which the guilds come next. */
  const waiting = new Map<string, Waiting[]>();
  let resting: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const giveTurns = (): void => {
    resting = undefined;
    for (const [guild, line] of waiting) {
      // Never longer than the gap, should the clock be set back.
      const rest = Math.min(gap, last + gap - now());
      if (rest > 0) {
        resting = setTimeout(giveTurns, rest);
        resting.unref();
        return;
      }
      last = now();
      waiting.delete(guild);
      const go = line.shift();
      if (line.length > 0) waiting.set(guild, line);
      go?.(true);
    }
  };

  return {
    take: (guild) =>
      new Promise((resolve) => {
        const line = waiting.get(guild) ?? [];
        if (stopped || line.length >= mostWaiting) return resolve(false);
        line.push(resolve);
        waiting.set(guild, line);
        if (!resting) giveTurns();
      }),
    stop() {
      stopped = true;
      clearTimeout(resting);
      for (const line of waiting.values()) for (const go of line) go(false);
      waiting.clear();
    },
  };
}
