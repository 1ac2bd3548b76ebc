import { launchApp, type RunningApp } from '../app.ts';
import { writeGappyLogs } from '../lab/gappy-logs.ts';
import { expect, importsEnded, test } from '../lab/journey.ts';
import { goTo } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async ({ scratch }) => {
  app = await launchApp();
  const started = await app.call('imports.start', { paths: [writeGappyLogs(scratch)] });
  expect(started.ok).toBe(true);
  await importsEnded(app);
});
test.afterEach(async () => {
  await app.close();
});

const cell = (host: string, day: string) => app.page.getByRole('button', { name: new RegExp(`^${host}, ${day}: `) });

test('an analyst sees on which hosts and days the logs could not tell, and why', async () => {
  const { page } = app;
  await goTo(page, 'Evidence');
  await page.getByRole('tab', { name: /^What could not be detected/ }).click();
  await page.getByRole('button', { name: 'By host and day' }).click();
  await expect(cell('DC01', '2026-03-02')).toHaveAccessibleName(/Whole$/);
  await expect(cell('WS01', '2026-03-04')).toHaveAccessibleName(/Blind$/);

  await cell('DC01', '2026-03-03').click();
  const reasons = page.getByRole('list', { name: 'Blind spots' });
  await expect(reasons).toContainText(
    'The Security log has a gap. It usually has a record every 5 min; its record numbers say that 900 are missing.',
  );
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(reasons).toContainText('There is no Security log of this host in the evidence.');

  await cell('SRV01', '2026-03-02').click();
  await expect(reasons).toContainText('The Security log was cleared');
  await reasons.getByRole('button', { name: 'Open the record that says so in the timeline' }).click();
  await expect(page.getByRole('complementary', { name: 'Details of the selection' })).toContainText('1102');
});

test('one detection is asked, and the reasons are saved as a table', async () => {
  const { page } = app;
  await goTo(page, 'Settings');
  await page.getByRole('tab', { name: 'Detections' }).click();
  await page.getByRole('row', { name: /Suspected Kerberoasting/ }).click();
  const panel = page.getByRole('region', { name: /Suspected Kerberoasting/ });
  await expect(panel).toContainText('Its records could be written on the one domain controller every day.');
  await panel.getByRole('link', { name: 'Hosts and days, with reasons' }).click();
  await expect(page.getByRole('table', { name: 'Hosts by days' }).getByRole('rowheader')).toHaveText(['DC01DC']);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('keepwatch-blind-spots.csv');
  await expect(page.getByRole('dialog').filter({ hasText: '2 blind spots saved as keepwatch-blind-spots.csv' })).toBeVisible();
});

test('an analyst asks why a detection did not fire and opens the nearest record', async () => {
  const { page } = app;
  await goTo(page, 'Entities');
  await page.getByRole('row', { name: /svc-sql/ }).dblclick();
  await page.getByRole('button', { name: 'Why did … not fire?' }).click();
  const question = page.getByRole('group', { name: 'Question' });
  await expect(question.getByRole('combobox', { name: 'Entity' })).toHaveValue('svc-sql');
  await question.getByRole('combobox', { name: 'Detection' }).selectOption({ value: 'kerberoasting' });
  const answer = page.getByRole('status').first();
  await expect(answer).toHaveText(
    /^None of [\d,]+ records of svc-sql matched; the nearest failed 1 condition: “it is encrypted with RC4 or DES”\./,
  );
  const miss = page.getByRole('article').first();
  await expect(miss.getByRole('listitem').first()).toContainText('it is encrypted with RC4 or DES');
  await expect(miss.getByLabel('Failed')).toHaveCount(1);
  await miss.getByRole('button', { name: 'Open in timeline' }).click();
  await expect(page.getByRole('complementary', { name: 'Details of the selection' })).toContainText('4769');
});

test('groups that were too few say by how much, and times without records say what could hide them', async () => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('not fire');
  await page.getByRole('option', { name: /Why did a detection not fire/ }).click();
  const question = page.getByRole('group', { name: 'Question' });
  await question.getByRole('combobox', { name: 'Detection' }).selectOption({ value: 'password-spraying' });
  await question.getByRole('combobox', { name: 'Entity' }).fill('DC01');
  await page.getByRole('option', { name: /DC01/ }).click();
  const answer = page.getByRole('status').first();
  await expect(answer).toContainText(
    '3 records of DC01 matched, but were too few: 2 of 5, with 2 of 5 distinct accounts, within 1 min (same source).',
  );
  await expect(page.getByRole('progressbar', { name: '3 of 8 records within 10 min, 3 of 8 distinct accounts' })).toBeVisible();

  await question.getByRole('button', { name: 'at any time' }).click();
  await page.getByLabel('From (UTC)').fill('2026-03-03 06:30');
  await page.getByLabel('To (UTC)').fill('2026-03-03 11:00');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(answer).toContainText('names DC01 in this time, and the logs that would hold one have blind spots there.');
  await expect(page.getByRole('list', { name: 'Blind spots' })).toContainText('The Security log has a gap.');
});
