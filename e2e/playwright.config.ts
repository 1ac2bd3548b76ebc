import { defineConfig } from 'playwright/test';

export default defineConfig({
  testDir: '.',
  outputDir: '../.cache/e2e',
  // One window at a time: journeys measure what an analyst would feel, and two windows share the machine's cores.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../.cache/reports/e2e.json' }]],
  use: { screenshot: 'only-on-failure' },
});
