import { on } from './fixtures.ts';

/** What writer.ts writes at each step, so that killed.test.ts can tell whether it is whole. */

export const memberAt = (at: number) => `${300000000000000000n + BigInt(at)}`;

const channelAt = (at: number) => `${500000000000000000n + BigInt(at)}`;
/** Two channels that belong together. */
export const settingsAt = (revision: number) => ({
  support: { ...on.support, channels: [channelAt(revision), channelAt(revision + 1)] },
});
