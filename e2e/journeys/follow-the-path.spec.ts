import type { Page } from 'playwright';
import type { RunningApp } from '../app.ts';
import { type DrawnElement, drawnElements, drawnNodes, pressElement, restingElement } from '../lab/drawn-graph.ts';
import { expect, launchOnDemo, test } from '../lab/journey.ts';
import { detailPanel, rowsOf, streamRows } from '../lab/window.ts';

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

const PATIENT_ZERO = 'host:ws-014.tarnwick.example';
const CONTROLLER = 'host:dc01.tarnwick.example';
const graph = () => page.getByRole('region', { name: 'Graph' });
const boards = () => page.getByRole('toolbar', { name: 'Boards' });

async function openIncident(): Promise<void> {
  const begin = page.getByRole('navigation', { name: 'Where to begin' });
  await begin.getByRole('button', { name: /Multi-stage incident/ }).click();
  await expect(graph().getByRole('button', { name: 'Left to right' })).toHaveAttribute('aria-pressed', 'true');
  await expect(graph().getByText('one incident', { exact: true })).toBeVisible();
}

test('from the incident to a raw record: the layered graph, a line, its record', async () => {
  await openIncident();
  const source = await restingElement(page, ({ id }) => id === PATIENT_ZERO);
  const nodes = await drawnNodes(page);
  const columns = new Set(nodes.map(({ x }) => Math.round(x)));
  expect(nodes.length).toBeGreaterThan(5);
  expect(columns.size, 'layers are columns').toBeLessThan(nodes.length);
  expect(nodes.filter(({ x }) => x > source.x).length, 'what followed lies to the right').toBeGreaterThan(
    nodes.filter(({ x }) => x < source.x).length,
  );

  const isFree = (line: DrawnElement) => nodes.every(({ x, y }) => Math.hypot(x - line.x, y - line.y) > 30);
  await pressElement(page, (line) => line.kind === 'line' && line.classes.includes('alerted') && isFree(line));
  const detail = detailPanel(page);
  await expect(detail.getByText('Observed connection')).toBeVisible();
  const evidence = detail.getByRole('region', { name: 'Evidence' });
  await expect(evidence.getByRole('heading')).toHaveText(/Evidence: [1-9][\d,]* records?/);
  const record = evidence
    .getByRole('button')
    .filter({ has: page.locator('time') })
    .first();
  const said = await record.locator('time').textContent();
  await record.click();
  await expect(detail.getByRole('heading', { name: /^All \d+ fields, as logged$/ })).toBeVisible();
  await expect(detail.getByText(said!).first()).toBeVisible();
  const place = detail.getByRole('region', { name: 'Where it was read' });
  await expect(place.getByRole('row', { name: /^File/ })).toContainText(/\.evtx/);
  await expect(place.getByRole('row', { name: /^Record/ })).toContainText(/\d+ at byte \d+/);
  await expect(place.getByRole('row', { name: /^SHA-256/ })).toContainText(/[0-9a-f]{64}/);
});

test('S and T ask for the path between two machines; each hop opens the record that proves it', async () => {
  await openIncident();
  await pressElement(page, ({ id }) => id === PATIENT_ZERO);
  await expect(detailPanel(page).getByRole('heading', { level: 2 })).toHaveText(/WS-014/i);
  await page.keyboard.press('s');
  await expect(page.getByText(/Path starts at/).first()).toBeVisible();
  await pressElement(page, ({ id }) => id === CONTROLLER);
  await page.keyboard.press('t');
  await expect(boards().getByRole('button', { name: /^WS-014.* to .*DC01/i })).toHaveAttribute('aria-pressed', 'true');
  await expect(graph().getByText('path only', { exact: true })).toBeVisible();
  const hops = page.getByRole('region', { name: 'Hops of the path' });
  await expect(hops.getByRole('heading')).toHaveText(/^[1-9]\d* hops?, all observed$/);
  const times = await hops
    .getByRole('listitem')
    .locator('time')
    .evaluateAll((labels) => labels.map((label) => label.getAttribute('datetime') ?? ''));
  expect(times, 'hops never go back in time').toEqual([...times].sort());
  await hops.getByRole('button').first().click();
  await expect(detailPanel(page).getByRole('heading', { name: /^All \d+ fields, as logged$/ })).toBeVisible();
  await boards().getByRole('button', { name: 'Overview', exact: true }).click();
  await expect(graph().getByText('path only', { exact: true })).toBeHidden();
});

test('the question "how did ... reach ..." finds the same path', async () => {
  const begin = page.getByRole('navigation', { name: 'Where to begin' });
  await begin.getByRole('button', { name: 'Questions' }).click();
  await begin.getByRole('combobox', { name: 'How did' }).fill('WS-014');
  await page
    .getByRole('option', { name: /WS-014/i })
    .first()
    .click();
  await begin.getByRole('combobox', { name: 'reach' }).fill('DC01');
  await page.getByRole('option', { name: /DC01/i }).first().click();
  await begin.getByRole('button', { name: 'Find path' }).click();
  await expect(page.getByRole('region', { name: 'Hops of the path' }).getByRole('listitem').first()).toBeVisible();
});

test('F fades all but the path of the selection, Shift+F takes it out', async () => {
  await openIncident();
  await pressElement(page, ({ id }) => id === CONTROLLER);
  const marked = async (mark: string) => (await drawnElements(page)).filter(({ classes }) => classes.includes(mark)).length;
  expect(await marked('faded')).toBe(0);
  await page.keyboard.press('f');
  await expect.poll(() => marked('faded')).toBeGreaterThan(0);
  const all = (await drawnElements(page)).length;
  expect(await marked('faded')).toBeLessThan(all);
  await page.keyboard.press('Shift+F');
  await expect.poll(() => marked('removed')).toBeGreaterThan(0);
  await page.keyboard.press('Shift+F');
  await expect.poll(() => marked('removed')).toBe(0);
});

test('a bundle lists its members, and checked ones are drawn by themselves', async () => {
  await pressElement(page, ({ id }) => id.startsWith('bundle:'));
  const before = new Set((await drawnNodes(page)).map(({ id }) => id));
  const members = rowsOf(page, 'Members of the bundle');
  await expect(members.first()).toBeVisible();
  const name = ((await members.first().getByRole('gridcell').nth(1).textContent()) ?? '').trim();
  await members.first().getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Draw 1' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await pressElement(page, ({ id, kind }) => kind === 'node' && !before.has(id) && !id.startsWith('bundle:'));
  await expect(detailPanel(page).getByRole('heading', { level: 2 })).toHaveText(name);
});

test('the graph is walked by keyboard, and its table shows the same selection', async () => {
  await openIncident();
  const picture = page.getByRole('application');
  await restingElement(page, ({ id }) => id === PATIENT_ZERO);
  await picture.focus();
  await page.keyboard.press('ArrowRight');
  const heading = detailPanel(page).getByRole('heading', { level: 2 });
  await expect(heading).toBeVisible();
  const chosen = (await heading.textContent())!;
  await page.keyboard.press('v');
  const row = rowsOf(page, 'Entities of the graph').filter({ hasText: chosen.trim() }).first();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await graph()
    .getByRole('button', { name: /^Connections/ })
    .click();
  await rowsOf(page, 'Connections of the graph').first().click();
  await expect(detailPanel(page).getByText('Observed connection')).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(heading).toHaveText(chosen);
});

test('an entity is hidden, brought back, expanded and opened on its own page', async () => {
  await openIncident();
  const node = await restingElement(page, ({ id }) => id === CONTROLLER);
  await page.mouse.click(node.x, node.y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Hide on this board' }).click();
  await expect.poll(async () => (await drawnNodes(page)).some(({ id }) => id === CONTROLLER)).toBe(false);
  await page.getByRole('button', { name: 'Remove: 1 hidden by hand' }).click();
  const again = await restingElement(page, ({ id }) => id === CONTROLLER);
  const before = (await drawnNodes(page)).length;
  await page.mouse.click(again.x, again.y);
  await page.keyboard.press('e');
  await expect.poll(async () => (await drawnNodes(page)).length).toBeGreaterThan(before);
  const grown = await restingElement(page, ({ id }) => id === CONTROLLER);
  await page.mouse.click(grown.x, grown.y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Open entity page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /DC01/i })).toBeVisible();
});
