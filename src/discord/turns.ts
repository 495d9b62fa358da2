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

/** @param mostWaiting how many of one guild may wait at a time. */
export function createTurns({ gap, mostWaiting }: { gap: number; mostWaiting: number }): Turns {
  type Waiting = (mayGo: boolean) => void;
  /** In the order in which the guilds come next. */
  const waiting = new Map<string, Waiting[]>();
  let resting: NodeJS.Timeout | undefined;
  let stopped = false;

  const next = (): void => {
    resting = undefined;
    const [first] = waiting;
    if (!first) return;
    const [guild, line] = first;
    const go = line.shift();
    waiting.delete(guild);
    if (line.length > 0) waiting.set(guild, line);
    resting = setTimeout(next, gap);
    resting.unref();
    go?.(true);
  };

  return {
    take: (guild) =>
      new Promise((resolve) => {
        const line = waiting.get(guild) ?? [];
        if (stopped || line.length >= mostWaiting) return resolve(false);
        line.push(resolve);
        waiting.set(guild, line);
        if (!resting) next();
      }),
    stop() {
      stopped = true;
      clearTimeout(resting);
      for (const line of waiting.values()) for (const go of line) go(false);
      waiting.clear();
    },
  };
}
