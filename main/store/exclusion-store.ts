import type { Micros } from '../../shared/model/time.ts';
import type { Exclusion, ExclusionDraft, ExclusionRole } from '../../shared/model/tuning.ts';
import type { Database } from './database.ts';

type Saved = {
  id: number;
  detection: string;
  entity: string;
  entity_name: string;
  role: string;
  network: string;
  reason: string;
  author: string;
  created_at: number;
  changed_at: number;
  expires_at: number | null;
};

const COLUMNS = 'id, detection, entity, entity_name, role, network, reason, author, created_at, changed_at, expires_at';

/** Exclusions: what people decided not to look at. A removed one is only put aside, so that it can come back with its id. */
export class ExclusionStore {
  readonly #database: Database;
  #exclusions: readonly Exclusion[] = [];
  #dueAt: Micros = Number.POSITIVE_INFINITY;

  constructor(database: Database) {
    this.#database = database;
  }

  load(): void {
    this.#read();
    // What expired while the console was closed still hides alerts of the last run: the first question settles that.
    if (this.#exclusions.some(({ expiresAt }) => expiresAt !== null)) this.#dueAt = Number.NEGATIVE_INFINITY;
  }

  /** Those not removed, oldest first, expired ones too. */
  all(): readonly Exclusion[] {
    return this.#exclusions;
  }

  get(id: number): Exclusion | null {
    return this.#exclusions.find((exclusion) => exclusion.id === id) ?? null;
  }

  /** All of them or none; gives them with their ids. */
  add(drafts: readonly { readonly draft: ExclusionDraft; readonly author: string }[], now: Micros): readonly Exclusion[] {
    const from = this.#database.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM exclusion')!.id;
    this.#database.transaction(() => {
      for (const { draft, author } of drafts) {
        this.#database.run(
          `INSERT INTO exclusion (detection, entity, entity_name, role, network, reason, author, created_at, changed_at, expires_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          [...scopeOf(draft), author, now, now, draft.expiresAt],
        );
      }
    });
    this.#read();
    return this.#exclusions.filter(({ id }) => id > from);
  }

  change(id: number, draft: ExclusionDraft, author: string, now: Micros): void {
    this.#database.run(
      `UPDATE exclusion SET detection = ?, entity = ?, entity_name = ?, role = ?, network = ?, reason = ?, author = ?, changed_at = ?,
       expires_at = ? WHERE id = ?`,
      [...scopeOf(draft), author, now, draft.expiresAt, id],
    );
    this.#read();
  }

  /** Puts aside or brings back; gives how many were changed. */
  setRemoved(ids: readonly number[], removedAt: Micros | null): number {
    const changed = this.#database.transaction(() =>
      ids.reduce(
        (sum, id) =>
          sum +
          this.#database.run(`UPDATE exclusion SET removed_at = ? WHERE id = ? AND removed_at IS ${removedAt === null ? 'NOT' : ''} NULL`, [
            removedAt,
            id,
          ]),
        0,
      ),
    );
    this.#read();
    return changed;
  }

  /** True once after a moment at which one expires. */
  isDue(now: Micros): boolean {
    return now >= this.#dueAt;
  }

  /** Remembers that alerts are as the exclusions say at this moment. */
  markSettled(now: Micros): void {
    const ahead = this.#exclusions.flatMap(({ expiresAt }) => (expiresAt !== null && expiresAt > now ? [expiresAt] : []));
    this.#dueAt = ahead.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  }

  #read(): void {
    this.#exclusions = this.#database.all<Saved>(`SELECT ${COLUMNS} FROM exclusion WHERE removed_at IS NULL ORDER BY id`).map(exclusionOf);
  }
}

function scopeOf({ detection, entity, entityName, role, network, reason }: ExclusionDraft) {
  return [detection, entity, entityName, role, network, reason] as const;
}

function exclusionOf({ entity_name, created_at, changed_at, expires_at, role, ...rest }: Saved): Exclusion {
  return {
    ...rest,
    entityName: entity_name,
    role: role as ExclusionRole,
    createdAt: created_at,
    changedAt: changed_at,
    expiresAt: expires_at,
  };
}
