import { expect, test } from 'playwright/test';
import { launchApp, type RunningApp } from './app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(async () => {
  await app.close();
});

test('the window opens and the engine answers', async () => {
  const status = await app.call('app.status', {});
  expect(status).toMatchObject({ ok: true, value: { files: 0, events: 0 } });
  expect(status.ok && status.value.runtime).toMatch(app.runtime === 'Electron' ? /^Electron \d/ : /^Chromium \d+ \(stand-in\)$/);
  await expect(app.page.locator('#root')).not.toBeEmpty();
});

test('the page runs under the content policy without a complaint', () => {
  expect(app.errors).toEqual([]);
});

test('nothing of the page leaves the machine', async () => {
  const reached = await app.page.evaluate(async () => {
    const attempts = await Promise.allSettled([
      fetch('https://example.com/'),
      fetch('http://127.0.0.1:9/'),
      new Promise((resolve, reject) => {
        const image = new Image();
        image.onload = resolve;
        image.onerror = reject;
        image.src = 'https://example.com/picture.png';
      }),
      new Promise((resolve, reject) => {
        const socket = new WebSocket('wss://example.com/');
        socket.onopen = resolve;
        socket.onerror = reject;
        socket.onclose = reject;
      }),
    ]);
    return attempts.filter((attempt) => attempt.status === 'fulfilled').length;
  });
  expect(reached).toBe(0);
  const own = /^(https:\/\/console\.keepwatch\.invalid|keepwatch:\/\/console|blob:|data:)/;
  expect(
    app.requested.filter((address) => !own.test(address) && !address.includes('example.com') && !address.includes('127.0.0.1')),
  ).toEqual([]);
});

test('the page can neither leave nor open another', async () => {
  const before = app.page.url();
  await app.page.evaluate(() => void window.open('https://example.com/'));
  await app.page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  await expect.poll(() => app.page.context().pages().length).toBe(1);
  expect(app.page.url()).toBe(before);
  expect(await app.call('app.status', {})).toMatchObject({ ok: true });
});

test('a malformed or unknown question gets a problem, not a crash', async () => {
  const answers = await app.page.evaluate(async () => {
    const bridge = (globalThis as unknown as { keepwatch: { call(request: string): Promise<string> } }).keepwatch;
    const requests = ['', '{', '[]', '{"operation":"__proto__"}', '{"operation":"events.page","input":{}}'];
    return Promise.all(requests.map(async (request) => JSON.parse(await bridge.call(request)).code));
  });
  expect(answers).toEqual(Array.from({ length: 5 }, () => 'invalid-input'));
});
