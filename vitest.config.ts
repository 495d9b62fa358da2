import { defineConfig } from 'vitest/config';

/** Where the bot is two processes on PostgreSQL, each town takes several times as much work; what is asked of the bot stays. */
const onPostgres = process.env.TEST_ON === 'postgres';
const limits = onPostgres
  ? { testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 2 }
  : { testTimeout: 20_000, hookTimeout: 20_000 };
/** The test files of a project share what they load: the client library, the detector, one browser for all of them. */
const project = (name: string, folder: string) => ({
  test: { name, include: [`${folder}test/**/*.test.ts`], isolate: false, ...limits },
});

export default defineConfig({
  test: {
    // Much of a test is waiting for sockets: on two cores two files at a time take little more than half as long as one.
    maxWorkers: 2,
    projects: [project('attune', ''), project('town', 'packages/town/'), project('town-page', 'packages/town-page/')],
  },
});
