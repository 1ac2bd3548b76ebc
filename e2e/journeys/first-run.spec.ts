import { launchApp } from '../app.ts';
import { expect, importsEnded, importsOf, statusOf, test } from '../lab/journey.ts';
import { goTo, streamRows } from '../lab/window.ts';

type Watch = { frames: number; blankFrames: number; framesWithRowsWhileImporting: number; longestGapMs: number; isOver: boolean };

test('a first run offers the demo, shows results while it imports, and keeps them', async ({ scratch }) => {
  const app = await launchApp({ storeFolder: scratch });
  const { page } = app;
  await test.step('an empty store is met with what to do next, in every view', async () => {
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { name: 'No evidence yet' })).toBeVisible();
    await expect(main.getByRole('button', { name: 'Choose files' })).toBeVisible();
    for (const view of ['Evidence', 'Cases', 'Settings']) {
      await goTo(page, view);
      await expect(main.getByText(/./).first()).toBeVisible();
    }
    await goTo(page, 'Cases');
    await expect(main.getByText('No cases yet')).toBeVisible();
    await page.getByRole('link', { name: 'Keepwatch, home' }).click();
  });

  await test.step('the demo starts with one press; rows are on screen before the import has ended', async () => {
    await page.evaluate(watchFrames);
    await page.getByRole('button', { name: 'Open the demo investigation' }).click();
    await expect(page.getByRole('button', { name: /^Cancel: / })).toBeVisible();
    await expect(streamRows(page).first()).toBeVisible({ timeout: 30_000 });
    await importsEnded(app);
    const watch = await page.evaluate(() => {
      const scope = globalThis as unknown as { watch: Watch };
      scope.watch.isOver = true;
      return scope.watch;
    });
    expect(watch.framesWithRowsWhileImporting).toBeGreaterThan(0);
    expect(watch.blankFrames).toBe(0);
    expect(watch.longestGapMs).toBeLessThan(3_000);
  });

  await test.step('the intrusion is found', async () => {
    const status = await statusOf(app);
    expect(status.events).toBeGreaterThan(10_000);
    expect(status.alerts).toBeGreaterThanOrEqual(10);
    await expect(page.getByRole('button', { name: /^Cancel: / })).toHaveCount(0);
    const begin = page.getByRole('navigation', { name: 'Where to begin' });
    await expect(begin.getByRole('button', { name: /Multi-stage incident/ })).toBeVisible();
    await expect(page.getByRole('application')).toHaveAccessibleName(/Graph of [1-9]\d* entities and [1-9]\d* connections/);
  });
  const before = await statusOf(app);
  expect(app.errors).toEqual([]);
  await app.close();

  await test.step('another start shows the same and does not import the demo again', async () => {
    const again = await launchApp({ storeFolder: scratch, demo: true });
    await expect(streamRows(again.page).first()).toBeVisible();
    const after = await statusOf(again);
    expect({ events: after.events, alerts: after.alerts, incidents: after.incidents, files: after.files }).toEqual({
      events: before.events,
      alerts: before.alerts,
      incidents: before.incidents,
      files: before.files,
    });
    expect(await importsOf(again)).toHaveLength(1);
    await again.close();
  });
});

test('a first start with the demo asked for imports it by itself', async () => {
  const app = await launchApp({ demo: true });
  await importsEnded(app);
  expect((await importsOf(app)).map(({ state }) => state)).toEqual(['done']);
  await expect(streamRows(app.page).first()).toBeVisible();
  await app.close();
});

/** Notes at every frame whether the window shows anything, and whether there are rows while an import can still be cancelled. */
function watchFrames(): void {
  const watch: Watch = { frames: 0, blankFrames: 0, framesWithRowsWhileImporting: 0, longestGapMs: 0, isOver: false };
  (globalThis as unknown as { watch: Watch }).watch = watch;
  let last = performance.now();
  const look = (nowMs: number) => {
    watch.frames++;
    watch.longestGapMs = Math.max(watch.longestGapMs, nowMs - last);
    last = nowMs;
    if ((document.querySelector('main')?.textContent ?? '').trim() === '') watch.blankFrames++;
    const isImporting = document.querySelector('button[aria-label^="Cancel: "]') !== null;
    if (isImporting && document.querySelector('[id^="event-row-"]') !== null) watch.framesWithRowsWhileImporting++;
    if (!watch.isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
