import type { AlertEntity, AlertRow, AlertStatus, Classification } from './alert.ts';
import type { Severity } from './severity.ts';
import type { Micros } from './time.ts';

/** Alerts that belong together. */
export type IncidentRow = {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly alertIds: readonly string[];
  readonly entities: readonly AlertEntity[];
  readonly tactics: readonly string[];
  /** What the severity follows from, in words; the weightiest first. */
  readonly severityReasons: readonly string[];
  /** Numbers of the edits by hand that shape it, oldest first; empty where correlation alone made it. */
  readonly editIds: readonly number[];
  readonly status: AlertStatus;
  readonly classification: Classification;
};

export const INCIDENT_EDIT_KINDS = ['merge', 'split'] as const;
export type IncidentEditKind = (typeof INCIDENT_EDIT_KINDS)[number];

/** What a person said of which alerts belong together; kept beside every later run. */
export type IncidentEdit = {
  /** Rises with every edit: a later one wins over an earlier one. */
  readonly id: number;
  readonly kind: IncidentEditKind;
  /** Merge: these belong together. Split: these form an incident of their own. */
  readonly alertIds: readonly string[];
  /** Split only: the rest of the incident, from which they stand apart. */
  readonly restIds: readonly string[];
  /** Name of the analyst as set, empty where none is. */
  readonly author: string;
  readonly at: Micros;
};

/** One step of an incident as told in its headline: alerts of one kind, in the order of the first of them. */
export type StoryStage = {
  readonly at: Micros;
  /** A clause without capital and full stop: "the directory was replicated from the domain controller DC01". */
  readonly text: string;
  /** Oldest first. */
  readonly alertIds: readonly string[];
  /** Whom and what the clause is about, at most twelve. */
  readonly entities: readonly AlertEntity[];
  /** Name of an ATT&CK tactic; empty where the alerts name none. */
  readonly tactic: string;
};

export type IncidentDetail = {
  readonly row: IncidentRow;
  readonly alerts: readonly AlertRow[];
  /** The whole in one sentence. */
  readonly headline: string;
  readonly stages: readonly StoryStage[];
  /** The story in order, one line per step. */
  readonly story: readonly { readonly at: Micros; readonly text: string; readonly alertId: string }[];
  /** Why these alerts were linked. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
  /** What was done by hand, oldest first. */
  readonly edits: readonly IncidentEdit[];
};
