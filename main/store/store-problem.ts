import fs from 'node:fs';
import { dirname } from 'node:path';
import { ProblemError } from '../../shared/result.ts';
import type { DiskPlace } from './disk.ts';
import { SqliteError } from './statement.ts';

/** SQLite's primary result codes that a store may meet (https://sqlite.org/rescode.html). */
const CODE = { READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26, NOMEM: 7 };
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const NO_WRITING = new Set(['EROFS', 'EACCES', 'EPERM', 'ELOOP']);
const SAFE = 'Nothing that was reported as stored is lost.';

/** A refusal by the disk or by SQLite in words that help; errors that are bugs come back as they are. */
export function storeProblem(error: unknown, place: DiskPlace, pendingBytes = 0): unknown {
  if (error instanceof ProblemError || !(error instanceof SqliteError)) return error;
  const failure = place.failure;
  const folder = dirname(place.path);
  switch (error.code) {
    case CODE.FULL:
    case CODE.IOERR:
    case CODE.READONLY:
    case CODE.CANTOPEN:
      return failure === null
        ? new ProblemError('failed', `The store in ${folder} could not be used: ${error.message}. ${SAFE}`)
        : fileProblem(failure.code, folder, failure.operation, pendingBytes);
    case CODE.CORRUPT:
    case CODE.NOTADB:
      return damagedStore(place.path, error.message);
    case CODE.NOMEM:
      return new ProblemError(
        'failed',
        `The database engine ran out of memory (${error.message}). ${SAFE} Close Keepwatch and open it again.`,
      );
    default:
      return error;
  }
}

/** What a failed file call means for the store. `code` is one of node:fs, `pendingBytes` what was about to be written. */
export function fileProblem(code: string, folder: string, operation: string, pendingBytes = 0): ProblemError {
  if (FULL.has(code)) {
    const need = pendingBytes > 0 ? `, at least ${megabytes(pendingBytes)} more are needed` : '';
    return new ProblemError(
      'disk-full',
      `The disk that holds the store is full: ${folder} has ${freeSpace(folder)} free${need}. ${SAFE} Free some space, then repeat what you did; records that are stored already are recognized and not stored twice.`,
    );
  }
  if (NO_WRITING.has(code)) {
    return new ProblemError(
      'store-read-only',
      `Keepwatch may not write to its store in ${folder} (${code}). ${SAFE} Give yourself write permission for that folder and its files, or choose another folder for the store.`,
    );
  }
  if (code === 'EMFILE' || code === 'ENFILE')
    return new ProblemError(
      'failed',
      `Too many files are open on this system (${code}); the store in ${folder} could not go on. ${SAFE} Close other programs and try again.`,
    );
  if (code === 'EBUSY')
    return new ProblemError(
      'failed',
      `Another program, such as a backup or a virus scanner, holds a file of the store in ${folder} (${code}). ${SAFE} Try again in a moment.`,
    );
  return new ProblemError(
    'failed',
    `The disk reported an error (${code}) while Keepwatch tried to ${operation} a file of the store in ${folder}. ${SAFE} Check the disk, then open Keepwatch again.`,
  );
}

export function damagedStore(path: string, found: string): ProblemError {
  return new ProblemError(
    'store-damaged',
    `The store ${path} is damaged: ${found}. Keepwatch leaves it as it is. Move the folder ${dirname(path)} away and open Keepwatch again to begin with an empty store, then import the evidence again; or put back a copy of the folder that was made while Keepwatch was closed.`,
  );
}

function freeSpace(folder: string): string {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return megabytes(bavail * bsize);
  } catch {
    return 'no space';
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
