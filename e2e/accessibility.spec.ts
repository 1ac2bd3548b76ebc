import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright';
import { launchApp, type RunningApp } from './app.ts';
import { expect, launchOnDemo, test } from './lab/journey.ts';
import { goTo, rowsOf, streamRows } from './lab/window.ts';

type Look = { readonly name: string; open(page: Page): Promise<void> };

/** Everything an analyst may have on screen, each with a selection where there is one. */
const LOOKS: readonly Look[] = [
  { name: 'Investigate', open: async (page) => void (await goTo(page, 'Investigate')) },
  { name: 'Investigate with an event', open: (page) => streamRows(page).nth(1).click() },
  {
    name: 'Investigate with an incident',
    open: (page) =>
      page
        .getByRole('navigation', { name: 'Where to begin' })
        .getByRole('button', { name: /Multi-stage incident/ })
        .click(),
  },
  { name: 'Investigate as a table', open: (page) => page.getByRole('button', { name: /^Show as table/ }).click() },
  { name: 'Alerts', open: (page) => goTo(page, 'Alerts') },
  { name: 'Alerts with a detail', open: (page) => rowsOf(page, 'Alerts').first().click() },
  { name: 'Incidents', open: (page) => goTo(page, 'Incidents') },
  { name: 'Incidents with a detail', open: (page) => rowsOf(page, 'Incidents').first().click() },
  { name: 'Entities', open: (page) => goTo(page, 'Entities') },
  { name: 'an entity', open: (page) => rowsOf(page, 'Entities').first().dblclick() },
  { name: 'Evidence', open: (page) => goTo(page, 'Evidence') },
  { name: 'Evidence with a report', open: (page) => rowsOf(page, 'Imports').first().click() },
  { name: 'what could not be detected', open: (page) => page.getByRole('tab', { name: /What could not be detected/ }).click() },
  { name: 'blind spots by host and day', open: (page) => page.getByRole('button', { name: 'By host and day' }).click() },
  {
    name: 'the reasons of a blind spot',
    open: (page) =>
      page
        .getByRole('button', { name: /^DC01, .*: Partly$/ })
        .first()
        .click(),
  },
  {
    name: 'why a detection did not fire',
    open: async (page) => {
      await goTo(page, 'Entities');
      await rowsOf(page, 'Entities').first().dblclick();
      await page.getByRole('button', { name: 'Why did … not fire?' }).click();
      await page.getByRole('combobox', { name: 'Detection' }).selectOption('kerberoasting');
      await expect(page.getByRole('button', { name: 'Copy the answer' })).toBeVisible();
    },
  },
  { name: 'Cases', open: (page) => goTo(page, 'Cases') },
  { name: 'a case', open: (page) => page.getByRole('button', { name: 'New case' }).first().click() },
  ...['Appearance', 'Detections', 'Storage', 'Keyboard', 'About'].map((part) => ({
    name: `Settings: ${part}`,
    open: async (page: Page) => {
      await goTo(page, 'Settings');
      await page.getByRole('tab', { name: part }).click();
    },
  })),
  {
    name: 'the palette',
    open: async (page) => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('ws-0');
      await expect(page.getByRole('option').first()).toBeVisible();
    },
  },
  {
    name: 'the shortcuts',
    open: async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
    },
  },
];

for (const colorScheme of ['dark', 'light'] as const) {
  test(`no view has a serious fault of accessibility, ${colorScheme}`, async ({ demoStore }) => {
    // Some thirty looks, each searched by the whole of axe.
    test.setTimeout(300_000);
    const app = await launchOnDemo(demoStore, { colorScheme });
    await expect(streamRows(app.page).first()).toBeVisible();
    const found: string[] = [];
    for (const { name, open } of LOOKS) {
      await open(app.page);
      found.push(...(await faultsOf(app.page, name)));
    }
    await app.close();
    expect(found).toEqual([]);
  });

  test(`the first screen has no serious fault of accessibility, ${colorScheme}`, async () => {
    const app: RunningApp = await launchApp({ colorScheme });
    await expect(app.page.getByRole('heading', { name: 'No evidence yet' })).toBeVisible();
    const found = await faultsOf(app.page, 'first screen');
    await app.page.getByRole('button', { name: 'Import', exact: true }).click();
    found.push(...(await faultsOf(app.page, 'open menu')));
    await app.close();
    expect(found).toEqual([]);
  });
}

/** One line a fault: where, the rule, the element. */
async function faultsOf(page: Page, look: string): Promise<string[]> {
  await settle(page);
  // The usual way opens another page to gather the results, which this window rightly refuses.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map((node) => `${look}: ${id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
    );
}

/** Waits until what fades in or loads has ended: half faded text has no fair contrast. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: /^(Loading|Reading|Drawing)/ })).toHaveCount(0);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished),
    ),
  );
}
