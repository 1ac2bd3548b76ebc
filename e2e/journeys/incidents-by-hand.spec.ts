import { join } from 'node:path';
import type { RunningApp } from '../app.ts';
import { writeFailedLogons } from '../evidence.ts';
import { dropFiles } from '../lab/bring-evidence.ts';
import { expect, importsEnded, launchOnDemo, test } from '../lab/journey.ts';
import { goTo, rowsOf, rowTotal } from '../lab/window.ts';

let app: RunningApp;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
  await app.call('settings.set', { name: 'analyst', value: 'R. Analyst' });
  await goTo(app.page, 'Incidents');
  await expect(rowsOf(app.page, 'Incidents').first()).toBeVisible();
});
test.afterEach(async () => {
  await app.close();
});

const panel = () => app.page.getByRole('region', { name: 'Incident', exact: true });
const toast = (words: RegExp) => app.page.getByRole('dialog').filter({ hasText: words });
const incidents = async () => {
  const page = await app.call('incidents.page', { filter: {}, cursor: null, limit: 100 });
  if (!page.ok) throw new Error(page.message);
  return page.value.rows;
};
/** Which alerts each incident holds, by what they are and when they began: an alert's own id moves when an earlier record comes in. */
const shapes = async () => {
  const alerts = await app.call('alerts.page', { filter: {}, sort: 'oldest', cursor: null, limit: 500 });
  if (!alerts.ok) throw new Error(alerts.message);
  const nameOf = new Map(alerts.value.rows.map((row) => [row.id, `${row.detection} ${row.firstAt} ${row.entities[0]?.name}`]));
  return (await incidents()).map(({ alertIds }) => alertIds.map((id) => nameOf.get(id)!).sort()).sort();
};

test('the story is told in a sentence and in stages that lead to their alerts', async () => {
  const { page } = app;
  await rowsOf(page, 'Incidents').first().click();
  const [row] = await incidents();
  const detail = await app.call('incidents.get', { id: row!.id });
  if (!detail.ok) throw new Error(detail.message);
  await expect(panel().getByText(detail.value.headline)).toBeVisible();
  expect(detail.value.headline).toMatch(/the directory was replicated from the domain controller DC01 by adm\.ruiz/);
  await expect(panel().getByText(/times in UTC/)).toBeVisible();
  await expect(panel().getByText(/^High:.*the domain controller DC01 was reached/)).toBeVisible();
  const stages = panel().getByRole('list', { name: 'Stages' }).locator(':scope > li');
  await expect(stages).toHaveCount(detail.value.stages.length);
  const replicated = stages.filter({ hasText: 'the directory was replicated' });
  await expect(replicated.getByText('Credential Access')).toBeVisible();
  await replicated.getByRole('link', { name: /DCSync/ }).click();
  await expect(page.getByRole('region', { name: 'Alert detail' }).getByRole('heading', { level: 2, name: /DCSync/ })).toBeVisible();
});

test('what is merged and split by hand holds over later imports, and can be taken back', async ({ scratch }) => {
  const { page } = app;
  const rows = rowsOf(page, 'Incidents');
  const [demo] = await incidents();
  await dropFiles(page, [writeFailedLogons(join(scratch, 'first.jsonl'), 60)]);
  await importsEnded(app, 2);
  await expect.poll(() => rowTotal(page, 'Incidents')).toBe(2);
  const before = await shapes();

  await test.step('two checked incidents become one, by one key', async () => {
    await rows.nth(0).getByRole('checkbox').check();
    await expect(page.getByText('Check a second one to merge them.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Merge' })).toBeDisabled();
    await rows.nth(1).getByRole('checkbox').check();
    await page.keyboard.press('m');
    await expect(toast(/2 incidents merged into one/)).toBeVisible();
    await expect.poll(() => rowTotal(page, 'Incidents')).toBe(1);
    await expect(rows.first().getByRole('img', { name: 'Edited by hand' })).toBeVisible();
    await expect(panel().getByText(/^Edited by hand: \d+ alerts merged by R\. Analyst/)).toBeVisible();
  });

  await test.step('one alert is split off', async () => {
    await panel()
      .getByRole('tab', { name: /^Alerts/ })
      .click();
    const button = panel().getByRole('button', { name: 'Split off' });
    await expect(button).toBeDisabled();
    await panel()
      .getByRole('checkbox', { name: /^Check .*log/i })
      .check();
    await button.click();
    await expect(toast(/1 alert split off/)).toBeVisible();
    await expect.poll(() => rowTotal(page, 'Incidents')).toBe(2);
  });
  const byHand = await shapes();
  expect(byHand.map((ids) => ids.length).sort((a, b) => a - b)[0]).toBe(1);

  await test.step('more evidence changes neither', async () => {
    await dropFiles(page, [writeFailedLogons(join(scratch, 'second.jsonl'), 60, 'DC77.other.example')]);
    await importsEnded(app, 3);
    const after = await shapes();
    for (const ids of byHand) expect(after.some((other) => ids.every((id) => other.includes(id)))).toBe(true);
    const split = byHand.find((ids) => ids.length === 1)!;
    expect(after).toContainEqual(split);
  });

  await test.step('the edits are listed, and each is taken back', async () => {
    await page.reload();
    await goTo(page, 'Incidents');
    await rows.filter({ hasText: 'Multi-stage' }).first().click();
    await panel()
      .getByRole('tab', { name: /Why linked/ })
      .click();
    const edits = panel().getByRole('button', { name: 'Take back' });
    await expect(edits).toHaveCount(2);
    await edits.last().click();
    await expect(toast(/Split taken back/)).toBeVisible();
    await expect(edits).toHaveCount(1);
    await edits.last().click();
    await expect(toast(/Merge taken back/)).toBeVisible();
    await expect(edits).toHaveCount(0);
    const after = await shapes();
    for (const ids of before) expect(after.some((other) => ids.every((id) => other.includes(id)))).toBe(true);
    expect((await incidents()).find(({ id }) => id === demo!.id)?.alertIds).toEqual(demo!.alertIds);
  });
});

test('a split is undone from its message', async () => {
  const { page } = app;
  const before = await shapes();
  await rowsOf(page, 'Incidents').first().click();
  await panel()
    .getByRole('tab', { name: /^Alerts/ })
    .click();
  await panel().getByRole('checkbox').first().check();
  await panel().getByRole('checkbox').nth(1).check();
  await page.keyboard.press('s');
  await expect.poll(() => rowTotal(page, 'Incidents')).toBe(before.length + 1);
  await toast(/2 alerts split off/)
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect.poll(() => rowTotal(page, 'Incidents')).toBe(before.length);
  expect(await shapes()).toEqual(before);
});
