import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme } from 'electron';
import { isOurAddress, START_ADDRESS, WEB_PREFERENCES } from './security.ts';

/** The window's first paint, before its own style sheet is there; the same colors as `renderer/app/theme.css`. */
const BACKGROUND = { dark: '#0f1318', light: '#f6f7f9' } as const;

export function describeWindow(preload: string, isDark: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Keepwatch',
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: { ...WEB_PREFERENCES, preload },
  };
}

/** Opens the console's only window and loads its start page; `opened` gets the window before the page can ask anything. */
export async function openWindow(preload: string, opened: (window: BrowserWindow) => void): Promise<void> {
  const window = new BrowserWindow(describeWindow(preload, nativeTheme.shouldUseDarkColors));
  window.once('ready-to-show', () => window.show());
  const contents = window.webContents;
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', (event) => refuseForeign(event));
  contents.on('will-redirect', (event) => refuseForeign(event));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  opened(window);
  await window.loadURL(START_ADDRESS);
}

function refuseForeign(event: { readonly url: string; preventDefault(): void }): void {
  if (!isOurAddress(event.url)) event.preventDefault();
}

/** Brings the window to the front when the program is started a second time. */
export function raiseWindow(window: BrowserWindow | null): void {
  if (window === null || window.isDestroyed()) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
