import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { BOUNDS } from '../../shared/contract/bounds.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { makeFolder } from '../lib/make-folder.ts';

type Upload = { readonly name: string; readonly path: string; readonly folder: string; readonly sizeBytes: number; receivedBytes: number };

/** At most this many files may wait for their import; a window that asks for more is broken. */
const MOST_UPLOADS = 2_000;

/**
 * Files whose path the window cannot tell (dropped into a browser): their bytes are spooled into a folder of the store, imported from there and
 * removed. Each has a folder of its own, so that it keeps its own name in the import report.
 */
export class Uploads {
  readonly #folder: string;
  readonly #uploads = new Map<string, Upload>();

  constructor(storeFolder: string) {
    this.#folder = join(storeFolder, 'uploads');
    // What a run before left behind belongs to nobody.
    fs.rmSync(this.#folder, { recursive: true, force: true });
  }

  begin(name: string, sizeBytes: number): Result<{ uploadId: string }> {
    if (this.#uploads.size >= MOST_UPLOADS)
      return problem('not-allowed', `More than ${MOST_UPLOADS} files at once; import a folder or an archive instead.`);
    const uploadId = randomUUID();
    const folder = join(this.#folder, uploadId);
    makeFolder(folder, 0o700);
    const path = join(folder, safeName(name));
    fs.writeFileSync(path, '', { mode: 0o600 });
    this.#uploads.set(uploadId, { name, path, folder, sizeBytes, receivedBytes: 0 });
    return ok({ uploadId });
  }

  append(uploadId: string, base64: string): Result<{ receivedBytes: number }> {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return problem('not-found', 'This upload has ended; drop the file again.');
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > BOUNDS.uploadChunkBytes || upload.receivedBytes + bytes.length > upload.sizeBytes) {
      return problem('invalid-input', `More bytes than announced came for ${upload.name}.`);
    }
    try {
      fs.appendFileSync(upload.path, bytes);
    } catch (error) {
      const full = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      return problem(
        full ? 'disk-full' : 'failed',
        `${upload.name} could not be spooled into ${this.#folder}: ${(error as Error).message}`,
      );
    }
    upload.receivedBytes += bytes.length;
    return ok({ receivedBytes: upload.receivedBytes });
  }

  /** Paths of complete uploads; they are removed with `discard` after the import. */
  paths(uploadIds: readonly string[]): Result<string[]> {
    const paths: string[] = [];
    for (const id of uploadIds) {
      const upload = this.#uploads.get(id);
      if (!upload) return problem('not-found', 'An upload of this import has ended; drop the files again.');
      if (upload.receivedBytes !== upload.sizeBytes)
        return problem('invalid-input', `${upload.name} is not complete: ${upload.receivedBytes} of ${upload.sizeBytes} bytes came.`);
      paths.push(upload.path);
    }
    return ok(paths);
  }

  discard(uploadId: string): void {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return;
    this.#uploads.delete(uploadId);
    fs.rmSync(upload.folder, { recursive: true, force: true });
  }

  /** The path that the report shows for a spooled file: its own name. */
  displayPath(path: string): string {
    for (const upload of this.#uploads.values()) if (path.startsWith(upload.path)) return upload.name + path.slice(upload.path.length);
    return path;
  }
}

/** A file name without any way out of its folder. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here.
  return last.replace(/[\u0000-\u001f<>:"|?*]/g, '_').slice(-200) || 'evidence';
}
