import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { RunningApp } from '../app.ts';
import { typeFolder } from '../lab/bring-evidence.ts';
import { expect, launchOnDemo, statusOf, test } from '../lab/journey.ts';
import { goTo, rowsOf, rowTotal } from '../lab/window.ts';

const RULES: Readonly<Record<string, string>> = {
  'office-shell.yml': rule('Shell started by Word', 'a1b2c3d4-0000-4000-8000-000000000001', 'high', 'category: process_creation', [
    "ParentImage|endswith: '\\WINWORD.EXE'",
    "Image|endswith: '\\cmd.exe'",
  ]),
  'locked.yml': rule('Workstation locked', 'a1b2c3d4-0000-4000-8000-000000000002', 'informational', 'service: security', ['EventID: 4800']),
  'app-locker.yml': rule('Script was blocked', 'a1b2c3d4-0000-4000-8000-000000000003', 'medium', 'service: applocker', ['EventID: 8007']),
  'odd.yml': rule('Odd modifier', 'a1b2c3d4-0000-4000-8000-000000000004', 'low', 'service: security', [
    "TargetUserName|sounds_like: 'admin'",
  ]),
};

function rule(title: string, id: string, level: string, source: string, fields: readonly string[]): string {
  const head = [
    `title: ${title}`,
    `id: ${id}`,
    'status: stable',
    `level: ${level}`,
    'author: The laboratory',
    'tags: [attack.execution, attack.t1059.001]',
  ];
  const tested = fields.map((field) => `    ${field}`);
  return [
    ...head,
    'logsource:',
    '  product: windows',
    `  ${source}`,
    'detection:',
    '  selection:',
    ...tested,
    '  condition: selection',
    '',
  ].join('\n');
}

async function writeRules(path: string): Promise<string> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(RULES)) zip.addBuffer(Buffer.from(text), name, { mtime: new Date(0) });
  zip.end();
  writeFileSync(path, await buffer(zip.outputStream as NodeJS.ReadableStream));
  return path;
}

let app: RunningApp;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
});
test.afterEach(async () => {
  await app.close();
});

async function addRules(scratch: string): Promise<void> {
  const { page } = app;
  await writeRules(join(scratch, 'rules.zip'));
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Sigma' }).click();
  await expect(page.getByText('No Sigma rules yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add files or a ZIP' }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose Sigma rules (.yml, .zip)' });
  await typeFolder(dialog, scratch);
  await dialog.getByRole('row').filter({ hasText: 'rules.zip' }).dblclick();
  await expect(shown().getByRole('button', { name: 'Fired 2' })).toBeVisible();
}
const shown = () => app.page.getByRole('group', { name: 'Shown rules' });
const rules = () => rowsOf(app.page, 'Sigma rules');

test('rules of a zip are added, say what became of them, and give alerts that a level switches off', async ({ scratch }) => {
  const { page } = app;
  const before = (await statusOf(app)).alerts;
  await addRules(scratch);
  await expect(rules()).toHaveCount(4);
  await expect(rules().filter({ hasText: 'Script was blocked' })).toContainText('Cannot fire here');
  await shown().getByRole('button', { name: 'Not supported 1' }).click();
  await rules().filter({ hasText: 'Odd modifier' }).click();
  const panel = page.getByRole('region', { name: 'Sigma rule' });
  await expect(panel.getByText('Line 12:')).toBeVisible();
  await expect(panel.getByText('the modifier "sounds_like" is not supported')).toBeVisible();
  await expect(panel.getByRole('listitem').filter({ hasText: 'the reason is about this line' })).toContainText('TargetUserName');
  await panel.getByRole('button', { name: 'Close the rule' }).click();
  await shown().getByRole('button', { name: /^All/ }).click();

  await page.getByRole('checkbox', { name: /^informational/ }).uncheck();
  await expect(shown().getByRole('button', { name: 'Switched off 1' })).toBeVisible();
  await expect.poll(async () => (await statusOf(app)).alerts).toBe(before + 1);

  await goTo(page, 'Alerts');
  await page.getByRole('button', { name: 'Source' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Sigma' }).click();
  await page.keyboard.press('Escape');
  await expect(rowsOf(page, 'Alerts')).toHaveCount(1);
  await rowsOf(page, 'Alerts').first().click();
  const detail = page.getByRole('region', { name: 'Alert detail' });
  await expect(detail.getByText('Sigma', { exact: true }).first()).toBeVisible();
  await expect(detail.getByText('selection: ends with \\WINWORD.EXE').first()).toBeVisible();

  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Sigma' }).click();
  await page.getByRole('checkbox', { name: /^high/ }).uncheck();
  await expect.poll(async () => (await statusOf(app)).alerts).toBe(before);
  await goTo(page, 'Alerts');
  await expect(rowsOf(page, 'Alerts').filter({ hasText: 'Shell started by Word' })).toHaveCount(0);
});

test('a removed set comes back, with its switches, when that is undone', async ({ scratch }) => {
  const { page } = app;
  await addRules(scratch);
  const withRules = (await statusOf(app)).alerts;
  await page.getByRole('button', { name: 'Remove rules.zip' }).click();
  await expect(page.getByText('No Sigma rules yet')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await expect(shown().getByRole('button', { name: 'Fired 2' })).toBeVisible();
  await expect.poll(async () => (await statusOf(app)).alerts).toBe(withRules);
  expect(await rowTotal(page, 'Sigma rules')).toBe(4);
});
