import type { AlertRow } from '../../shared/model/alert.ts';
import type { EvidenceItem } from '../data/current-case.ts';

/** An alert as a piece of evidence. Titles repeat, so the label says what this one is about. */
export function evidenceOfAlert(row: AlertRow): EvidenceItem {
  return { kind: 'alert', key: row.id, label: `${row.title}: ${row.summary}`.slice(0, 1000) };
}
