/** Waiting for something to happen, by its event; and giving up with a sentence that says what never came. */

/** How long, in real milliseconds, anybody waits for what never comes. */
export const patience = 5_000;

/**
 * Resolves with what `begin` hands over. `begin` returns how to stop listening.
 * Rejects after `within` milliseconds of real time.
 */
export function waitFor<T>(
  what: string,
  begin: (done: (value: T) => void) => () => void,
  within = patience,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let stop: (() => void) | undefined;
    let over = false;
    const end = () => {
      over = true;
      clearTimeout(timer);
      stop?.();
    };
    const timer = setTimeout(() => {
      end();
      reject(new Error(`Waited ${within} ms for ${what}.`));
    }, within);
    stop = begin((value) => {
      if (over) return;
      end();
      resolve(value);
    });
    if (over) stop();
  });
}

export type Inbox<T> = {
  put(thing: T): void;
  /** The oldest that nobody has taken yet; waits for one when there is none. */
  take(what: string, within?: number): Promise<T>;
};

export function createInbox<T>(): Inbox<T> {
  const waiting: T[] = [];
  const takers: ((thing: T) => void)[] = [];
  return {
    put(thing) {
      const taker = takers.shift();
      if (taker) taker(thing);
      else waiting.push(thing);
    },
    take(what, within) {
      const next = waiting.shift();
      if (next !== undefined) return Promise.resolve(next);
      return waitFor(
        what,
        (done) => {
          takers.push(done);
          return () => {
            const at = takers.indexOf(done);
            if (at >= 0) takers.splice(at, 1);
          };
        },
        within,
      );
    },
  };
}
