import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatMoment } from '../../shared/model/time.ts';
import type { RunningApp } from '../app.ts';
import { dropFiles } from '../lab/bring-evidence.ts';
import { expect, importsEnded, importsOf, launchOnDemo, test } from '../lab/journey.ts';
import { goTo, rowsOf } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
});
test.afterEach(async () => {
  await app.close();
});

/** Exports as a cloud product would have made them of the demo: of an act that Keepwatch sees as well, and of one that nothing on site shows. */
async function writeExports(folder: string): Promise<string[]> {
  const found = await app.call('alerts.page', { filter: { detections: ['dcsync'] }, sort: 'oldest', cursor: null, limit: 1 });
  if (!found.ok || found.value.rows.length === 0) throw new Error('the demo has no DCSync alert');
  const [{ firstAt, entities }] = found.value.rows;
  const thief = entities.find(({ role }) => role === 'actor')!;
  const userAccount = { accountName: thief.name, domainName: '', userSid: thief.id.replace('sid:', '') };
  const evidence = [
    { '@odata.type': '#microsoft.graph.security.userEvidence', roles: ['attacker'], userAccount },
    { '@odata.type': '#microsoft.graph.security.ipEvidence', roles: ['source'], ipAddress: '203.0.113.77' },
  ];
  const alert = (id: string, title: string, severity: string, status: string) => ({
    id,
    title,
    severity,
    status,
    description: `${title}, as its product tells it.`,
    serviceSource: 'microsoftDefenderForIdentity',
    category: 'CredentialAccess',
    mitreTechniques: ['T1003.006'],
    alertWebUrl: `https://security.example/alerts/${id}`,
    firstActivityDateTime: formatMoment(firstAt),
    lastActivityDateTime: formatMoment(firstAt),
    evidence,
  });
  const value = [
    alert('da639000000000000001_1', 'Suspected DCSync attack (replication of directory services)', 'high', 'new'),
    alert('da639000000000000002_1', 'Suspicious Okta account enumeration', 'medium', 'inProgress'),
  ];
  const files = { 'alerts.json': JSON.stringify({ value }, null, 2), 'again.json': JSON.stringify(value) };
  return Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
}

test('alerts that another product exported stand in the queue, in the catalogue and in the incident of the same act', async ({
  scratch,
}) => {
  const { page } = app;
  const before = (await importsOf(app)).length;
  await dropFiles(page, await writeExports(scratch));
  await importsEnded(app, before + 1);

  await goTo(page, 'Alerts');
  await page.getByRole('button', { name: 'Source' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Imported' }).click();
  await page.keyboard.press('Escape');
  const rows = rowsOf(page, 'Alerts');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Suspicious Okta account enumeration');
  await expect(rows.nth(1)).toContainText('In progress');
  await rows.first().click();
  const detail = page.getByRole('region', { name: 'Alert detail' });
  await expect(detail.getByText('Imported from Microsoft Defender for Identity').first()).toBeVisible();
  await expect(detail.getByRole('heading', { name: /^Keepwatch saw the same act/ })).toBeVisible();
  await detail.getByRole('link', { name: 'Incident', exact: true }).click();
  const incident = page.getByRole('region', { name: 'Incident', exact: true });
  await incident.getByRole('tab', { name: /^Alerts/ }).click();
  await expect(incident.getByText('Imported', { exact: true }).first()).toBeVisible();

  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Catalogue' }).click();
  await page
    .getByRole('group', { name: 'Shown alerts' })
    .getByRole('button', { name: /^Import only/ })
    .click();
  await expect(page.getByRole('region', { name: 'How to import alerts of other products' })).toContainText('AlertEvidence');
  const row = rowsOf(page, 'Catalogue of identity alerts').filter({ hasText: 'Suspicious Okta account enumeration' });
  await row.first().getByRole('link', { name: '1' }).click();
  await expect(rowsOf(page, 'Alerts')).toHaveCount(1);
  expect(app.errors).toEqual([]);
});
