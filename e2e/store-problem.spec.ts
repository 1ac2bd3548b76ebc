import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { launchApp } from './app.ts';

let storeFolder: string;
test.beforeEach(() => {
  storeFolder = mkdtempSync(join(tmpdir(), 'keepwatch-e2e-store-'));
});
test.afterEach(() => rmSync(storeFolder, { recursive: true, force: true }));

test('a damaged store opens a window that says so', async () => {
  writeFileSync(join(storeFolder, 'keepwatch.db'), 'this is no database, and long enough to be taken for one. '.repeat(200));
  const app = await launchApp({ storeFolder });
  try {
    const status = await app.call('app.status', {});
    expect(status).toMatchObject({ ok: false, code: 'store-damaged' });
    await expect(app.page.getByText(status.ok ? '' : status.message).first()).toBeVisible();
  } finally {
    await app.close();
  }
});

test('a store that another console holds opens a window that says so, and the first one goes on', async () => {
  const first = await launchApp({ storeFolder });
  const second = await launchApp({ storeFolder });
  try {
    const status = await second.call('app.status', {});
    expect(status).toMatchObject({ ok: false, code: 'store-locked' });
    await expect(second.page.getByText(status.ok ? '' : status.message).first()).toBeVisible();
    expect(await first.call('app.status', {})).toMatchObject({ ok: true });
    await first.close();
    // The window asks again of its own accord as well: the button may be gone before it is pressed.
    const again = second.page.getByRole('button', { name: 'Try again' });
    await expect(async () => {
      if (await again.isVisible()) await again.click({ timeout: 1_000 }).catch(() => {});
      await expect(again).toBeHidden({ timeout: 1_000 });
    }).toPass();
    expect(await second.call('app.status', {})).toMatchObject({ ok: true });
  } finally {
    await second.close();
  }
});
