import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { FileEntry } from '../../shared/contract/operations.ts';
import { ok, problem } from '../../shared/result.ts';
import type { Operations } from './operation.ts';

const MOST_ENTRIES = 5_000;

export const fileOperations: Operations<'files.browse' | 'files.pick' | 'uploads.begin' | 'uploads.append' | 'uploads.discard'> = {
  'files.browse': async ({ path }) => {
    const folder = resolve(path ?? homedir());
    try {
      const names = (await readdir(folder)).sort((a, b) => a.localeCompare(b)).slice(0, MOST_ENTRIES);
      const entries = (await Promise.all(names.map((name) => describe(join(folder, name), name)))).filter((entry) => entry !== null);
      entries.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'folder' ? -1 : 1));
      const parent = dirname(folder);
      return ok({ path: folder, parent: parent === folder ? null : parent, entries, places: await places() });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') return problem('not-found', `There is no folder ${folder}.`);
      if (code === 'ENOTDIR') return problem('invalid-input', `${folder} is a file, not a folder.`);
      return problem('unreadable', `${folder} cannot be opened (${code ?? 'unknown reason'}).`);
    }
  },

  // Answered by the shell where there are native dialogs; without them the window has its own file browser.
  'files.pick': () => ok({ paths: [] }),

  'uploads.begin': ({ name, sizeBytes }, { uploads }) => uploads.begin(name, sizeBytes),
  'uploads.append': ({ uploadId, base64 }, { uploads }) => uploads.append(uploadId, base64),
  'uploads.discard': ({ uploadId }, { uploads }) => {
    uploads.discard(uploadId);
    return ok(null);
  },
};

async function describe(path: string, name: string): Promise<FileEntry | null> {
  try {
    const found = await stat(path);
    if (!found.isDirectory() && !found.isFile()) return null;
    return {
      name,
      path,
      kind: found.isDirectory() ? 'folder' : 'file',
      sizeBytes: found.isDirectory() ? 0 : found.size,
      modifiedAt: Math.round(found.mtimeMs * 1000),
    };
  } catch {
    return null; // A dangling link or a file that went away meanwhile.
  }
}

async function places(): Promise<{ name: string; path: string }[]> {
  const roots =
    process.platform === 'win32'
      ? 'CDEFGH'.split('').map((letter) => ({ name: `${letter}:`, path: `${letter}:\\` }))
      : [{ name: 'Computer', path: '/' }];
  const candidates = [
    { name: 'Home', path: homedir() },
    { name: 'Working folder', path: process.cwd() },
    ...roots,
    { name: 'Media', path: '/media' },
    { name: 'Mounts', path: '/mnt' },
  ];
  const there = await Promise.all(
    candidates.map((place) =>
      stat(place.path).then(
        (found) => found.isDirectory(),
        () => false,
      ),
    ),
  );
  return candidates.filter((_, i) => there[i]);
}
