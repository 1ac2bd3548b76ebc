import type { CaseDetail, CaseEvidence, CaseEvidenceKind, CaseRow } from '../../shared/model/case-file.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

export type NewEvidence = { kind: CaseEvidenceKind; key: string; label: string; note?: string | undefined; snapshot?: string | undefined };
type Saved = {
  id: number;
  title: string;
  author: string;
  summary: string;
  created_at: number;
  changed_at: number;
  evidence: number;
  notes: number;
};

const SELECT_CASE = `SELECT id, title, author, summary, created_at, changed_at,
  (SELECT count(*) FROM case_evidence WHERE case_id = case_row.id) AS evidence,
  (SELECT count(*) FROM case_note WHERE case_id = case_row.id) AS notes FROM case_row`;

/** Cases: a person's work, which no run and no removed import touches. A removed case is only hidden, so that it can come back. */
export class CaseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(): CaseRow[] {
    return this.#database.all<Saved>(`${SELECT_CASE} WHERE removed_at IS NULL ORDER BY changed_at DESC`).map(rowOf);
  }

  count(): number {
    return this.#database.get<{ n: number }>('SELECT count(*) AS n FROM case_row WHERE removed_at IS NULL')?.n ?? 0;
  }

  create(title: string, author: string, now: Micros): CaseRow {
    this.#database.run('INSERT INTO case_row (title, author, summary, created_at, changed_at) VALUES (?, ?, ?, ?, ?)', [
      title,
      author,
      '',
      now,
      now,
    ]);
    return rowOf(this.#database.get<Saved>(`${SELECT_CASE} WHERE id = last_insert_rowid()`)!);
  }

  get(id: number): CaseDetail | null {
    const saved = this.#database.get<Saved>(`${SELECT_CASE} WHERE id = ? AND removed_at IS NULL`, [id]);
    if (!saved) return null;
    const notes = this.#database.all<{ id: number; at: number; text: string }>(
      'SELECT id, at, text FROM case_note WHERE case_id = ? ORDER BY id',
      [id],
    );
    const evidence = this.#database
      .all<CaseEvidence & { added_at: number }>(
        'SELECT id, kind, key, label, note, added_at FROM case_evidence WHERE case_id = ? ORDER BY id',
        [id],
      )
      .map(({ added_at, ...rest }) => ({ ...rest, addedAt: added_at }));
    return { row: rowOf(saved), summary: saved.summary, notes, evidence };
  }

  snapshots(id: number): string[] {
    const rows = this.#database.all<{ snapshot: string }>(
      'SELECT snapshot FROM case_evidence WHERE case_id = ? AND snapshot IS NOT NULL ORDER BY id',
      [id],
    );
    return rows.map((row) => row.snapshot);
  }

  update(id: number, change: { title?: string | undefined; author?: string | undefined; summary?: string | undefined }, now: Micros): void {
    for (const column of ['title', 'author', 'summary'] as const) {
      const value = change[column];
      if (value !== undefined) this.#database.run(`UPDATE case_row SET ${column} = ? WHERE id = ?`, [value, id]);
    }
    this.#touch(id, now);
  }

  remove(id: number, now: Micros): void {
    this.#database.run('UPDATE case_row SET removed_at = ? WHERE id = ?', [now, id]);
  }

  restore(id: number): void {
    this.#database.run('UPDATE case_row SET removed_at = NULL WHERE id = ?', [id]);
  }

  addNote(id: number, text: string, now: Micros): void {
    this.#database.run('INSERT INTO case_note (case_id, at, text) VALUES (?, ?, ?)', [id, now, text]);
    this.#touch(id, now);
  }

  changeNote(id: number, noteId: number, text: string, now: Micros): void {
    this.#database.run('UPDATE case_note SET text = ? WHERE id = ? AND case_id = ?', [text, noteId, id]);
    this.#touch(id, now);
  }

  removeNote(id: number, noteId: number, now: Micros): void {
    this.#database.run('DELETE FROM case_note WHERE id = ? AND case_id = ?', [noteId, id]);
    this.#touch(id, now);
  }

  /** Evidence that is there already is not added twice; a graph is a picture of its moment and always is new. */
  addEvidence(id: number, items: readonly NewEvidence[], now: Micros): void {
    this.#database.transaction(() => {
      for (const item of items) {
        const known =
          item.kind !== 'graph' &&
          this.#database.get('SELECT id FROM case_evidence WHERE case_id = ? AND kind = ? AND key = ?', [id, item.kind, item.key]);
        if (known) continue;
        this.#database.run('INSERT INTO case_evidence (case_id, kind, key, label, note, snapshot, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)', [
          id,
          item.kind,
          item.key,
          item.label,
          item.note ?? '',
          item.snapshot ?? null,
          now,
        ]);
      }
      this.#touch(id, now);
    });
  }

  removeEvidence(id: number, evidenceIds: readonly number[], now: Micros): void {
    this.#database.transaction(() => {
      for (const evidenceId of evidenceIds) this.#database.run('DELETE FROM case_evidence WHERE id = ? AND case_id = ?', [evidenceId, id]);
      this.#touch(id, now);
    });
  }

  #touch(id: number, now: Micros): void {
    this.#database.run('UPDATE case_row SET changed_at = ? WHERE id = ?', [now, id]);
  }
}

function rowOf(saved: Saved): CaseRow {
  return {
    id: saved.id,
    title: saved.title,
    author: saved.author,
    createdAt: saved.created_at,
    changedAt: saved.changed_at,
    evidenceCount: saved.evidence,
    noteCount: saved.notes,
  };
}
