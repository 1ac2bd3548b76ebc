import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';

/** Drags files over the window and lets go of them. Their paths stay unknown to the page, so that their bytes travel in pieces. */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const transfer = await page.evaluateHandle(() => new DataTransfer());
  for (const path of paths) {
    const base64 = readFileSync(path).toString('base64');
    await transfer.evaluate(
      (target, [name, text]) => {
        const bytes = Uint8Array.from(atob(text!), (sign) => sign.charCodeAt(0));
        target.items.add(new File([bytes], name!));
      },
      [basename(path), base64] as const,
    );
  }
  const content = page.getByRole('main');
  await content.dispatchEvent('dragenter', { dataTransfer: transfer });
  await content.dispatchEvent('dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop to import as evidence')).toBeVisible();
  await content.dispatchEvent('drop', { dataTransfer: transfer });
  await expect(page.getByText('Drop to import as evidence')).toBeHidden();
}

/** Opens the file browser from the header and goes to a folder by its path. */
export async function browseTo(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Files…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose evidence' });
  await typeFolder(dialog, folder);
}

/** Goes to a folder of the file browser by its path, and waits until it is there. */
export async function typeFolder(dialog: Locator, folder: string): Promise<void> {
  const path = dialog.getByRole('textbox', { name: 'Path' });
  await expect(path).not.toHaveValue('');
  await path.fill(folder);
  await path.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Folder above' })).toBeEnabled();
  await expect(path).toHaveValue(folder);
}

/** Brings in everything below a folder, the way of the file browser. */
export async function importFolder(page: Page, folder: string): Promise<void> {
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Folder…/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Choose a folder of evidence' });
  await typeFolder(dialog, folder);
  await dialog.getByRole('button', { name: 'Import this folder' }).click();
  await expect(dialog).toBeHidden();
}
