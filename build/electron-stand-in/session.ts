import { EventEmitter } from 'node:events';
import type { Request as PageRequest, Route } from 'playwright';
import { PAGE_ORIGIN, toOwnAddress } from './addresses.ts';
import type { ProtocolPart, SessionPart } from './contract.ts';

type SchemeAnswer = Parameters<ProtocolPart['handle']>[1];
type RequestListener = Parameters<SessionPart['webRequest']['onBeforeRequest']>[0];
type PermissionCheck = Parameters<SessionPart['setPermissionCheckHandler']>[0];

let answerScheme: SchemeAnswer | null = null;
let beforeRequest: RequestListener | null = null;
let checkPermission: PermissionCheck = null;

export const protocol: ProtocolPart = {
  registerSchemesAsPrivileged: () => {},
  handle: (_scheme, answer) => {
    answerScheme = answer;
  },
};

class StandInSession extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest: SessionPart['webRequest'] = {
    onBeforeRequest: (decide) => {
      beforeRequest = decide;
    },
  };
  /** Chromium's own dialogs never show here: what is not granted beforehand is denied. */
  setPermissionRequestHandler(): void {}
  setPermissionCheckHandler(check: PermissionCheck): void {
    checkPermission = check;
  }
}

const defaultSession: SessionPart = new StandInSession();
export const session = { defaultSession };

/** Whether `main` lets the page write to the clipboard; other permissions are never granted here. */
export function allowsClipboard(): boolean {
  return checkPermission?.(null, 'clipboard-sanitized-write', `${PAGE_ORIGIN}/`, {} as never) === true;
}

/** Asks `main` about every request of the page; what it lets through is answered by its scheme, and nothing ever reaches a network. */
export async function answerRoute(route: Route): Promise<void> {
  const request = route.request();
  if (isCancelled(request) || answerScheme === null || new URL(request.url()).origin !== PAGE_ORIGIN) return route.abort('blockedbyclient');
  const answer = await answerScheme(new Request(toOwnAddress(request.url()), { method: request.method() }) as never);
  await route.fulfill({
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  });
}

function isCancelled(request: PageRequest): boolean {
  let cancelled = false;
  beforeRequest?.({ url: toOwnAddress(request.url()), method: request.method() } as never, (decision) => {
    cancelled = decision.cancel === true;
  });
  return cancelled;
}
