import type { EntityTag } from '../../shared/model/entity.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

const NO_TAGS: readonly EntityTag[] = [];

/** Tags that people put on entities. */
export class TagStore {
  readonly #database: Database;
  readonly #tags = new Map<string, EntityTag[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  load(): void {
    this.#tags.clear();
    for (const { entity_id, tag } of this.#database.all<{ entity_id: string; tag: EntityTag }>(
      'SELECT entity_id, tag FROM entity_tag ORDER BY tag',
    )) {
      this.#tags.set(entity_id, [...this.of(entity_id), tag]);
    }
  }

  of(entity: string): readonly EntityTag[] {
    return this.#tags.get(entity) ?? NO_TAGS;
  }

  entitiesWith(tag: EntityTag): string[] {
    return [...this.#tags].filter(([, tags]) => tags.includes(tag)).map(([entity]) => entity);
  }

  set(entity: string, tag: EntityTag, on: boolean, now: Micros): void {
    if (on) this.#database.run('INSERT OR IGNORE INTO entity_tag (entity_id, tag, tagged_at) VALUES (?, ?, ?)', [entity, tag, now]);
    else this.#database.run('DELETE FROM entity_tag WHERE entity_id = ? AND tag = ?', [entity, tag]);
    const others = this.of(entity).filter((known) => known !== tag);
    this.#tags.set(entity, on ? [...others, tag].sort() : others);
  }
}
