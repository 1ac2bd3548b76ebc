import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { currentSettings } from './settings.ts';

/** Off: everything that a browser does on a network of its own accord. */
const FLAGS = [
  '--app=about:blank',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-proxy-server',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--password-store=basic',
];

export type OpenedBrowser = { readonly context: BrowserContext; readonly page: Page; readonly userAgent: string; close(): Promise<void> };

/** Opens the installed browser over a pipe, as an app window, with a profile of its own that is thrown away. */
export async function openBrowser(width: number, height: number): Promise<OpenedBrowser> {
  const { browser, headless, colorScheme, viewport } = currentSettings();
  if (browser === '') throw new Error('KEEPWATCH_BROWSER names no browser');
  const profile = mkdtempSync(join(tmpdir(), 'keepwatch-window-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser,
    headless,
    viewport: headless ? (viewport ?? { width, height }) : null,
    colorScheme,
    acceptDownloads: false,
    serviceWorkers: 'block',
    handleSIGINT: false,
    // Chromium's sandbox refuses to run as root.
    args: [...FLAGS, `--window-size=${width},${height}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    context,
    page,
    userAgent: await page.evaluate(() => navigator.userAgent),
    async close() {
      await context.close().catch(() => {});
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
