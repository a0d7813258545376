import { defineConfig, devices } from '@playwright/test';
import { launchOptions } from './support/browser.ts';

// A test that fails once has found something: nothing is tried again.
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  globalSetup: './support/filled-folder.ts',
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    channel: undefined,
    launchOptions,
    screenshot: 'only-on-failure',
    actionTimeout: 10_000,
  },
});
