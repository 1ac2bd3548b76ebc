import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { corpusPath } from '../../build/corpus.ts';
import { launchApp } from '../app.ts';
import { importFolder } from '../lab/bring-evidence.ts';
import { expect, importsEnded, importsOf, statusOf, test } from '../lab/journey.ts';
import { detailPanel, goTo, rowsOf, streamRows } from '../lab/window.ts';

const corpus = corpusPath();
const folder = join(corpus ?? '', 'evtx-attack-samples', 'Credential Access');

test('real evidence: import a folder, triage what was found, and reach the record behind it', async () => {
  test.skip(corpus === null || !existsSync(folder), 'The real evidence is not on this machine.');
  const app = await launchApp();
  const { page } = app;
  test.skip(app.runtime === 'Electron', 'Electron has the dialog of the system, which a test cannot press.');
  await importFolder(page, folder);
  await importsEnded(app);
  const [row] = await importsOf(app);
  expect(row).toMatchObject({ state: 'done' });
  expect(row!.stored).toBeGreaterThan(100);
  expect((await statusOf(app)).alerts).toBeGreaterThan(2);
  await goTo(page, 'Alerts');
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('DCSync');
  await expect(rowsOf(page, 'Alerts').filter({ hasNotText: 'DCSync' })).toHaveCount(0);
  await rowsOf(page, 'Alerts').first().click();
  const panel = page.getByRole('region', { name: 'Alert detail' });
  await expect(panel.getByRole('rowheader', { name: 'Properties' }).first()).toBeVisible();
  await panel
    .getByRole('button', { name: /^Show in Investigate: / })
    .first()
    .click();
  await expect(streamRows(page).first()).toBeVisible();
  await expect(detailPanel(page).getByRole('heading', { name: /^All \d+ fields, as logged$/ })).toBeVisible();
  await expect(detailPanel(page).getByRole('region', { name: 'Fields' })).toContainText('1131f6a');
  expect(app.errors).toEqual([]);
  await app.close();
});
