import { launchApp } from '../app.ts';
import { expect, importsEnded, test } from '../lab/journey.ts';
import { goTo, rowsOf, streamRows } from '../lab/window.ts';

const OWN =
  /^(https:\/\/console\.keepwatch\.invalid\/|keepwatch:\/\/console\/|blob:(https:\/\/console\.keepwatch\.invalid|keepwatch:\/\/console)\/|data:)/;

test('a whole round through the console asks for nothing but its own files', async () => {
  const app = await launchApp();
  const { page } = app;
  await page.getByRole('button', { name: 'Open the demo investigation' }).click();
  await expect(streamRows(page).first()).toBeVisible({ timeout: 30_000 });
  await importsEnded(app);
  await page
    .getByRole('navigation', { name: 'Where to begin' })
    .getByRole('button', { name: /Multi-stage incident/ })
    .click();
  await streamRows(page).first().click();
  await goTo(page, 'Alerts');
  await rowsOf(page, 'Alerts').first().click();
  await goTo(page, 'Incidents');
  await rowsOf(page, 'Incidents').first().click();
  await goTo(page, 'Entities');
  await rowsOf(page, 'Entities').first().dblclick();
  for (const view of ['Evidence', 'Cases', 'Settings']) await goTo(page, view);
  for (const part of ['Detections', 'Storage', 'Keyboard', 'About']) await page.getByRole('tab', { name: part }).click();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(app.requested.length).toBeGreaterThan(2);
  expect(app.requested.filter((address) => !OWN.test(address))).toEqual([]);
  expect(app.errors).toEqual([]);
  // The window itself may remember how it looks and which case is current, and nothing of the evidence.
  const kept = await page.evaluate(() => [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(Boolean));
  expect(kept.filter((name) => !['keepwatch.theme', 'keepwatch.current-case'].includes(name))).toEqual([]);
  await app.close();
});
