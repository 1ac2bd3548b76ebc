import type { AlertDetail } from '../../shared/model/alert.ts';
import type { CaseNote, GraphSnapshot } from '../../shared/model/case-file.ts';
import type { IncidentDetail } from '../../shared/model/incident.ts';
import type { Micros } from '../../shared/model/time.ts';

/** One record of the timeline, with where its bytes are. */
export type CaseEvent = {
  readonly id: string;
  readonly at: Micros;
  readonly tick: number;
  readonly computer: string;
  readonly channel: string;
  readonly provider: string;
  readonly eventId: number;
  readonly recordId: number;
  readonly summary: string;
  readonly note: string;
  /** Ids of the alerts that rest on it. */
  readonly alerts: readonly string[];
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly file: string;
  readonly sha256: string;
  readonly offset: number;
};

export type EvidenceFile = {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly format: string;
  readonly read: number;
  readonly rejected: number;
};

/** All that goes into a case file. Events are read one after the other: a timeline may be longer than memory. */
export type CaseFileContent = {
  readonly title: string;
  readonly author: string;
  readonly summary: string;
  readonly createdAt: Micros;
  readonly exportedAt: Micros;
  readonly version: string;
  readonly notes: readonly CaseNote[];
  readonly alerts: readonly Omit<AlertDetail, 'similar'>[];
  readonly incidents: readonly IncidentDetail[];
  readonly graphs: readonly GraphSnapshot[];
  readonly evidenceFiles: readonly EvidenceFile[];
  readonly eventCount: number;
  /** Oldest first; may be walked more than once. */
  events(): Iterable<CaseEvent>;
};
