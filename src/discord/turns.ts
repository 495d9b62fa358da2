/** What is sent, in the order of what goes first. `answer`: to somebody who wrote to the bot. */
const kinds = ['note', 'answer', 'sample', 'thanks'] as const;
export type What = (typeof kinds)[number];

/** Gives turns, one every `gap` ms: opening many direct messages quickly gets a bot limited. */
export type Turns = {
  /**
   * Resolves when it is this piece of work's turn: true, or false when nothing may go any more or too much of this
   * guild waits already. Guilds take turns with each other, so that a busy one does not hold up the rest.
   */
  take(guild: string, what: What): Promise<boolean>;
  /** Whoever waits, and whoever asks later, is told no. */
  stop(): void;
};

type Waiting = (mayGo: boolean) => void;

/**
 * @param gap between two turns, in ms.
 * @param mostWaiting how many of one guild may wait at a time.
 */
export function createTurns(options: { gap: number; mostWaiting: number; now: () => number }): Turns {
  const { gap, mostWaiting, now } = options;
  /** In the order in which the guilds come next. */
  const waiting: Record<What, Map<string, Waiting[]>> = {
    ...{ note: new Map(), answer: new Map(), sample: new Map(), thanks: new Map() },
  };
  let resting: NodeJS.Timeout | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const giveTurns = (): void => {
    resting = undefined;
    for (;;) {
      const lines = kinds.map((what) => waiting[what]).find(({ size }) => size > 0);
      const [next] = lines ?? [];
      if (!lines || !next) return;
      // What lies ahead is now: the clock was set back.
      last = Math.min(last, now());
      const rest = last + gap - now();
      if (rest > 0) {
        resting = setTimeout(giveTurns, rest);
        resting.unref();
        return;
      }
      last = now();
      const [guild, line] = next;
      lines.delete(guild);
      const go = line.shift();
      if (line.length > 0) lines.set(guild, line);
      go?.(true);
    }
  };

  return {
    take: (guild, what) =>
      new Promise((resolve) => {
        const line = waiting[what].get(guild) ?? [];
        if (stopped || line.length >= mostWaiting) return resolve(false);
        line.push(resolve);
        waiting[what].set(guild, line);
        if (!resting) giveTurns();
      }),
    stop() {
      stopped = true;
      clearTimeout(resting);
      for (const lines of Object.values(waiting)) {
        for (const line of lines.values()) for (const go of line) go(false);
        lines.clear();
      }
    },
  };
}
