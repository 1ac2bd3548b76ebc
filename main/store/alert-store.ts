import { type AlertDetail, type AlertRow, type AlertStatus, type Classification, shelfOf } from '../../shared/model/alert.ts';
import type { IncidentRow } from '../../shared/model/incident.ts';
import type { Micros } from '../../shared/model/time.ts';
import type { Database } from './database.ts';

/** An alert as a run found it: without what people add. */
export type FoundAlert = Omit<AlertDetail, 'similar' | 'sameAct' | 'row'> & {
  readonly row: Omit<AlertRow, 'status' | 'classification' | 'comment'>;
  /** Logon sessions of its records; absent in a store of an earlier version until the next run. */
  readonly sessions?: readonly string[];
  /** What its own product says of its state: it counts until somebody judges it here. */
  readonly startsAs?: Omit<Judgment, 'comment'>;
};
export type FoundIncident = Omit<IncidentRow, 'status' | 'classification'>;

export type Judgment = { status: AlertStatus; classification: Classification; comment: string };
/** What incidents of a store of an earlier version do not have until the next run. */
const NOT_SAID_BEFORE = { severityReasons: [], editIds: [] } as const;
const UNJUDGED: Judgment = { status: 'new', classification: 'not-set', comment: '' };

/**
 * Alerts and incidents of the last run, and what people said of them. A run replaces the first as a whole and never touches the second; where a
 * run gives an alert a new id (its first record came in later), the judgment moves to the alert of the same detection that shares a record with it.
 */
export class AlertStore {
  readonly #database: Database;
  #found = new Map<string, FoundAlert>();
  #incidents = new Map<string, FoundIncident>();
  readonly #judgments = new Map<string, Judgment>();
  readonly #incidentJudgments = new Map<string, Omit<Judgment, 'comment'>>();
  version = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  load(): void {
    this.version++;
    this.#found = new Map();
    this.#incidents = new Map();
    for (const { id, detail } of this.#database.all<{ id: string; detail: string }>('SELECT id, detail FROM alert'))
      this.#found.set(id, withTuning(JSON.parse(detail)));
    for (const { id, row } of this.#database.all<{ id: string; row: string }>('SELECT id, row FROM incident'))
      this.#incidents.set(id, { ...NOT_SAID_BEFORE, ...JSON.parse(row) });
    type Saved = Judgment & { alert_id: string };
    for (const saved of this.#database.all<Saved>('SELECT alert_id, status, classification, comment FROM alert_judgment')) {
      this.#judgments.set(saved.alert_id, { status: saved.status, classification: saved.classification, comment: saved.comment });
    }
    type SavedIncident = Omit<Judgment, 'comment'> & { incident_id: string };
    for (const saved of this.#database.all<SavedIncident>('SELECT incident_id, status, classification FROM incident_judgment')) {
      this.#incidentJudgments.set(saved.incident_id, { status: saved.status, classification: saved.classification });
    }
  }

  /** The alerts that count: neither hidden by an exclusion nor of a detection in test mode. */
  all(): AlertRow[] {
    return [...this.#found.values()].filter(({ row }) => shelfOf(row) === 'queue').map((found) => this.#row(found));
  }

  /** Those in test mode and those that are hidden too. */
  everything(): AlertRow[] {
    return [...this.#found.values()].map((found) => this.#row(found));
  }

  /** As the last run found them, with what hides them. */
  found(): FoundAlert[] {
    return [...this.#found.values()];
  }

  get count(): number {
    let count = 0;
    for (const { row } of this.#found.values()) if (shelfOf(row) === 'queue') count++;
    return count;
  }

  row(id: string): AlertRow | null {
    const found = this.#found.get(id);
    return found ? this.#row(found) : null;
  }

  detail(id: string): Omit<AlertDetail, 'similar' | 'sameAct'> | null {
    const found = this.#found.get(id);
    if (!found) return null;
    const { sessions: _sessions, startsAs: _startsAs, ...detail } = found;
    return { ...detail, row: this.#row(found) };
  }

  /** All that linking needs of the alerts that count: rows with their sessions. */
  linkable(): (AlertRow & { readonly sessions: readonly string[] })[] {
    return this.all().map((row) => ({ ...row, sessions: this.sessionsOf(row.id) }));
  }

  sessionsOf(id: string): readonly string[] {
    return this.#found.get(id)?.sessions ?? [];
  }

  incidents(): IncidentRow[] {
    return [...this.#incidents.values()].map((found) => this.#incidentRow(found));
  }

  incident(id: string): IncidentRow | null {
    const found = this.#incidents.get(id);
    return found ? this.#incidentRow(found) : null;
  }

  /** Saves the results of a run whole or not at all. */
  replace(alerts: readonly FoundAlert[], incidents: readonly FoundIncident[], now: Micros): void {
    const next = new Map(alerts.map((alert) => [alert.row.id, alert]));
    const moved = this.#judgmentsToMove(next);
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM alert');
      for (const alert of alerts) {
        const { row } = alert;
        this.#database.run('INSERT INTO alert (id, detection, incident_id, detail) VALUES (?, ?, ?, ?)', [
          row.id,
          row.detection,
          row.incidentId,
          JSON.stringify(alert),
        ]);
      }
      this.#saveIncidents(incidents);
      for (const [id, judgment] of moved) this.#saveJudgment(id, judgment, now);
    });
    for (const [id, judgment] of moved) this.#judgments.set(id, judgment);
    this.#found = next;
    this.#incidents = new Map(incidents.map((incident) => [incident.id, incident]));
    this.version++;
  }

  /** Other incidents of the same alerts: after people said which belong together. */
  regroup(incidents: readonly FoundIncident[]): void {
    const incidentOf = new Map(incidents.flatMap((incident) => incident.alertIds.map((id) => [id, incident.id] as const)));
    const changed = [...this.#found.values()]
      .map((found) => ({ ...found, row: { ...found.row, incidentId: incidentOf.get(found.row.id) ?? '' } }))
      .filter(({ row }) => row.incidentId !== this.#found.get(row.id)?.row.incidentId);
    this.#database.transaction(() => {
      for (const found of changed)
        this.#database.run('UPDATE alert SET incident_id = ?, detail = ? WHERE id = ?', [
          found.row.incidentId,
          JSON.stringify(found),
          found.row.id,
        ]);
      this.#saveIncidents(incidents);
    });
    for (const found of changed) this.#found.set(found.row.id, found);
    this.#incidents = new Map(incidents.map((incident) => [incident.id, incident]));
    this.version++;
  }

  /**
   * Where alerts of the last run go that `next` does not have: to the alert of the same detection that shares a record with them (their first
   * record came in later, which gives a new id). Old id -> new id.
   */
  heirs(next: ReadonlyMap<string, FoundAlert>): Map<string, string> {
    const byRecord = new Map<string, string>();
    for (const alert of next.values())
      for (const evidence of alert.evidence) byRecord.set(`${alert.row.detection}|${evidence.eventKey}`, alert.row.id);
    const heirs = new Map<string, string>();
    for (const [id, old] of this.#found) {
      if (next.has(id)) continue;
      const heir = old.evidence
        .map((evidence) => byRecord.get(`${old.row.detection}|${evidence.eventKey}`))
        .find((found) => found !== undefined);
      if (heir !== undefined) heirs.set(id, heir);
    }
    return heirs;
  }

  judge(ids: readonly string[], change: Partial<Judgment>, now: Micros): number {
    const known = ids.filter((id) => this.#found.has(id));
    const changed = known.map((id) => [id, { ...(this.#judgments.get(id) ?? unjudged(this.#found.get(id)!)), ...change }] as const);
    this.#database.transaction(() => {
      for (const [id, judgment] of changed) this.#saveJudgment(id, judgment, now);
    });
    for (const [id, judgment] of changed) this.#judgments.set(id, judgment);
    this.version++;
    return changed.length;
  }

  judgeIncidents(ids: readonly string[], change: Partial<Omit<Judgment, 'comment'>>, now: Micros): number {
    const known = ids.filter((id) => this.#incidents.has(id));
    const changed = known.map(
      (id) =>
        [
          id,
          { status: 'new', classification: 'not-set', ...this.#incidentJudgments.get(id), ...change } as Omit<Judgment, 'comment'>,
        ] as const,
    );
    this.#database.transaction(() => {
      for (const [id, judgment] of changed) {
        this.#database.run(
          'INSERT OR REPLACE INTO incident_judgment (incident_id, status, classification, changed_at) VALUES (?, ?, ?, ?)',
          [id, judgment.status, judgment.classification, now],
        );
      }
    });
    for (const [id, judgment] of changed) this.#incidentJudgments.set(id, judgment);
    this.version++;
    return changed.length;
  }

  #saveJudgment(id: string, judgment: Judgment, now: Micros): void {
    this.#database.run(
      'INSERT OR REPLACE INTO alert_judgment (alert_id, status, classification, comment, changed_at) VALUES (?, ?, ?, ?, ?)',
      [id, judgment.status, judgment.classification, judgment.comment, now],
    );
  }

  #saveIncidents(incidents: readonly FoundIncident[]): void {
    this.#database.run('DELETE FROM incident');
    for (const incident of incidents)
      this.#database.run('INSERT INTO incident (id, row) VALUES (?, ?)', [incident.id, JSON.stringify(incident)]);
  }

  #judgmentsToMove(next: ReadonlyMap<string, FoundAlert>): Map<string, Judgment> {
    const moved = new Map<string, Judgment>();
    for (const [id, heir] of this.heirs(next)) {
      const judgment = this.#judgments.get(id);
      // A judgment of its own is never overwritten.
      if (judgment && !this.#judgments.has(heir)) moved.set(heir, judgment);
    }
    return moved;
  }

  #row(found: FoundAlert): AlertRow {
    return { ...found.row, ...(this.#judgments.get(found.row.id) ?? unjudged(found)) };
  }

  #incidentRow(found: FoundIncident): IncidentRow {
    return { ...found, ...(this.#incidentJudgments.get(found.id) ?? { status: 'new' as const, classification: 'not-set' as const }) };
  }
}

function unjudged({ startsAs }: FoundAlert): Judgment {
  return startsAs === undefined ? UNJUDGED : { ...UNJUDGED, ...startsAs };
}

/** Alerts that were stored before there was any tuning say nothing of it. */
function withTuning(stored: FoundAlert): FoundAlert {
  return { ...stored, row: { ...stored.row, isTest: stored.row.isTest ?? false, hiddenBy: stored.row.hiddenBy ?? [] } };
}
