import { expect, test } from 'playwright/test';
import { launchApp } from './app.ts';

const OWN = /^(https:\/\/console\.keepwatch\.invalid\/|keepwatch:\/\/console\/|blob:|data:)/;

test('from the first start through every view, the window asks for nothing but its own files and complains of nothing', async () => {
  const app = await launchApp({ demo: true });
  try {
    await expect.poll(async () => (await app.call('imports.list', {})).ok).toBe(true);
    await expect
      .poll(
        async () => {
          const status = await app.call('app.status', {});
          return status.ok && status.value.events > 0 && status.value.runningImports === 0;
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    for (const view of ['investigate', 'alerts', 'incidents', 'entities', 'evidence', 'cases', 'settings']) {
      await app.page.evaluate((name) => {
        location.hash = `#/${name}`;
      }, view);
      await expect(app.page.locator('#root main, #root [role=main]').first()).toBeVisible();
    }
    expect(app.requested.filter((address) => !OWN.test(address))).toEqual([]);
    expect(app.errors).toEqual([]);
  } finally {
    await app.close();
  }
});
