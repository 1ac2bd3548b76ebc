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
  readonly status: AlertStatus;
  readonly classification: Classification;
};

export type IncidentDetail = {
  readonly row: IncidentRow;
  readonly alerts: readonly AlertRow[];
  /** The story in order, one line per step. */
  readonly story: readonly { readonly at: Micros; readonly text: string; readonly alertId: string }[];
  /** Why these alerts were linked. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly reason: string }[];
};
