/** The town's time: real time, plus what somebody advanced it by. Everything with a deadline asks it. */

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves time forward; what falls due meanwhile happens before this returns, in order. */
  advance(ms: number): void;
  /** Runs `act` once, `ms` from now; returns a way to call it off. Never keeps the process alive. */
  after(ms: number, act: () => void): () => void;
  close(): void;
};

type Wait = { at: number; act: () => void; timer?: NodeJS.Timeout };

export function createClock(base: () => number = Date.now): Clock {
  let ahead = 0;
  const waits = new Set<Wait>();
  const now = () => base() + ahead;

  const end = (wait: Wait) => {
    clearTimeout(wait.timer);
    waits.delete(wait);
  };
  const fire = (wait: Wait) => {
    if (!waits.has(wait)) return;
    end(wait);
    wait.act();
  };

  return {
    now,
    advance(ms) {
      ahead += ms;
      const due = [...waits].filter((wait) => wait.at <= now()).sort((a, b) => a.at - b.at);
      for (const wait of due) fire(wait);
    },
    after(ms, act) {
      const wait: Wait = { at: now() + ms, act };
      wait.timer = setTimeout(() => fire(wait), ms);
      wait.timer.unref();
      waits.add(wait);
      return () => end(wait);
    },
    close() {
      for (const wait of waits) end(wait);
    },
  };
}
