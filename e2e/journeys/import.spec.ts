import { cpSync } from 'node:fs';
import { basename, join } from 'node:path';
import { launchApp, type RunningApp } from '../app.ts';
import { writeCutLog, writeDamagedLog, writeFailedLogons } from '../evidence.ts';
import { browseTo, dropFiles, importFolder } from '../lab/bring-evidence.ts';
import { expect, importsEnded, importsOf, logsBelow, makeFolder, statusOf, test } from '../lab/journey.ts';
import { goTo, rowsOf } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

test('files dropped on the window travel in pieces and are imported', async ({ demoLogs, scratch }) => {
  const [largest] = logsBelow(demoLogs);
  const lines = writeFailedLogons(join(scratch, 'logons.jsonl'), 40);
  await dropFiles(app.page, [largest!, lines]);
  await importsEnded(app);
  const [row] = await importsOf(app);
  expect(row).toMatchObject({ state: 'done', files: 2, rejected: 0, duplicate: 0 });
  expect(row!.stored).toBeGreaterThan(1_000);
  await goTo(app.page, 'Evidence');
  await rowsOf(app.page, 'Imports').first().click();
  const report = app.page.getByRole('region', { name: 'Import report' });
  await report.getByRole('button', { name: /logons\.jsonl/ }).click();
  await expect(report.getByText('40 read = 40 stored + 0 duplicate; 0 rejected')).toBeVisible();
  await expect(report.getByText(basename(largest!)).first()).toBeVisible();
});

test('the file browser imports what is checked, and the report names every place that could not be read', async ({ demoLogs, scratch }) => {
  const { page } = app;
  test.skip(app.runtime === 'Electron', 'Electron has the dialog of the system, which a test cannot press.');
  const [first, second] = logsBelow(demoLogs);
  writeCutLog(first!, join(scratch, 'cut.evtx'));
  writeDamagedLog(second!, join(scratch, 'damaged.evtx'), 5);
  writeFailedLogons(join(scratch, 'left-alone.jsonl'), 10);
  await browseTo(page, scratch);
  const files = rowsOf(page, 'Files');
  await expect(files).toHaveCount(3);
  for (const name of ['cut.evtx', 'damaged.evtx']) await files.filter({ hasText: name }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Import 2 items' }).click();
  await importsEnded(app);
  await goTo(page, 'Evidence');
  await rowsOf(page, 'Imports').first().click();
  const report = page.getByRole('region', { name: 'Import report' });
  await expect(report.getByText('2 files')).toBeVisible();
  await report.getByRole('button', { name: /damaged\.evtx/ }).click();
  const rejects = report.getByRole('table', { name: /^Not read: / });
  // Chunk 5 of the log begins behind the header and five chunks.
  await expect(
    rejects
      .getByRole('row')
      .filter({ hasText: `0x${(4_096 + 5 * 65_536).toString(16)}` })
      .first(),
  ).toBeVisible();
  await report.getByRole('button', { name: /damaged\.evtx/ }).click();
  await report.getByRole('button', { name: /cut\.evtx/ }).click();
  await expect(rejects.getByRole('row').nth(1)).toContainText(/0x2\d{4}/);
  const [row] = await importsOf(app);
  expect(row!.stored).toBeGreaterThan(100);
  expect(row!.rejected).toBeGreaterThan(1);
  expect(row!.read).toBe(row!.stored + row!.duplicate);
});

test('a file that is no evidence is said to be none, and a file that is gone is named', async ({ scratch }) => {
  const { page } = app;
  cpSync(new URL('../../package.json', import.meta.url).pathname, join(scratch, 'settings.evtx'));
  await dropFiles(page, [join(scratch, 'settings.evtx')]);
  await importsEnded(app);
  await goTo(page, 'Evidence');
  await rowsOf(page, 'Imports').first().click();
  await expect(
    page.getByRole('region', { name: 'Import report' }).getByRole('button', { name: /settings\.evtx.*Not recognized/ }),
  ).toBeVisible();
  expect(await statusOf(app)).toMatchObject({ events: 0 });
  const gone = await app.call('imports.start', { paths: [join(scratch, 'gone.evtx')] });
  await importsEnded(app, gone.ok ? 2 : 1);
  if (gone.ok) await expect(rowsOf(page, 'Imports').filter({ hasText: 'gone.evtx' })).toBeVisible();
  else expect(gone.message).toContain('gone.evtx');
});

test('an import is cancelled, goes on when repeated, adds nothing a third time, and is removed', async ({ demoLogs, scratch }) => {
  const { page } = app;
  test.skip(app.runtime === 'Electron', 'Electron has the dialog of the system, which a test cannot press.');
  const folder = makeFolder(scratch, 'evidence');
  cpSync(demoLogs, folder, { recursive: true });
  writeFailedLogons(join(folder, 'many.jsonl'), 60_000, 'OTHER.corp.example');

  await test.step('cancel', async () => {
    await importFolder(page, folder);
    await page
      .getByRole('button', { name: /^Cancel: / })
      .first()
      .click();
    await importsEnded(app);
    await goTo(page, 'Evidence');
    await expect(rowsOf(page, 'Imports').first()).toContainText('Cancelled');
  });
  const cancelled = await statusOf(app);

  await test.step('repeat', async () => {
    await importFolder(page, folder);
    await importsEnded(app, 2);
    await expect(rowsOf(page, 'Imports').filter({ hasText: 'Done' })).toHaveCount(1);
  });
  const whole = await statusOf(app);
  expect(whole.events).toBeGreaterThan(cancelled.events);
  expect(whole.events).toBeGreaterThan(60_000);

  await test.step('again is nothing', async () => {
    await importFolder(page, folder);
    await importsEnded(app, 3);
    expect((await importsOf(app))[0]).toMatchObject({ state: 'done', stored: 0 });
    const after = await statusOf(app);
    expect({ events: after.events, alerts: after.alerts, incidents: after.incidents, entities: after.entities }).toEqual({
      events: whole.events,
      alerts: whole.alerts,
      incidents: whole.incidents,
      entities: whole.entities,
    });
  });

  await test.step('remove', async () => {
    for (let left = 3; left > 0; left--) {
      await rowsOf(page, 'Imports').first().click();
      await page.getByRole('region', { name: 'Import report' }).getByRole('button', { name: 'Remove' }).click();
      const question = page.getByRole('dialog', { name: 'Remove this import?' });
      await question.getByRole('button', { name: 'Remove' }).click();
      await expect(question).toBeHidden();
      await expect.poll(async () => (await importsOf(app)).length).toBe(left - 1);
    }
    expect(await statusOf(app)).toMatchObject({ events: 0, alerts: 0, incidents: 0, files: 0 });
    await expect(page.getByText('Drop event logs anywhere in this window')).toBeVisible();
    await page.getByRole('link', { name: 'Keepwatch, home' }).click();
    await expect(page.getByRole('heading', { name: 'No evidence yet' })).toBeVisible();
  });
});
