import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';

/** Follows the link of the navigation, as a person would. */
export async function goTo(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view }).click();
  if (view !== 'Investigate') await expect(page.getByRole('heading', { level: 1, name: view })).toBeVisible();
}

/** Rows of the event stream of Investigate that are drawn now. */
export function streamRows(page: Page): Locator {
  return page
    .getByRole('grid', { name: 'Events' })
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });
}

/** How many events the stream says it holds. */
export async function streamCount(page: Page): Promise<number> {
  const tab = page.getByRole('toolbar', { name: 'Streams' }).getByRole('button').first();
  await expect(tab).toHaveText(/Events\s+(≥ )?[\d,]+/);
  return Number(((await tab.textContent()) ?? '').replace(/\D/g, ''));
}

/** Rows below the heading of a table. */
export function rowsOf(page: Page, table: string): Locator {
  return page
    .getByRole('grid', { name: table, exact: true })
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });
}

export function detailPanel(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Details of the selection' });
}

/** Text on the clipboard, read by pasting it, since the window may not read the clipboard. */
export async function pasteInto(field: Locator): Promise<string> {
  await field.fill('');
  await field.press('ControlOrMeta+v');
  await expect(field).not.toHaveValue('');
  return field.inputValue();
}

/** How many rows a table holds, drawn or not: a long table draws only those in sight. */
export async function rowTotal(page: Page, table: string): Promise<number> {
  return Number(await page.getByRole('grid', { name: table, exact: true }).getAttribute('aria-rowcount')) - 1;
}
