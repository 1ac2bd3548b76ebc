import type { EntityKind } from './entity.ts';
import type { ImportedMark, ImportedOrigin } from './imported-alert.ts';
import type { Confidence, Severity } from './severity.ts';
import type { SigmaMatch, SigmaOrigin } from './sigma.ts';
import type { Micros } from './time.ts';

export const ALERT_STATUSES = ['new', 'in-progress', 'resolved'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

export const CLASSIFICATIONS = ['not-set', 'true-positive', 'expected-activity', 'false-positive'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

/** Whose rule is behind an alert: a detection of this program, a Sigma rule that an analyst brought, or another product whose alerts were imported. */
export const ALERT_SOURCES = ['keepwatch', 'sigma', 'imported'] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];

export const ENTITY_ROLES = ['source', 'actor', 'target', 'host', 'object'] as const;
export type EntityRole = (typeof ENTITY_ROLES)[number];

export type AlertEntity = { readonly id: string; readonly name: string; readonly kind: EntityKind; readonly role: EntityRole };

/** One record that an alert rests on, and which of its fields say so. */
export type AlertEvidence = {
  readonly eventIndex: number;
  /** Stable event id, 16 hexadecimal digits. */
  readonly eventKey: string;
  readonly at: Micros;
  readonly tick: number;
  readonly eventId: number;
  readonly computer: string;
  readonly file: string;
  readonly recordId: number;
  /** Field name, its value, and what the detection read out of it ("RC4 requested"). */
  readonly fields: readonly (readonly [name: string, value: string, meaning: string])[];
};

export type AlertRow = {
  /** 32 hexadecimal digits, derived from detection, group and window. */
  readonly id: string;
  readonly detection: string;
  /** Catalogue number (for example 2006), null where the catalogue has none. */
  readonly externalId: number | null;
  readonly title: string;
  /** One sentence about this very case: who, what, where, how many. */
  readonly summary: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly techniques: readonly string[];
  readonly tactics: readonly string[];
  readonly firstAt: Micros;
  readonly lastAt: Micros;
  readonly entities: readonly AlertEntity[];
  readonly evidenceCount: number;
  /** Empty where it belongs to none: informational and alone, of a detection in test mode, or hidden. */
  readonly incidentId: string;
  /** Found by a detection in test mode: listed apart, never counted, linked or told. */
  readonly isTest: boolean;
  /** Ids of the exclusions that hide it now; empty where it is in the queue. */
  readonly hiddenBy: readonly number[];
  readonly status: AlertStatus;
  readonly classification: Classification;
  readonly comment: string;
  /** Sigma rules that matched the same records; they stand here in place of alerts of their own. */
  readonly alsoMatched?: readonly SigmaMatch[];
  /** Only where another product raised it and its export was imported. */
  readonly imported?: ImportedMark;
  /** Of an imported alert: ids of alerts of ours that saw the same act. */
  readonly alsoSeenBy?: readonly string[];
};

export type AlertDetail = {
  readonly row: AlertRow;
  /** At most `BOUNDS.evidencePerAlert`; `row.evidenceCount` is the true number. */
  readonly evidence: readonly AlertEvidence[];
  readonly whatHappened: string;
  readonly whyItMatters: string;
  readonly benignCauses: readonly string[];
  readonly firstResponse: readonly string[];
  /** Only where a Sigma rule is behind the alert. */
  readonly sigma?: SigmaOrigin;
  /** Only where another product raised the alert. */
  readonly imported?: ImportedOrigin;
  /** Alerts of ours that saw the act of an imported one, imported ones that saw that of ours. */
  readonly sameAct?: readonly AlertRow[];
  /** Numbers behind the decision: "distinct accounts: 25 (at least 10)". */
  readonly conditions: readonly { readonly name: string; readonly found: string; readonly required: string }[];
  readonly similar: readonly AlertRow[];
};

/** Where an alert is listed: the queue holds what counts. */
export const ALERT_SHELVES = ['queue', 'test', 'hidden'] as const;
export type AlertShelf = (typeof ALERT_SHELVES)[number];

/** Hidden counts for more than being on trial: what an exclusion hides from the queue it hides from the list of tests too. */
export function shelfOf({ isTest, hiddenBy }: Pick<AlertRow, 'isTest' | 'hiddenBy'>): AlertShelf {
  if (hiddenBy.length > 0) return 'hidden';
  return isTest ? 'test' : 'queue';
}
