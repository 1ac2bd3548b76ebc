import { expect, test, vi } from 'vitest';

const made: { options: Record<string, unknown>; contents: FakeContents }[] = [];
type FakeContents = { listeners: Map<string, (event: unknown) => void>; openDecision: unknown; address: string };

vi.mock('electron', () => {
  class BrowserWindow {
    readonly contents: FakeContents = { listeners: new Map(), openDecision: null, address: '' };
    readonly webContents = {
      setWindowOpenHandler: (decide: (details: unknown) => unknown) => {
        this.contents.openDecision = decide({ url: 'https://example.com/' });
      },
      on: (name: string, listener: (event: unknown) => void) => this.contents.listeners.set(name, listener),
    };
    constructor(options: Record<string, unknown>) {
      made.push({ options, contents: this.contents });
    }
    once() {}
    async loadURL(address: string) {
      this.contents.address = address;
    }
  }
  return { BrowserWindow, nativeTheme: { shouldUseDarkColors: false } };
});

const { openWindow } = await import('./window.ts');
const { CONTENT_POLICY, isOurAddress, RESPONSE_HEADERS, START_ADDRESS } = await import('./security.ts');

/** Whether the listener of that event refuses a step to this address. */
function refuses(contents: FakeContents, event: string, details: { url: string; isMainFrame?: boolean }): boolean {
  let refused = false;
  contents.listeners.get(event)?.({
    ...details,
    preventDefault: () => {
      refused = true;
    },
  });
  return refused;
}

test('the window is opened with every setting of the list', async () => {
  await openWindow('/preload.cjs', () => {});
  const { options, contents } = made[0]!;
  expect(options.webPreferences).toEqual({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    safeDialogs: true,
    preload: '/preload.cjs',
  });
  expect(contents.address).toBe(START_ADDRESS);
  expect(contents.openDecision).toEqual({ action: 'deny' });
  expect(refuses(contents, 'will-navigate', { url: 'https://example.com/' })).toBe(true);
  expect(refuses(contents, 'will-navigate', { url: START_ADDRESS })).toBe(false);
  expect(refuses(contents, 'will-redirect', { url: 'file:///etc/passwd' })).toBe(true);
  expect(refuses(contents, 'will-frame-navigate', { url: START_ADDRESS, isMainFrame: false })).toBe(true);
  expect(refuses(contents, 'will-attach-webview', { url: START_ADDRESS })).toBe(true);
});

test('the content policy allows nothing that the list does not name', () => {
  const rules = Object.fromEntries(CONTENT_POLICY.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]));
  expect(rules).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  });
  expect(RESPONSE_HEADERS['x-content-type-options']).toBe('nosniff');
});

test('only our own scheme and host are our address', () => {
  expect(isOurAddress('keepwatch://console/index.html#/alerts')).toBe(true);
  for (const address of [
    '',
    'keepwatch://other/',
    'https://console/',
    'keepwatch:console',
    'keepwatch://console.evil/',
    'keepwatch://console@evil/',
  ])
    expect(isOurAddress(address), address).toBe(false);
});
