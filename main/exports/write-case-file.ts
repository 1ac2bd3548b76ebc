import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { formatMoment } from '../../shared/model/time.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { makeFolder } from '../lib/make-folder.ts';
import type { CaseFileContent } from './case-file.ts';
import { EXPORT_FORMATS } from './registry.ts';

export type WrittenCaseFile = { readonly path: string; readonly files: number; readonly sha256: string };
type WrittenFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export const MANIFEST = 'manifest.json';
export const SUMS = 'manifest.sha256';
export const MANIFEST_FORMAT = 'keepwatch-case-file';

/**
 * Writes a case file as a folder or a zip. First beside its place, then renamed into it: a case file is whole or not there. `sha256` is that of the zip, or
 * of the manifest of a folder. The same content gives the same bytes.
 */
export async function writeCaseFile(content: CaseFileContent, path: string, form: 'zip' | 'folder'): Promise<Result<WrittenCaseFile>> {
  let work = '';
  try {
    makeFolder(dirname(path));
    if (form === 'folder' && (await isThere(path)))
      return problem('not-allowed', `There is a folder or file ${path} already; choose another name.`);
    work = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
    const folder = join(work, 'case');
    const files = await writeFolder(content, folder);
    if (form === 'folder') {
      await rename(folder, path);
      return ok({ path, files: files.length + 2, sha256: await hashOf(join(path, MANIFEST)) });
    }
    const zip = join(work, 'case.zip');
    await writeZip(folder, [...files.map((file) => file.path), MANIFEST, SUMS], zip, content.exportedAt);
    await rename(zip, path);
    return ok({ path, files: files.length + 2, sha256: await hashOf(path) });
  } catch (error) {
    return asProblem(error, path);
  } finally {
    if (work !== '') await rm(work, { recursive: true, force: true });
  }
}

async function writeFolder(content: CaseFileContent, folder: string): Promise<WrittenFile[]> {
  await mkdir(folder);
  const files: WrittenFile[] = [];
  for (const format of EXPORT_FORMATS) files.push(await writePieces(folder, format.fileName, format.write(content)));
  const manifest = {
    format: MANIFEST_FORMAT,
    version: 1,
    title: content.title,
    author: content.author,
    createdAt: formatMoment(content.createdAt),
    exportedAt: formatMoment(content.exportedAt),
    tool: `Keepwatch ${content.version}`,
    files: files.map((file, i) => ({ ...file, title: EXPORT_FORMATS[i].title })),
    evidence: content.evidenceFiles,
  };
  const own = await writePieces(folder, MANIFEST, [`${JSON.stringify(manifest, null, 2)}\n`]);
  await writePieces(folder, SUMS, [sumsOf([...files, own])]);
  return files;
}

/** As `sha256sum -c` reads it. */
export function sumsOf(files: readonly { readonly path: string; readonly sha256: string }[]): string {
  return files.map((file) => `${file.sha256}  ${file.path}\n`).join('');
}

const PIECE_CHARACTERS = 256 * 1024;

async function writePieces(folder: string, name: string, pieces: Iterable<string>): Promise<WrittenFile> {
  const file = await open(join(folder, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  let waiting = '';
  const flush = async () => {
    const piece = Buffer.from(waiting);
    waiting = '';
    hash.update(piece);
    bytes += piece.length;
    await file.writeFile(piece);
  };
  try {
    for (const piece of pieces) {
      waiting += piece;
      if (waiting.length >= PIECE_CHARACTERS) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { path: name, bytes, sha256: hash.digest('hex') };
}

async function writeZip(folder: string, names: readonly string[], path: string, exportedAt: number): Promise<void> {
  const zip = new ZipFile();
  const mtime = wallClock(exportedAt);
  for (const name of [...names].sort()) zip.addFile(join(folder, name), name, { mtime, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  const out = createWriteStream(path, { mode: 0o600, flush: true });
  // The library reports a file that it cannot read beside its stream, which would then never end.
  zip.on('error', (error) => out.destroy(error as Error));
  await pipeline(zip.outputStream, out);
}

/** Zip archives hold the time of a wall clock and no zone: UTC is written in every zone, so that the bytes are the same. */
function wallClock(at: number): Date {
  const utc = new Date(at / 1000);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds());
}

export async function hashOf(path: string): Promise<string> {
  const hash: Hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function asProblem(error: unknown, path: string): Result<never> {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return problem('disk-full', `The disk is full; ${path} was not written. Free some space or choose another disk.`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return problem('not-allowed', `${dirname(path)} cannot be written to; choose another folder.`);
  return problem('failed', `${path} was not written: ${message}`);
}
