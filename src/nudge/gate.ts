/**
 * Lets few pieces of work in at a time. Guilds take turns with each other, and whoever has waited for too long is turned
 * away. To read a conversation takes the encoder half a second: many at once would all come too late.
 */
export type Gate = {
  /** Does the work when its turn comes; undefined: it has waited for too long. */
  pass<T>(guild: string, work: () => Promise<T>): Promise<T | undefined>;
};

type Waiting = { since: number; go: (mayGo: boolean) => void };

/** @param longest how long one may wait, in ms. */
export function createGate({ inside, longest, now }: { inside: number; longest: number; now: () => number }): Gate {
  /** In the order in which the guilds come next. */
  const lines = new Map<string, Waiting[]>();
  let within = 0;

  function letIn(): void {
    for (const [guild, line] of lines) {
      if (within >= inside) return;
      lines.delete(guild);
      const next = line.shift();
      if (line.length > 0) lines.set(guild, line);
      if (!next) continue;
      const mayGo = now() - next.since <= longest;
      if (mayGo) within += 1;
      next.go(mayGo);
    }
  }

  return {
    async pass(guild, work) {
      const mayGo = await new Promise<boolean>((go) => {
        const line = lines.get(guild) ?? [];
        line.push({ since: now(), go });
        lines.set(guild, line);
        letIn();
      });
      if (!mayGo) return undefined;
      try {
        return await work();
      } finally {
        within -= 1;
        letIn();
      }
    },
  };
}
