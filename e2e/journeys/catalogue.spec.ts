import { expect, test } from 'playwright/test';
import { launchApp, type RunningApp } from '../app.ts';
import { goTo, rowsOf } from '../lab/window.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await launchApp();
});
test.afterAll(async () => {
  await app.close();
});

test('an analyst sees for each alert of the catalogue whether it works here', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  const shown = page.getByRole('group', { name: 'Shown alerts' });
  await expect(shown.getByRole('button', { name: 'All 212' })).toHaveAttribute('aria-pressed', 'true');
  await shown.getByRole('button', { name: /^Import only/ }).click();
  await expect(rowsOf(page, 'Catalogue of identity alerts').first()).toContainText('cloud service');
  await shown.getByRole('button', { name: /^Works/ }).click();
  await expect(rowsOf(page, 'Catalogue of identity alerts').first()).toContainText('Works from Windows events');
});
