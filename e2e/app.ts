import { mkdtempSync, rmSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from 'playwright';
import { findBrowser, findElectron } from '../build/tools.mjs';
import type { Answer, Bridge, Input, OperationName } from '../shared/contract/operations.ts';
import type { Result } from '../shared/result.ts';

export type AppOptions = {
  /** Import the demo investigation, as a first start does. */
  readonly demo?: boolean;
  /** A folder that is kept; else a fresh one that is removed with the app. */
  readonly storeFolder?: string;
  readonly colorScheme?: 'dark' | 'light';
  readonly viewport?: { readonly width: number; readonly height: number };
};

export type RunningApp = {
  readonly page: Page;
  /** "Electron" or the browser that stands in for it. */
  readonly runtime: string;
  readonly storeFolder: string;
  /** Every address that the window asked for, whether it was answered or refused. */
  readonly requested: readonly string[];
  /** What the page wrote as an error, refusals of the content policy included. */
  readonly errors: readonly string[];
  /** Asks as the window does, through the preload and the door. */
  call<Name extends OperationName>(operation: Name, input: Input<Name>): Promise<Result<Answer<Name>>>;
  close(): Promise<void>;
};

type Opened = { readonly page: Page; readonly runtime: string; close(): Promise<void> };
type StandIn = typeof import('../build/electron-stand-in/electron.ts');

const DIST = new URL('../dist/', import.meta.url);
const DEFAULT_VIEWPORT = { width: 1440, height: 900 };

/** Opens the built console: in Electron where its runtime is installed, else through the stand-in. Fails where neither can be. */
export async function launchApp(options: AppOptions = {}): Promise<RunningApp> {
  const storeFolder = options.storeFolder ?? mkdtempSync(join(tmpdir(), 'keepwatch-e2e-'));
  const args = ['--store', storeFolder, ...(options.demo === true ? ['--demo'] : [])];
  const electron = process.env.KEEPWATCH_RUNTIME === 'stand-in' ? null : findElectron();
  const opened = electron === null ? await openStandIn(args, options) : await openElectron(electron, args, options);
  // A press that finds nothing to press must fail with its own name, not with that of a whole journey.
  opened.page.setDefaultTimeout(20_000);
  const requested: string[] = [];
  const errors: string[] = [];
  opened.page.on('request', (request) => requested.push(request.url()));
  opened.page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  opened.page.on('pageerror', (error) => errors.push(String(error)));
  // The window asked before we listened: what the browser itself has recorded of that counts as well.
  requested.push(...(await opened.page.evaluate(() => performance.getEntriesByType('resource').map((entry) => entry.name))));
  return {
    ...opened,
    storeFolder,
    requested,
    errors,
    call: async (operation, input) => {
      const request = JSON.stringify({ operation, input });
      return JSON.parse(
        await opened.page.evaluate((text) => (globalThis as unknown as { keepwatch: Bridge }).keepwatch.call(text), request),
      );
    },
    close: async () => {
      await opened.close();
      if (options.storeFolder === undefined) rmSync(storeFolder, { recursive: true, force: true });
    },
  };
}

async function openElectron(executablePath: string, args: readonly string[], options: AppOptions): Promise<Opened> {
  const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...sandbox, fileURLToPath(new URL('main/index.js', DIST)), ...args],
    colorScheme: options.colorScheme ?? 'dark',
  });
  const page = await app.firstWindow();
  await page.setViewportSize(options.viewport ?? DEFAULT_VIEWPORT);
  return { page, runtime: 'Electron', close: () => app.close() };
}

let isRegistered = false;
let runs = 0;

/**
 * The program runs inside the test's process, each time as fresh modules: so its page is at hand without a port that anybody could reach.
 */
async function openStandIn(args: readonly string[], options: AppOptions): Promise<Opened> {
  const browser = findBrowser();
  if (browser === null) throw new Error('There is neither an Electron runtime nor a Chromium, Chrome or Edge for the end-to-end tests.');
  if (!isRegistered) register(hooksAddress());
  isRegistered = true;
  const run = `?run=${++runs}`;
  const standIn = (await import(new URL(`stand-in/electron.js${run}`, DIST).href)) as StandIn;
  const ended = new Promise<void>((resolve) => {
    standIn.configure({
      browser,
      headless: true,
      colorScheme: options.colorScheme ?? 'dark',
      viewport: options.viewport ?? DEFAULT_VIEWPORT,
      exit: () => resolve(),
    });
  });
  const page = standIn.nextPage();
  const ownArguments = process.argv;
  process.argv = [process.execPath, 'index.js', ...args];
  try {
    await import(new URL(`main/index.js${run}`, DIST).href);
  } finally {
    process.argv = ownArguments;
  }
  return {
    page: await page,
    runtime: 'stand-in',
    close: async () => {
      standIn.quit();
      await ended;
    },
  };
}

/** `electron` means the stand-in of the same run as the module that imports it. */
function hooksAddress(): string {
  const standIn = new URL('stand-in/electron.js', DIST).href;
  return `data:text/javascript,${encodeURIComponent(`export function resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: ${JSON.stringify(standIn)} + new URL(context.parentURL).search, shortCircuit: true };
  }`)}`;
}
