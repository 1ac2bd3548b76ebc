import type { Reject } from '../../shared/model/event-batch.ts';
import type { FileReport, ImportRow, ImportState } from '../../shared/model/import.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

type SavedFile = Omit<FileReport, 'fileId' | 'rejects' | 'firstAt' | 'lastAt'> & {
  id: number;
  first_at: number | null;
  last_at: number | null;
};
type SavedImport = { id: number; label: string; state: ImportState; started_at: number; finished_at: number | null } & Record<
  'files' | 'bytes' | 'read' | 'stored' | 'duplicate' | 'rejected',
  number
>;

const SELECT_IMPORT = `SELECT id, label, import.state, started_at, finished_at, files, bytes, read, stored, duplicate, rejected FROM import LEFT JOIN (
  SELECT import_id, count(*) AS files, sum(bytes) AS bytes, sum(read) AS read, sum(stored) AS stored, sum(duplicate) AS duplicate, sum(rejected) AS rejected
  FROM file GROUP BY import_id) ON import_id = import.id`;

/** Imports and their files: what was read, stored, met again and rejected. */
export class ImportStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  create(label: string, now: Micros): number {
    this.#database.run('INSERT INTO import (label, state, started_at) VALUES (?, ?, ?)', [label, 'running', now]);
    return this.#database.get<{ id: number }>('SELECT last_insert_rowid() AS id')!.id;
  }

  finish(id: number, state: ImportState, now: Micros): void {
    this.#database.run('UPDATE import SET state = ?, finished_at = ? WHERE id = ?', [state, now, id]);
  }

  /** An import that was running when the process ended did not finish: what it had stored stays, and it says so. */
  markInterrupted(now: Micros): number {
    this.#database.run(
      "UPDATE file SET state = 'cancelled', note = 'Keepwatch ended while this file was read; import it again to complete it.' WHERE state = 'reading'",
    );
    const running = this.#database.all<{ id: number }>("SELECT id FROM import WHERE state = 'running'");
    for (const { id } of running) this.finish(id, 'interrupted', now);
    return running.length;
  }

  createFile(importId: number, path: string): number {
    this.#database.run(
      "INSERT INTO file (import_id, path, format, sha256, bytes, read, stored, duplicate, rejected, state, note) VALUES (?, ?, '', '', 0, 0, 0, 0, 0, 'reading', '')",
      [importId, path],
    );
    return this.#database.get<{ id: number }>('SELECT last_insert_rowid() AS id')!.id;
  }

  /** Adds a batch to the counts of a file; in the same transaction as its rows. */
  countBatch(fileId: number, read: number, stored: number, duplicate: number, firstAt: Micros | null, lastAt: Micros | null): void {
    this.#database.run(
      `UPDATE file SET read = read + ?, stored = stored + ?, duplicate = duplicate + ?,
       first_at = min(coalesce(first_at, ?), coalesce(?, first_at)), last_at = max(coalesce(last_at, ?), coalesce(?, last_at)) WHERE id = ?`,
      [read, stored, duplicate, firstAt, firstAt, lastAt, lastAt, fileId],
    );
  }

  addReject(fileId: number, reject: Reject): void {
    this.#database.run('INSERT INTO reject (file_id, offset, length, record, reason) VALUES (?, ?, ?, ?, ?)', [
      fileId,
      reject.offset,
      reject.length,
      reject.record,
      reject.reason,
    ]);
  }

  finishFile(
    fileId: number,
    result: { format: string; sha256: string; bytes: number; rejected: number; state: FileReport['state']; note: string },
  ): void {
    this.#database.run('UPDATE file SET format = ?, sha256 = ?, bytes = ?, rejected = ?, state = ?, note = ? WHERE id = ?', [
      result.format,
      result.sha256,
      result.bytes,
      result.rejected,
      result.state,
      result.note,
      fileId,
    ]);
  }

  counts(fileId: number): { read: number; stored: number } {
    return (
      this.#database.get<{ read: number; stored: number }>('SELECT read, stored FROM file WHERE id = ?', [fileId]) ?? { read: 0, stored: 0 }
    );
  }

  /** True when another file of the same content is in the store. */
  hasTwin(fileId: number, sha256: string): boolean {
    return this.#database.get('SELECT id FROM file WHERE sha256 = ? AND id <> ? LIMIT 1', [sha256, fileId]) !== null;
  }

  list(): ImportRow[] {
    return this.#database.all<SavedImport>(`${SELECT_IMPORT} ORDER BY id DESC`).map(importRow);
  }

  get(id: number): ImportRow | null {
    const saved = this.#database.get<SavedImport>(`${SELECT_IMPORT} WHERE id = ?`, [id]);
    return saved ? importRow(saved) : null;
  }

  files(importId: number): FileReport[] {
    const rejects = this.#rejectsOf(importId);
    return this.#database
      .all<SavedFile>('SELECT * FROM file WHERE import_id = ? ORDER BY id', [importId])
      .map((saved) => fileReport(saved, rejects.get(saved.id) ?? []));
  }

  file(fileId: number): { path: string; sha256: string; importId: number } | null {
    const saved = this.#database.get<{ path: string; sha256: string; import_id: number }>(
      'SELECT path, sha256, import_id FROM file WHERE id = ?',
      [fileId],
    );
    return saved ? { path: saved.path, sha256: saved.sha256, importId: saved.import_id } : null;
  }

  count(): number {
    return this.#database.get<{ n: number }>('SELECT count(*) AS n FROM file')?.n ?? 0;
  }

  /** A file of the same content in another import, which keeps the events when this one goes. */
  #twinOf(fileId: number, importId: number): number | null {
    const twin = this.#database.get<{ id: number }>(
      "SELECT other.id FROM file JOIN file AS other ON other.sha256 = file.sha256 AND other.import_id <> ? WHERE file.id = ? AND file.sha256 <> '' ORDER BY other.id",
      [importId, fileId],
    );
    return twin?.id ?? null;
  }

  /** Removes an import with its events; those of a file that another import brought too go over to that one. */
  remove(importId: number): { events: number } {
    let events = 0;
    this.#database.transaction(() => {
      for (const { id, stored } of this.#database.all<{ id: number; stored: number }>('SELECT id, stored FROM file WHERE import_id = ?', [
        importId,
      ])) {
        const twin = this.#twinOf(id, importId);
        if (twin !== null) {
          this.#database.run('UPDATE block SET file_id = ? WHERE file_id = ?', [twin, id]);
          this.#database.run('UPDATE file SET stored = stored + ?, duplicate = max(0, duplicate - ?) WHERE id = ?', [stored, stored, twin]);
        } else {
          this.#database.run('DELETE FROM block WHERE file_id = ?', [id]);
          events += stored;
        }
        this.#database.run('DELETE FROM reject WHERE file_id = ?', [id]);
      }
      this.#database.run('DELETE FROM file WHERE import_id = ?', [importId]);
      this.#database.run('DELETE FROM import WHERE id = ?', [importId]);
    });
    return { events };
  }

  #rejectsOf(importId: number): Map<number, Reject[]> {
    const byFile = new Map<number, Reject[]>();
    const rows = this.#database.all<Reject & { file_id: number }>(
      'SELECT reject.* FROM reject JOIN file ON file.id = reject.file_id WHERE file.import_id = ? ORDER BY reject.rowid',
      [importId],
    );
    for (const { file_id, ...reject } of rows) byFile.set(file_id, [...(byFile.get(file_id) ?? []), reject]);
    return byFile;
  }
}

function importRow(saved: SavedImport): ImportRow {
  return {
    id: saved.id,
    label: saved.label,
    state: saved.state,
    startedAt: saved.started_at,
    finishedAt: saved.finished_at,
    files: saved.files ?? 0,
    bytes: saved.bytes ?? 0,
    read: saved.read ?? 0,
    stored: saved.stored ?? 0,
    duplicate: saved.duplicate ?? 0,
    rejected: saved.rejected ?? 0,
    progress: null,
  };
}

function fileReport(saved: SavedFile, rejects: readonly Reject[]): FileReport {
  const { path, format, sha256, bytes, read, stored, duplicate, rejected, state, note } = saved;
  return {
    fileId: saved.id,
    path,
    format,
    sha256,
    bytes,
    read,
    stored,
    duplicate,
    rejected,
    rejects,
    firstAt: saved.first_at,
    lastAt: saved.last_at,
    state,
    note,
  };
}
