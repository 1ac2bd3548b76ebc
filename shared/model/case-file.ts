import type { GraphView } from './graph.ts';
import type { Micros } from './time.ts';

export type CaseNote = { readonly id: number; readonly at: Micros; readonly text: string };

export type CaseEvidenceKind = 'event' | 'alert' | 'incident' | 'graph';

export type CaseEvidence = {
  readonly id: number;
  readonly kind: CaseEvidenceKind;
  /** Stable event id, alert id or incident id; empty for a graph. */
  readonly key: string;
  readonly label: string;
  readonly note: string;
  readonly addedAt: Micros;
};

export type CaseRow = {
  readonly id: number;
  readonly title: string;
  readonly author: string;
  readonly createdAt: Micros;
  readonly changedAt: Micros;
  readonly evidenceCount: number;
  readonly noteCount: number;
};

export type CaseDetail = {
  readonly row: CaseRow;
  readonly summary: string;
  readonly notes: readonly CaseNote[];
  readonly evidence: readonly CaseEvidence[];
};

/** A picture of the graph as it stood: nodes with positions, for the report. */
export type GraphSnapshot = {
  readonly title: string;
  readonly takenAt: Micros;
  readonly view: GraphView;
  readonly positions: readonly { readonly id: string; readonly x: number; readonly y: number }[];
};
