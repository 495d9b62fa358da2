import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 20_000, hookTimeout: 20_000 };
const project = (name: string, folder: string, more: { isolate?: boolean } = {}) => ({
  test: { name, include: [`${folder}test/**/*.test.ts`], ...limits, ...more },
});
/** Their test files share what they load: the client library, and one browser for all of them. */
const shared = { isolate: false };

export default defineConfig({
  test: {
    projects: [
      project('attune', ''),
      project('town', 'packages/town/', shared),
      project('town-page', 'packages/town-page/', shared),
    ],
  },
});
