import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of real evidence beside the project, or null where it is absent: tests that need it are then skipped. */
export function corpusPath(): string | null {
  const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
  const path = resolve(projectRoot, '..', 'shared', 'corpus');
  return existsSync(join(path, 'manifest.json')) ? path : null;
}
