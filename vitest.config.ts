import { defineConfig } from 'vitest/config';

const limits = { testTimeout: 20_000, hookTimeout: 20_000 };
const project = (name: string, folder: string) => ({
  test: { name, include: [`${folder}test/**/*.test.ts`], ...limits },
});

export default defineConfig({
  test: {
    projects: [project('attune', ''), project('town', 'packages/town/'), project('town-page', 'packages/town-page/')],
  },
});
