import type { Reject } from './event-batch.ts';
import type { Micros } from './time.ts';

export const IMPORT_STATES = ['running', 'done', 'cancelled', 'failed', 'interrupted'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** `preparing`: the demo evidence is being written; `bytesDone` of `bytesTotal` is then the share of it. */
export type ImportProgress = {
  readonly importId: number;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly eventsStored: number;
  readonly stage: 'preparing' | 'finding' | 'reading' | 'detecting' | 'done';
  readonly currentFile: string;
};

export type ImportRow = {
  readonly id: number;
  readonly label: string;
  readonly state: ImportState;
  readonly startedAt: Micros;
  readonly finishedAt: Micros | null;
  readonly files: number;
  readonly bytes: number;
  readonly read: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly progress: ImportProgress | null;
};

/** Read = stored + duplicate, and rejected counts apart: the numbers of a file always add up. */
export type FileReport = {
  readonly fileId: number;
  /** Original path; members of archives as `outer.zip/inner/path.evtx`. */
  readonly path: string;
  readonly format: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly read: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly rejects: readonly Reject[];
  readonly firstAt: Micros | null;
  readonly lastAt: Micros | null;
  readonly state: 'done' | 'already-imported' | 'unreadable' | 'not-recognized' | 'cancelled';
  readonly note: string;
};

export type CannotFire = { readonly detection: string; readonly title: string; readonly reason: string };

export type ImportReport = {
  readonly row: ImportRow;
  readonly files: readonly FileReport[];
  readonly cannotFire: readonly CannotFire[];
};
