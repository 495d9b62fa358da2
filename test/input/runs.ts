import fc from 'fast-check';

/**
 * How often properties are tried: few times with one seed in the tests of every day, as often and with the seed that
 * `npm run torture` says else.
 */
const { TORTURE_TIMES = '1', TORTURE_SEED = '20260501' } = process.env;
const times = Number(TORTURE_TIMES);

/** Is this no run of every day? */
export const isLong = times > 1;

/** In milliseconds, for a test that takes less than `once` when nothing else runs. */
export const within = (once: number) => once * Math.max(1, times);

/** What fast-check is told for a property that is tried so often every day. */
export const often = (runs: number): { seed: number; numRuns: number } => ({
  seed: Number(TORTURE_SEED),
  numRuns: Math.ceil(runs * times),
});

/** The property holds for all of these, each tried so often every day. */
export const holds = <T>(runs: number, of: fc.Arbitrary<T>, property: (value: T) => unknown): Promise<void> => {
  const told = async (value: T): Promise<void> => void (await property(value));
  return fc.assert(fc.asyncProperty(of, told), often(runs));
};

/** The same where one thing changes what comes after it: the first that fails is told as it is, not a smaller one. */
export const holdsInTurn = <T>(runs: number, of: fc.Arbitrary<T>, property: (value: T) => unknown): Promise<void> => {
  const told = async (value: T): Promise<void> => void (await property(value));
  return fc.assert(fc.asyncProperty(of, told), { ...often(runs), endOnFailure: true });
};
