import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'playwright/test';
import type { Answer } from '../../shared/contract/operations.ts';
import { type AppOptions, launchApp, type RunningApp } from '../app.ts';
import { keepwatch } from './command-line.ts';

type Lab = {
  /** Folder with the event logs of the demo investigation. */
  readonly demoLogs: string;
  /** Folder of a store that holds the demo investigation; to be copied, never opened. */
  readonly demoStore: string;
};

/** Tests with the demo investigation at hand. Each of its two forms is made once a worker, when it is first asked for. */
export const test = base.extend<{ readonly scratch: string }, Lab>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads the names of the fixtures from this pattern.
  scratch: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'keepwatch-scratch-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  demoLogs: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'keepwatch-demo-logs-'));
      const written = await keepwatch(['demo', folder]);
      expect(written.code, written.errors).toBe(0);
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  demoStore: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'keepwatch-demo-store-'));
      const app = await launchApp({ demo: true, storeFolder: folder });
      await importsEnded(app);
      await app.close();
      await use(folder);
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

export { expect };

/** The console on a copy of the demo's store, so that what one journey changes is unknown to the next. */
export async function launchOnDemo(demoStore: string, options: AppOptions = {}): Promise<RunningApp> {
  const storeFolder = mkdtempSync(join(tmpdir(), 'keepwatch-journey-'));
  cpSync(demoStore, storeFolder, { recursive: true });
  const app = await launchApp({ ...options, storeFolder });
  return {
    ...app,
    close: async () => {
      await app.close();
      rmSync(storeFolder, { recursive: true, force: true });
    },
  };
}

export async function statusOf(app: RunningApp): Promise<Answer<'app.status'>> {
  const status = await app.call('app.status', {});
  if (!status.ok) throw new Error(status.message);
  return status.value;
}

export async function importsOf(app: RunningApp): Promise<Answer<'imports.list'>> {
  const imports = await app.call('imports.list', {});
  if (!imports.ok) throw new Error(imports.message);
  return imports.value;
}

/** Waits until `count` imports were started and none is running. */
export async function importsEnded(app: RunningApp, count = 1): Promise<void> {
  await expect
    .poll(
      async () => {
        const imports = await importsOf(app);
        return imports.length >= count && imports.every(({ state }) => state !== 'running');
      },
      { timeout: 90_000, intervals: [100] },
    )
    .toBe(true);
}

/** Event logs below a folder, largest first. */
export function logsBelow(folder: string): string[] {
  const found: { readonly path: string; readonly size: number }[] = [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name.endsWith('.evtx')) found.push({ path, size: statSync(path).size });
  }
  return found.sort((a, b) => b.size - a.size).map(({ path }) => path);
}

export function makeFolder(parent: string, name: string): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
