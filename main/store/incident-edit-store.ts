import type { IncidentEdit, IncidentEditKind } from '../../shared/model/incident.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

type Held = IncidentEdit & { readonly undoneAt: Micros | null };
type Saved = {
  readonly id: number;
  readonly kind: IncidentEditKind;
  readonly alert_ids: string;
  readonly rest_ids: string;
  readonly author: string;
  readonly made_at: Micros;
  readonly undone_at: Micros | null;
};

/** Merges and splits that people made, by ids of alerts. No run touches them but to follow an alert whose id has moved. */
export class IncidentEditStore {
  readonly #database: Database;
  readonly #edits = new Map<number, Held>();

  constructor(database: Database) {
    this.#database = database;
  }

  load(): void {
    this.#edits.clear();
    for (const saved of this.#database.all<Saved>('SELECT * FROM incident_edit ORDER BY id')) {
      const { id, kind, author } = saved;
      const alertIds = JSON.parse(saved.alert_ids) as string[];
      const restIds = JSON.parse(saved.rest_ids) as string[];
      this.#edits.set(id, { id, kind, alertIds, restIds, author, at: saved.made_at, undoneAt: saved.undone_at });
    }
  }

  /** Those that hold, oldest first. */
  all(): IncidentEdit[] {
    return [...this.#edits.values()].filter(({ undoneAt }) => undoneAt === null).map(withoutState);
  }

  /** Null when there is none, or when it was taken back. */
  get(id: number): IncidentEdit | null {
    const held = this.#edits.get(id);
    return held && held.undoneAt === null ? withoutState(held) : null;
  }

  add(edit: Omit<IncidentEdit, 'id'>): IncidentEdit {
    this.#database.run('INSERT INTO incident_edit (kind, alert_ids, rest_ids, author, made_at) VALUES (?, ?, ?, ?, ?)', [
      edit.kind,
      JSON.stringify(edit.alertIds),
      JSON.stringify(edit.restIds),
      edit.author,
      edit.at,
    ]);
    const { id } = this.#database.get<{ id: number }>('SELECT max(id) AS id FROM incident_edit')!;
    this.#edits.set(id, { ...edit, id, undoneAt: null });
    return { ...edit, id };
  }

  /** Takes an edit back, or makes it again. False when there is none. */
  setUndone(id: number, undoneAt: Micros | null): boolean {
    const held = this.#edits.get(id);
    if (!held) return false;
    this.#database.run('UPDATE incident_edit SET undone_at = ? WHERE id = ?', [undoneAt, id]);
    this.#edits.set(id, { ...held, undoneAt });
    return true;
  }

  /** Follows alerts to their new ids. `moved`: old id -> new id. */
  follow(moved: ReadonlyMap<string, string>): void {
    if (moved.size === 0) return;
    const names = (ids: readonly string[]) => [...new Set(ids.map((id) => moved.get(id) ?? id))];
    const changed = [...this.#edits.values()].filter(({ alertIds, restIds }) => [...alertIds, ...restIds].some((id) => moved.has(id)));
    if (changed.length === 0) return;
    const next = changed.map((held) => ({ ...held, alertIds: names(held.alertIds), restIds: names(held.restIds) }));
    this.#database.transaction(() => {
      for (const { id, alertIds, restIds } of next) {
        this.#database.run('UPDATE incident_edit SET alert_ids = ?, rest_ids = ? WHERE id = ?', [
          JSON.stringify(alertIds),
          JSON.stringify(restIds),
          id,
        ]);
      }
    });
    for (const held of next) this.#edits.set(held.id, held);
  }
}

function withoutState({ undoneAt: _undoneAt, ...edit }: Held): IncidentEdit {
  return edit;
}
