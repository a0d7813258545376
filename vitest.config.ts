import { defaultExclude, defineConfig } from 'vitest/config';

// Tests that compare times, flood a server or kill one: nothing else runs beside them, lest they measure their neighbours.
const alone = [
  'test/fault/**/*.test.ts',
  'test/bodies.test.ts',
  'test/sync/{crowd,frames,hostile,limits}.test.ts',
  'server/src/**/{body,frame-queue}.test.ts',
];

const server = {
  environment: 'node',
  globalSetup: ['test/support/postgres.ts'],
  testTimeout: 20_000,
  hookTimeout: 30_000,
};

// Three kinds of test: pure ones, the client's (compiled by Svelte), and those that may want PostgreSQL or a server; of
// these, most wait more than they work, so two share the machine. Browser tests end in `.e2e.ts` and are Playwright's.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'packages',
          environment: 'node',
          include: ['packages/*/src/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      'client/vitest.config.ts',
      {
        test: {
          ...server,
          name: 'server',
          include: ['server/src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...defaultExclude, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...server,
          name: 'server, alone',
          include: alone,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
