import type { Page } from 'playwright';
import type { RunningApp } from '../app.ts';
import { expect, launchOnDemo, test } from '../lab/journey.ts';
import { detailPanel, goTo, rowsOf, streamRows } from '../lab/window.ts';

let app: RunningApp;
let page: Page;
test.beforeEach(async ({ demoStore }) => {
  app = await launchOnDemo(demoStore);
  page = app.page;
  await expect(streamRows(page).first()).toBeVisible();
});
test.afterEach(async () => {
  await app.close();
});

test('the palette finds entities, alerts and commands', async () => {
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await page.keyboard.press('ControlOrMeta+k');
  await expect(palette).toBeVisible();
  await page.keyboard.type('halloran');
  await expect(palette.getByRole('option', { name: /m\.halloran/ }).first()).toBeVisible();
  await palette
    .getByRole('option', { name: /m\.halloran/ })
    .first()
    .click();
  await expect(palette).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'm.halloran' })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('dcsync');
  await palette
    .getByRole('option', { name: /DCSync/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Alert detail' }).or(rowsOf(page, 'Alerts')).first()).toContainText(/DCSync/);

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('go to settings');
  await expect(palette.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('zzzz nothing');
  await expect(palette.getByText('Nothing found.', { exact: false })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('the question mark lists the shortcuts of the view, each key once', async () => {
  for (const view of ['Investigate', 'Alerts', 'Incidents', 'Entities', 'Cases']) {
    await goTo(page, view);
    await page.keyboard.press('?');
    const overview = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(overview.getByRole('heading', { name: 'Everywhere' })).toBeVisible();
    const ways = await overview
      .getByRole('listitem')
      .evaluateAll((items) => items.flatMap((item) => [...item.querySelectorAll('kbd')].map((cap) => cap.textContent).join(' ') || []));
    expect(ways.length).toBeGreaterThan(8);
    expect(
      ways.filter((way, position) => ways.indexOf(way) !== position),
      `keys with two meanings in ${view}`,
    ).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(overview).toBeHidden();
  }
});

test('letters go to the views', async () => {
  for (const [letter, view] of [
    ['a', 'Alerts'],
    ['n', 'Incidents'],
    ['e', 'Evidence'],
    ['c', 'Cases'],
    ['t', 'Entities'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    await expect(page.getByRole('heading', { level: 1, name: view })).toBeVisible();
  }
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('application')).toBeVisible();
});

test('the time zone is always shown, is switched for everything at once, and stays', async () => {
  await expect(page.getByRole('button', { name: /Time zone: UTC/ })).toBeVisible();
  const first = streamRows(page).first();
  const inUtc = await first.textContent();
  await goTo(page, 'Settings');
  await page.getByRole('combobox', { name: 'Time zone' }).selectOption('Asia/Tokyo');
  await expect(page.getByRole('button', { name: /Time zone: (?!UTC$)/ })).toBeVisible();
  await goTo(page, 'Investigate');
  await expect(first).not.toHaveText(inUtc!);
  const [utc, local] = [inUtc!, (await first.textContent())!].map((text) => Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`));
  expect((local! - utc!) / 60_000).toBe(540);
  await page.getByRole('button', { name: /Time zone: / }).click();
  await page.getByRole('menuitem', { name: /^UTC/ }).click();
  await expect(first).toHaveText(inUtc!);
});

test('dark and light are switched by button and key, and the choice is kept in the store', async () => {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.getByRole('button', { name: 'Switch to the light theme' }).click();
  await expect.poll(background).not.toBe(dark);
  const setting = await app.call('settings.get', {});
  expect(setting).toMatchObject({ ok: true, value: { theme: 'light' } });
  await page.keyboard.press('Shift+T');
  await expect.poll(background).toBe(dark);
});

test('an event is copied as JSON and as text', async () => {
  await streamRows(page).nth(2).click();
  await detailPanel(page).getByRole('button', { name: 'JSON', exact: true }).click();
  await expect(page.getByText('Record copied')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search in all fields' });
  await search.press('ControlOrMeta+v');
  const json = JSON.parse(await search.inputValue());
  expect(json.fields.length).toBeGreaterThan(3);
  expect(json.provenance).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  await search.fill('');
  await detailPanel(page).getByRole('button', { name: 'Text', exact: true }).click();
  await search.press('ControlOrMeta+v');
  expect(await search.inputValue()).toContain(`record ${json.provenance.recordId}`);
});

test('an entity is tagged as honeytoken, which raises its alerts at once, and untagging takes them back', async () => {
  await goTo(page, 'Entities');
  await page.getByRole('searchbox', { name: 'Name, SID, address' }).fill('z.haddad');
  const rows = rowsOf(page, 'Entities');
  await expect(rows).toHaveCount(1);
  await rows.first().dblclick();
  await expect(page.getByRole('heading', { level: 1, name: 'z.haddad' })).toBeVisible();
  await page.getByRole('button', { name: 'Honeytoken' }).click();
  const alerts = async () => {
    const found = await app.call('alerts.page', {
      filter: { detections: ['honeytoken-activity'] },
      sort: 'newest',
      cursor: null,
      limit: 500,
    });
    return found.ok ? found.value.rows.filter((row) => row.entities.some(({ name }) => name === 'z.haddad')).length : -1;
  };
  await expect.poll(alerts).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Honeytoken' }).click();
  await expect.poll(alerts).toBe(0);
});
