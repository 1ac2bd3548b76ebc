import type { Micros } from '../../shared/model/time.ts';
import { type DetectionTuning, LEVELS, type Level, MODES, type Mode } from '../../shared/model/tuning.ts';
import type { Database } from './database.ts';

/** Level and mode of detections that are not as they were delivered. */
export class TuningStore {
  readonly #database: Database;
  readonly #tunings = new Map<string, DetectionTuning>();

  constructor(database: Database) {
    this.#database = database;
  }

  load(): void {
    this.#tunings.clear();
    type Saved = { detection: string; level: string; mode: string };
    for (const saved of this.#database.all<Saved>('SELECT detection, level, mode FROM detection_tuning')) {
      const level = LEVELS.find((known) => known === saved.level) ?? 'high';
      const mode = MODES.find((known) => known === saved.mode) ?? 'on';
      this.#tunings.set(saved.detection, { detection: saved.detection, level, mode });
    }
  }

  of(detection: string): DetectionTuning {
    return this.#tunings.get(detection) ?? { detection, level: 'high', mode: 'on' };
  }

  set(detection: string, change: { level?: Level | undefined; mode?: Mode | undefined }, now: Micros): DetectionTuning {
    const before = this.of(detection);
    const next = { detection, level: change.level ?? before.level, mode: change.mode ?? before.mode };
    this.#database.run('INSERT OR REPLACE INTO detection_tuning (detection, level, mode, changed_at) VALUES (?, ?, ?, ?)', [
      detection,
      next.level,
      next.mode,
      now,
    ]);
    this.#tunings.set(detection, next);
    return next;
  }
}
