import { defineConfig } from 'playwright/test';

/** The window's figures. No retries: a second try would measure a warm machine. */
export default defineConfig({
  testDir: '../../e2e',
  testMatch: 'window.bench.ts',
  outputDir: '../../.cache/bench/window',
  workers: 1,
  timeout: 180_000,
  reporter: [['list']],
});
