import type { SigmaSet, SigmaSwitch } from '../../shared/model/sigma.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

/** A file of rules as it was read; `problem` says why it could not be, its text is empty then. */
export type RuleFile = { readonly path: string; readonly text: string; readonly problem: string };
export type StoredRuleFile = RuleFile & { readonly id: number; readonly setId: number };

type SetRow = { id: number; name: string; added_at: number; added_by: string; rules: number };
type FileRow = { id: number; set_id: number; path: string; text: string; problem: string };

const SELECT_SET = `SELECT id, name, added_at, added_by, (SELECT count(*) FROM sigma_file WHERE set_id = sigma_set.id) AS rules FROM sigma_set`;

/** Sets of Sigma rules and what is switched off: a person's work, which no run touches. A removed set is hidden until the next start, so that it can come back. */
export class SigmaStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Once a start: nobody can take the removal of these back any more. */
  forgetRemoved(): void {
    if (this.#database.get('SELECT id FROM sigma_set WHERE removed_at IS NOT NULL') === null) return;
    this.#database.transaction(() => {
      this.#database.run("DELETE FROM sigma_off WHERE kind = 'set' AND value IN (SELECT id FROM sigma_set WHERE removed_at IS NOT NULL)");
      this.#database.run('DELETE FROM sigma_file WHERE set_id IN (SELECT id FROM sigma_set WHERE removed_at IS NOT NULL)');
      this.#database.run('DELETE FROM sigma_set WHERE removed_at IS NOT NULL');
    });
  }

  sets(): SigmaSet[] {
    const off = new Set(this.off().flatMap(({ kind, value }) => (kind === 'set' ? value : [])));
    return this.#database.all<SetRow>(`${SELECT_SET} WHERE removed_at IS NULL ORDER BY id`).map((row) => setOf(row, off));
  }

  /** Saves a set whole or not at all. */
  addSet(name: string, addedBy: string, files: readonly RuleFile[], now: Micros): number {
    return this.#database.transaction(() => {
      this.#database.run('INSERT INTO sigma_set (name, added_at, added_by) VALUES (?, ?, ?)', [name, now, addedBy]);
      const { id } = this.#database.get<{ id: number }>('SELECT last_insert_rowid() AS id')!;
      for (const { path, text, problem } of files)
        this.#database.run('INSERT INTO sigma_file (set_id, path, text, problem) VALUES (?, ?, ?, ?)', [id, path, text, problem]);
      return id;
    });
  }

  /** False when there is no such set, or it is in that state already. */
  setRemoved(id: number, removedAt: Micros | null): boolean {
    const sql =
      removedAt === null
        ? 'UPDATE sigma_set SET removed_at = ? WHERE id = ? AND removed_at IS NOT NULL'
        : 'UPDATE sigma_set SET removed_at = ? WHERE id = ? AND removed_at IS NULL';
    return this.#database.run(sql, [removedAt, id]) > 0;
  }

  /** The next files after `after` by id, of sets that are there: for reading thousands in pieces. */
  filesAfter(after: number, most: number): StoredRuleFile[] {
    const rows = this.#database.all<FileRow>(
      `SELECT sigma_file.id, set_id, path, text, problem FROM sigma_file JOIN sigma_set ON sigma_set.id = set_id
       WHERE removed_at IS NULL AND sigma_file.id > ? ORDER BY sigma_file.id LIMIT ?`,
      [after, most],
    );
    return rows.map(fileOf);
  }

  file(id: number): StoredRuleFile | null {
    const row = this.#database.get<FileRow>('SELECT id, set_id, path, text, problem FROM sigma_file WHERE id = ?', [id]);
    return row === null ? null : fileOf(row);
  }

  off(): SigmaSwitch[] {
    return this.#database.all<SigmaSwitch>('SELECT kind, value FROM sigma_off ORDER BY kind, value');
  }

  switch({ kind, value }: SigmaSwitch, on: boolean): void {
    if (on) this.#database.run('DELETE FROM sigma_off WHERE kind = ? AND value = ?', [kind, value]);
    else this.#database.run('INSERT OR IGNORE INTO sigma_off (kind, value) VALUES (?, ?)', [kind, value]);
  }
}

function setOf(row: SetRow, off: ReadonlySet<string>): SigmaSet {
  return { id: row.id, name: row.name, addedAt: row.added_at, addedBy: row.added_by, rules: row.rules, isOn: !off.has(String(row.id)) };
}

function fileOf({ set_id, ...row }: FileRow): StoredRuleFile {
  return { ...row, setId: set_id };
}
