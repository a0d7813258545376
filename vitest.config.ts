import { defineConfig } from 'vitest/config';

// Three kinds of test: pure ones, the client's (compiled by Svelte), and those that may want PostgreSQL or a server.
// Browser tests end in `.e2e.ts` and are Playwright's.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'packages', environment: 'node', include: ['packages/*/src/**/*.test.ts'] } },
      'client/vitest.config.ts',
      {
        test: {
          name: 'server',
          environment: 'node',
          include: ['server/src/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: ['test/support/postgres.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
