import type { Page } from 'playwright';
import type { RunningApp } from '../app.ts';
import { pressElement } from '../lab/drawn-graph.ts';
import { expect, launchOnDemo, statusOf, test } from '../lab/journey.ts';
import { detailPanel, streamCount, streamRows } from '../lab/window.ts';

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

const strip = () => page.getByRole('slider', { name: /^Time strip/ });
const drawnTotal = () => page.getByRole('region', { name: 'What is hidden' }).getByRole('status');

/** Drags over a part of the strip, given in shares of its width. */
async function brush(from: number, to: number): Promise<void> {
  const box = (await strip().boundingBox())!;
  const y = box.y + box.height * 0.45;
  await page.mouse.move(box.x + box.width * from, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * ((from + to) / 2), y, { steps: 4 });
  await page.mouse.move(box.x + box.width * to, y, { steps: 4 });
  await page.mouse.up();
}

async function doubleClickStrip(at: number): Promise<void> {
  const box = (await strip().boundingBox())!;
  await page.mouse.dblclick(box.x + box.width * at, box.y + box.height * 0.45);
}

test('brushing time filters graph and stream, and a double click clears it', async () => {
  const { events } = await statusOf(app);
  await expect.poll(() => streamCount(page)).toBe(events);
  const inScope = await drawnTotal().textContent();
  await brush(0.78, 0.84);
  await expect(strip()).toHaveAttribute('aria-valuetext', /^Range /);
  const range = (await strip().getAttribute('aria-valuetext'))!;
  await expect.poll(() => streamCount(page)).toBeLessThan(events);
  await expect(page.getByText('time range', { exact: true })).toBeVisible();
  await expect(drawnTotal()).not.toHaveText(inScope!);
  const [, from, to] = /Range (\S+ \S+) to (\S+ \S+)/.exec(range)!;
  await page.getByRole('grid', { name: 'Events' }).focus();
  await page.keyboard.press('Home');
  const first = ((await streamRows(page).first().textContent()) ?? '').slice(0, 19);
  expect(first >= from! && first <= to!, `${first} lies between ${from} and ${to}`).toBe(true);

  await doubleClickStrip(0.3);
  await expect.poll(() => streamCount(page)).toBe(events);
  await expect(page.getByText('time range', { exact: true })).toBeHidden();
  await expect(strip()).toHaveAttribute('aria-valuetext', /^Showing /);
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(strip(), 'a step back brings the range back').toHaveAttribute('aria-valuetext', range);
  await expect.poll(() => streamCount(page)).toBeLessThan(events);
});

test('the strip is used by keyboard: zoom, range, clear', async () => {
  const { events } = await statusOf(app);
  await strip().focus();
  const whole = await strip().getAttribute('aria-valuetext');
  await page.keyboard.press('+');
  await expect(strip()).not.toHaveAttribute('aria-valuetext', whole!);
  await page.keyboard.press('-');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(strip()).toHaveAttribute('aria-valuetext', /^Range /);
  await expect.poll(() => streamCount(page)).toBeLessThan(events);
  await page.keyboard.press('Delete');
  await expect.poll(() => streamCount(page)).toBe(events);
});

test('selecting a node filters the stream to its events, and Escape gives all back', async () => {
  const { events } = await statusOf(app);
  await pressElement(page, ({ id }) => id === 'host:ws-014.tarnwick.example');
  await expect(detailPanel(page).getByRole('heading', { level: 2 })).toHaveText(/WS-014/i);
  const own = await app.call('events.count', { filter: { entities: ['host:ws-014.tarnwick.example'] } });
  await expect.poll(() => streamCount(page)).toBe(own.ok ? own.value.count : -1);
  for (const row of (await streamRows(page).allTextContents()).slice(0, 8)) expect(row).toMatch(/WS-014/i);
  await page.keyboard.press('Escape');
  await expect.poll(() => streamCount(page)).toBe(events);
});

test('a search looks through all fields, and one event leads to what surrounds it', async () => {
  const { events } = await statusOf(app);
  await page.getByRole('searchbox', { name: 'Search in all fields' }).fill('svc-archive');
  await expect.poll(() => streamCount(page), { timeout: 30_000 }).toBeLessThan(100);
  await expect(streamRows(page).first()).toBeVisible();
  await streamRows(page).first().click();
  await expect(detailPanel(page).getByRole('heading', { name: /^All \d+ fields, as logged$/ })).toBeVisible();
  await expect(detailPanel(page).getByRole('region', { name: 'Fields' })).toContainText('svc-archive');
  await page.keyboard.press('c');
  const streams = page.getByRole('toolbar', { name: 'Streams' });
  await expect(streams.getByRole('button', { name: /^(?!Close).*± 5 min/ })).toHaveAttribute('aria-pressed', 'true');
  await streams.getByRole('button', { name: /^Events/ }).click();
  await page.getByRole('searchbox', { name: 'Search in all fields' }).fill('');
  await expect.poll(() => streamCount(page)).toBe(events);
});
