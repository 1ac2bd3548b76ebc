import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchApp } from '../app.ts';
import { spoilBeginning } from '../evidence.ts';
import { expect, test } from '../lab/journey.ts';
import { streamRows } from '../lab/window.ts';

test('a second console on the same store says who has it, and opens once that one is closed', async ({ demoStore, scratch }) => {
  cpSync(demoStore, scratch, { recursive: true });
  const first = await launchApp({ storeFolder: scratch });
  const second = await launchApp({ storeFolder: scratch });
  const alert = second.page.getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'The store is in use' })).toBeVisible();
  await expect(alert).toContainText(scratch);
  await expect(alert).toContainText(String(process.pid));
  await expect(second.page.getByRole('navigation')).toHaveCount(0);
  await expect(streamRows(first.page).first()).toBeVisible();
  await second.close();
  await first.close();
  const third = await launchApp({ storeFolder: scratch });
  await expect(streamRows(third.page).first()).toBeVisible();
  await third.close();
});

test('a damaged store is left as it is, and the window says what to do', async ({ demoStore, scratch }) => {
  cpSync(demoStore, scratch, { recursive: true });
  const database = readdirSync(scratch).find((name) => name.endsWith('.db'))!;
  spoilBeginning(join(scratch, database));
  const app = await launchApp({ storeFolder: scratch });
  const alert = app.page.getByRole('alert');
  await expect(alert.getByRole('heading', { name: 'The store is damaged' })).toBeVisible();
  await expect(alert).toContainText(database);
  await expect(alert).toContainText('Move the folder');
  await alert.getByRole('button', { name: /Look again|Try again/ }).click();
  await expect(alert.getByRole('heading', { name: 'The store is damaged' })).toBeVisible();
  await app.close();
  expect(existsSync(join(scratch, database))).toBe(true);
});

test('a store that cannot be written is said to be so', async ({ scratch }) => {
  // The root of a system may write anywhere but in a folder that is none; everybody else is refused by the folder's mode.
  const isRoot = process.getuid?.() === 0;
  const folder = isRoot ? '/sys/keepwatch-store' : scratch;
  test.skip(isRoot && !existsSync('/sys'), 'There is no folder here that the system administrator may not write.');
  if (!isRoot) chmodSync(scratch, 0o500);
  const app = await launchApp({ storeFolder: folder });
  const alert = app.page.getByRole('alert');
  await expect(alert.getByRole('heading')).toHaveText(/The store cannot be written|The engine has stopped/);
  await expect(alert).toContainText(folder);
  await expect(alert.getByRole('button', { name: 'Copy the message' })).toBeVisible();
  await app.close();
  if (!isRoot) chmodSync(scratch, 0o700);
});
