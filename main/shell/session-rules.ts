import type { Session } from 'electron';
import { isOurAddress } from './security.ts';

/** Addresses that make no connection: pictures and workers that the window made itself, and Chromium's own tools for developers. */
const WITHIN_THE_WINDOW = /^(blob:keepwatch:\/\/console\/|data:image\/|devtools:\/\/)/;

/** Nothing leaves, nothing is asked for, nothing is downloaded. */
export function applySessionRules(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'webRequest' | 'on'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, grant) => grant(isHarmless(permission)));
  session.setPermissionCheckHandler((_contents, permission) => isHarmless(permission));
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isAllowedAddress(details.url) }));
  session.on('will-download', (event) => event.preventDefault());
}

/** "Copy as text" writes to the clipboard; nothing else is granted, reading it included. */
function isHarmless(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

export function isAllowedAddress(address: string): boolean {
  return isOurAddress(address) || WITHIN_THE_WINDOW.test(address);
}
