/**
 * Every security setting of the window, in one list; `security.test.ts` reads it back from a window that was opened with it.
 * Follows the checklist of Electron's security guide (electronjs.org/docs/latest/tutorial/security).
 */
export const SCHEME = 'keepwatch';
export const ORIGIN = 'keepwatch://console';
export const START_ADDRESS = `${ORIGIN}/index.html`;

export const SCHEME_PRIVILEGES = {
  standard: true,
  secure: true,
  supportFetchAPI: true,
  stream: false,
  corsEnabled: false,
  bypassCSP: false,
  allowServiceWorkers: false,
  codeCache: true,
} as const;

export const WEB_PREFERENCES = {
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
} as const;

export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const RESPONSE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-cache',
};

/** True for an address of our own scheme and host. The scheme is not one that `URL.origin` knows, so its two parts are compared. */
export function isOurAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${SCHEME}:` && url.host === 'console';
  } catch {
    return false;
  }
}
