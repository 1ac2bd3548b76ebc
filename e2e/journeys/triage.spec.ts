import type { RunningApp } from '../app.ts';
import { expect, launchOnDemo, statusOf, test } from '../lab/journey.ts';
import { goTo, pasteInto, rowsOf, rowTotal } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
  await goTo(app.page, 'Alerts');
  await expect(rowsOf(app.page, 'Alerts').first()).toBeVisible();
});
test.afterEach(async () => {
  await app.close();
});

const detail = () => app.page.getByRole('region', { name: 'Alert detail' });
/** The title of the alert; the panel's own name comes before it, for screen readers only. */
const heading = () => detail().getByRole('heading', { level: 2 }).last();
const toast = (words: RegExp) => app.page.getByRole('dialog').filter({ hasText: words });

test('the queue is worked by keyboard alone', async () => {
  const { page } = app;
  const rows = rowsOf(page, 'Alerts');
  const total = await rowTotal(page, 'Alerts');
  expect(total).toBe((await statusOf(app)).openAlerts);
  await page.keyboard.press('j');
  await expect(rows.nth(0)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('j');
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('k');
  await expect(rows.nth(0)).toHaveAttribute('aria-selected', 'true');
  await expect(detail()).toBeVisible();

  await page.keyboard.press('1');
  await expect(detail().getByRole('combobox', { name: 'Classification' })).toHaveValue('true-positive');
  await page.keyboard.press('p');
  await expect(detail().getByRole('combobox', { name: 'Status' })).toHaveValue('in-progress');
  await page.keyboard.press('e');
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(total - 1);
  expect((await statusOf(app)).openAlerts).toBe(total - 1);
  await expect(detail()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(detail()).toBeHidden();
  await page.getByRole('group', { name: 'Status' }).getByRole('button', { name: 'Resolved' }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('True positive');
});

test('checked alerts are resolved at once, and undoing gives each its own state back', async () => {
  const { page } = app;
  const rows = rowsOf(page, 'Alerts');
  const total = await rowTotal(page, 'Alerts');
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await expect(detail().getByRole('combobox', { name: 'Status' })).toHaveValue('in-progress');
  await page.keyboard.press('Escape');
  await rows.nth(0).getByRole('checkbox').check();
  await rows
    .nth(2)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  const bar = page.getByRole('toolbar', { name: 'Checked alerts' });
  await expect(bar.getByText('3 alerts checked')).toBeVisible();
  await bar.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(total - 3);
  expect((await statusOf(app)).openAlerts).toBe(total - 3);
  await toast(/3 alerts resolved/)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect.poll(() => rowTotal(page, 'Alerts')).toBe(total);
  await expect(rows.filter({ hasText: 'In progress' })).toHaveCount(1);
  expect((await statusOf(app)).openAlerts).toBe(total);
});

test('an alert says why it fired: conditions, fields of records, first response', async () => {
  const { page } = app;
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('Kerberoasting');
  await expect(rowsOf(page, 'Alerts')).toHaveCount(1);
  await rowsOf(page, 'Alerts').first().click();
  const panel = detail();
  await expect(panel.getByRole('heading', { level: 2, name: /Kerberoasting/ })).toBeVisible();
  await expect(panel.getByText('External id 2410')).toBeVisible();
  await expect(
    panel
      .getByRole('table')
      .filter({ has: page.getByRole('columnheader', { name: 'Required' }) })
      .getByRole('row')
      .nth(1),
  ).toBeVisible();
  const field = (name: string) =>
    panel
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
      .first();
  await expect(field('ServiceName')).toContainText(/svc-/);
  await expect(field('TicketEncryptionType')).toContainText(/0x17/i);
  await expect(panel.getByText(/^Record \d+ of Security\.evtx$/).first()).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'First response' })).toBeVisible();
  await expect(
    panel
      .getByRole('link', { name: /T1558\.003|Kerberoasting/ })
      .or(panel.getByText('T1558.003'))
      .first(),
  ).toBeVisible();
});

test('a comment is kept, alerts alike lead to each other, and the way goes on to the incident', async () => {
  const { page } = app;
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('pass-the-hash');
  await expect(rowsOf(page, 'Alerts').filter({ hasNotText: 'pass-the-hash' })).toHaveCount(0);
  expect(await rowsOf(page, 'Alerts').count()).toBeGreaterThan(1);
  await rowsOf(page, 'Alerts').first().click();
  const comment = detail().getByRole('textbox', { name: 'Comment' });
  await comment.fill('Asked the owner of the host: not her.');
  await detail().getByRole('button', { name: 'Save comment' }).click();
  await expect(detail().getByRole('button', { name: 'Save comment' })).toBeHidden();
  await expect(rowsOf(page, 'Alerts').first().getByLabel('Has a comment')).toBeVisible();
  const title = await heading().textContent();

  const address = page.url();
  await detail()
    .getByRole('link', { name: /pass-the-hash/ })
    .first()
    .click();
  await expect.poll(() => page.url()).not.toBe(address);
  await expect(detail().getByRole('heading', { level: 2, name: title!.trim() })).toBeVisible();
  await expect(detail().getByRole('textbox', { name: 'Comment' })).toHaveValue('');
  await page.goBack();
  await expect(detail().getByRole('textbox', { name: 'Comment' })).toHaveValue('Asked the owner of the host: not her.');

  await detail().getByRole('link', { name: 'Incident' }).click();
  const incident = page.getByRole('region', { name: 'Incident', exact: true });
  await expect(incident.getByRole('heading', { level: 2, name: /incident/i }).last()).toBeVisible();
  await expect(
    incident
      .getByRole('listitem')
      .filter({ hasText: /pass-the-hash/ })
      .first(),
  ).toBeVisible();
  await incident.getByRole('tab', { name: /Why linked/ }).click();
  await expect(
    incident
      .getByRole('tabpanel', { name: /Why linked/ })
      .getByRole('listitem')
      .first(),
  ).toContainText(' and ');
});

test('filters narrow the queue and say so when nothing is left', async () => {
  const { page } = app;
  const rows = rowsOf(page, 'Alerts');
  await page
    .getByRole('toolbar', { name: 'Filters' })
    .getByRole('button', { name: /^Severity/ })
    .click();
  await page
    .getByRole('menuitemcheckbox', { name: /High/ })
    .or(page.getByRole('menuitem', { name: /High/ }))
    .click();
  await page.keyboard.press('Escape');
  await expect(rows.filter({ hasText: 'Medium' })).toHaveCount(0);
  await expect(rows.filter({ hasText: 'High' }).first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('no alert says this');
  await expect(page.getByText('No alert matches these filters')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await expect(rows.filter({ hasText: 'Medium' }).first()).toBeVisible();
});

test('an alert is copied as JSON with its evidence', async () => {
  const { page } = app;
  await page.keyboard.press('j');
  await detail().getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'As JSON' }).click();
  await expect(toast(/Copied as JSON/)).toBeVisible();
  const pasted = JSON.parse(await pasteInto(detail().getByRole('textbox', { name: 'Comment' })));
  expect(pasted.row.title).toBe((await heading().textContent())?.trim());
  expect(pasted.evidence[0].fields.length).toBeGreaterThan(0);
  expect(pasted.evidence[0].recordId).toBeGreaterThan(0);
});
