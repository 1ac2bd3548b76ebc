import type { Session } from 'electron';
import { expect, test } from 'vitest';
import { applySessionRules, isAllowedAddress } from './session-rules.ts';

// biome-ignore lint/suspicious/noExplicitAny: the fake keeps what it is given, whatever its type.
function applyToFake(): any {
  const kept: Record<string, unknown> = {};
  const session = {
    setPermissionRequestHandler: (decide: unknown) => {
      kept.request = decide;
    },
    setPermissionCheckHandler: (decide: unknown) => {
      kept.check = decide;
    },
    webRequest: {
      onBeforeRequest: (decide: unknown) => {
        kept.before = decide;
      },
    },
    on: (name: string, listener: unknown) => {
      kept[name] = listener;
    },
  };
  applySessionRules(session as unknown as Session);
  return kept;
}

test('every permission but writing the clipboard is denied', () => {
  const kept = applyToFake();
  const granted: boolean[] = [];
  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'hid',
    'clipboard-sanitized-write',
  ]) {
    kept.request(null, permission, (grant: boolean) => granted.push(grant));
    expect(kept.check(null, permission)).toBe(permission === 'clipboard-sanitized-write');
  }
  expect(granted).toEqual([false, false, false, false, false, false, false, true]);
});

test('every request that is not our own is cancelled', () => {
  const kept = applyToFake();
  const isCancelled = (url: string) => {
    let cancelled: boolean | undefined;
    kept.before({ url }, (decision: { cancel: boolean }) => {
      cancelled = decision.cancel;
    });
    return cancelled;
  };
  for (const url of [
    'https://example.com/',
    'http://127.0.0.1/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'ftp://a/',
    'blob:https://a/1',
    'data:text/html,x',
  ])
    expect(isCancelled(url), url).toBe(true);
  for (const url of ['keepwatch://console/index.html', 'blob:keepwatch://console/1', 'data:image/png;base64,'])
    expect(isCancelled(url), url).toBe(false);
  expect(isAllowedAddress('not an address')).toBe(false);
});

test('downloads are refused', () => {
  const kept = applyToFake();
  let refused = false;
  kept['will-download']({
    preventDefault: () => {
      refused = true;
    },
  });
  expect(refused).toBe(true);
});
