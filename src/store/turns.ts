/** Runs pieces of work one after the other, in the order in which they were asked for. */
export type Turns = {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything asked for so far is done. */
  rest(): Promise<void>;
};

/**
 * What is kept in memory beside the database must change in the database's order; so every verb that changes both takes
 * a turn. A piece that fails does not stop the ones behind it.
 */
export function inTurn(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
    rest: async () => void (await last),
  };
}
