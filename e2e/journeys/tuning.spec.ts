import type { RunningApp } from '../app.ts';
import { expect, launchOnDemo, statusOf, test } from '../lab/journey.ts';
import { goTo, rowsOf, rowTotal } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
  await goTo(app.page, 'Alerts');
  await expect(rowsOf(app.page, 'Alerts').first()).toBeVisible();
});
test.afterEach(async () => {
  expect(app.errors).toEqual([]);
  await app.close();
});

const detail = () => app.page.getByRole('region', { name: 'Alert detail' });
const dialog = () => app.page.getByRole('dialog', { name: 'Exclude alerts' });
const toast = (words: RegExp) => app.page.getByRole('dialog').filter({ hasText: words });
const counter = () => app.page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Alerts/ });

async function openDetection(name: RegExp): Promise<void> {
  await goTo(app.page, 'Settings');
  await app.page.getByRole('tab', { name: 'Detections' }).click();
  await app.page.getByRole('grid', { name: 'Detections' }).getByRole('row', { name }).click();
}

test('an alert is excluded with its preview, leaves the queue and its counts, and undoing brings it back', async () => {
  const { page } = app;
  const total = await rowTotal(page, 'Alerts');
  const before = await statusOf(app);
  await rowsOf(page, 'Alerts').filter({ hasText: 'Scheduled task created over the network' }).click();
  await detail().getByRole('button', { name: 'Exclude…' }).click();
  await expect(dialog().getByLabel('Detection')).toHaveValue('scheduled-task-remote');
  await expect(dialog().getByLabel('Entity', { exact: true })).toHaveValue('svc-backup');
  await expect(dialog().getByText(`Would hide 1 of ${before.alerts} alerts`)).toBeVisible();
  await expect(dialog().getByText('1 alert of high severity would no longer be seen.')).toBeVisible();
  await expect(dialog().getByRole('button', { name: 'Exclude', exact: true })).toBeDisabled();
  await dialog().getByLabel('Reason (required)').fill('Nightly task, confirmed by its owner');
  await dialog().getByLabel('Author (required)').fill('Dana');
  await dialog().getByRole('button', { name: 'Exclude', exact: true }).click();
  await expect(dialog()).toBeHidden();
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(total - 1);
  expect(await statusOf(app)).toMatchObject({ openAlerts: before.openAlerts - 1, alerts: before.alerts - 1 });
  await expect(counter()).toContainText(String(before.openAlerts - 1));
  await expect(detail().getByText('by an exclusion of Dana: Nightly task')).toBeVisible();

  await page.getByRole('button', { name: 'Show 1 alert hidden by exclusions' }).click();
  await expect(rowsOf(page, 'Alerts')).toHaveCount(1);
  await page.getByRole('button', { name: 'Back to the queue' }).click();
  await toast(/Exclusion added: it hides 1 alert/)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(total);
  expect((await statusOf(app)).openAlerts).toBe(before.openAlerts);
});

test('a range that is no range and an exclusion that is too wide are told before anything is hidden', async () => {
  const { page } = app;
  await page.evaluate(() => {
    location.hash = '#/settings?part=exclusions';
  });
  await page.getByRole('toolbar', { name: 'Exclusions' }).getByRole('button', { name: 'Add exclusion…' }).click();
  await dialog().getByLabel('Address or range').fill('10.20.0.1/8');
  await expect(dialog().getByRole('alert')).toContainText('is no address or range');
  await dialog().getByLabel('Address or range').fill('10.0.0.0/8');
  await expect(dialog().getByRole('alert')).toContainText('This is wide');
  await page.keyboard.press('Escape');
  await expect(page.getByText('No exclusions')).toBeVisible();
  expect((await app.call('exclusions.list', {})).ok && (await statusOf(app)).alerts).toBeGreaterThan(0);
});

test('exclusions come from a file: bad rows are told with their line, the good ones are added and removed again', async () => {
  const { page } = app;
  const before = await statusOf(app);
  await page.evaluate(() => {
    location.hash = '#/settings?part=exclusions';
  });
  await page.getByRole('toolbar', { name: 'Exclusions' }).getByRole('button', { name: 'Import CSV…' }).click();
  const box = page.getByRole('dialog', { name: 'Import exclusions' });
  const text =
    'detection,entity,role,expires,reason,author\r\ndcsync,,,2100-01-01,Sync server,Eve\r\nno-such,,,,x,Eve\r\n,svc-backup,actor,2020-01-01,Over,Eve\r\n';
  await box.getByLabel('File').setInputFiles({ name: 'exclusions.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(box.getByRole('row', { name: /^Line 3/ })).toContainText('There is no detection "no-such"');
  await expect(box.getByText(`Would hide 1 of ${before.alerts} alerts`)).toBeVisible();
  await box.getByRole('button', { name: 'Add the 2 good rows, leave out 1' }).click();
  await expect(box).toBeHidden();
  const rows = rowsOf(page, 'Exclusions');
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: 'svc-backup' })).toContainText('Expired');
  expect((await statusOf(app)).alerts).toBe(before.alerts - 1);
  await rows.filter({ hasText: 'Sync server' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(rows).toHaveCount(1);
  expect((await statusOf(app)).alerts).toBe(before.alerts);
  await toast(/1 exclusion removed/)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(rows).toHaveCount(2);
  expect((await statusOf(app)).alerts).toBe(before.alerts - 1);
});

test('a detection in test mode lists its alerts apart and counts none of them', async () => {
  const { page } = app;
  const before = await statusOf(app);
  await openDetection(/Suspected DCSync/);
  await page.getByRole('group', { name: 'Mode' }).getByRole('button', { name: 'Test' }).click();
  await expect.poll(async () => (await statusOf(app)).alerts).toBe(before.alerts - 1);
  await goTo(page, 'Alerts');
  await page.getByRole('combobox', { name: 'List' }).selectOption('test');
  await expect(rowsOf(page, 'Alerts')).toHaveCount(1);
  await expect(rowsOf(page, 'Alerts').first()).toContainText(/Test.*DCSync/);
  await rowsOf(page, 'Alerts').first().click();
  await expect(detail().getByText('Its detection is in test mode')).toBeVisible();
  await expect(detail().getByRole('link', { name: 'Incident' })).toBeHidden();
});

test('a lower level says its numbers, and its alerts name them', async () => {
  const { page } = app;
  await openDetection(/Suspected brute-force/);
  const numbers = page.getByRole('table', { name: 'Numbers of each level' });
  await expect(
    numbers.getByRole('row', { name: '20 records within 30 min 12 records within 30 min 7 records within 30 min' }),
  ).toBeVisible();
  await page.getByRole('group', { name: 'Threshold level' }).getByRole('button', { name: 'Low' }).click();
  await openDetection(/Suspected DCSync/);
  await expect(page.getByText('It has no threshold')).toBeVisible();
  await goTo(page, 'Alerts');
  await rowsOf(page, 'Alerts').filter({ hasText: 'Suspected brute-force' }).click();
  await expect(detail().getByText('at least 7 within 30 min')).toBeVisible();
});

test('informational alerts do not stand among attacks until they are asked for', async () => {
  const { page } = app;
  const status = await statusOf(app);
  const rows = rowsOf(page, 'Alerts');
  expect(await rowTotal(page, 'Alerts')).toBe(status.openAlerts);
  const left = status.alerts - status.openAlerts;
  expect(left).toBeGreaterThan(1);
  await page.getByRole('button', { name: `Show ${left} informational alerts not shown` }).click();
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(status.alerts);
  await expect(page.getByText(/informational alerts not shown/)).toBeHidden();
  await expect(rows.first()).toBeVisible();
});
