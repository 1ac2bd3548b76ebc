import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppStatus } from '../../shared/contract/operations.ts';
import type { Result } from '../../shared/result.ts';

const MARKER = 'demo-offered';

/** Imports the demo investigation into a store that is new and empty; once, so that a person who removes it is not given it again. */
export async function importDemoOnce(
  call: (operation: string, input: unknown) => Promise<Result<unknown>>,
  storeFolder: string,
): Promise<void> {
  const marker = join(storeFolder, MARKER);
  if (existsSync(marker)) return;
  const status = (await call('app.status', {})) as Result<AppStatus>;
  if (!status.ok || status.value.files > 0 || status.value.runningImports > 0) return;
  const started = await call('imports.startDemo', {});
  if (started.ok) writeFileSync(marker, '');
}
