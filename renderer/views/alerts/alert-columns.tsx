import { EyeOff, MessageSquare } from 'lucide-react';
import type { AlertRow } from '../../../shared/model/alert.ts';
import { CLASSIFICATION_WORDS } from '../../ui/alert-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import { ImportedBadge } from '../../ui/imported-badge.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { SigmaBadge } from '../../ui/sigma-badge.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import type { Column } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './alerts.module.css';

const ROLE_ORDER = { actor: 0, target: 1, source: 2, host: 3, object: 4 } as const;

const severity: Column<AlertRow> = {
  id: 'severity',
  title: 'Severity',
  width: '92px',
  isSortable: true,
  render: (row) => <SeverityMark severity={row.severity} withWord={row.severity !== 'informational'} />,
};
const title: Column<AlertRow> = {
  id: 'title',
  title: 'Alert',
  width: 'minmax(160px, 2.2fr)',
  isSortable: true,
  render: (row) => (
    <span title={row.summary} className={styles.titleCell}>
      {row.isTest && (
        <span className={styles.mark}>
          <Badge tone="warning">Test</Badge>
        </span>
      )}
      {row.hiddenBy.length > 0 && <EyeOff size={12} aria-label="Hidden by an exclusion" className={styles.hiddenMark} />}
      <span className={row.status === 'resolved' ? styles.done : styles.title}>{row.title}</span> <ImportedBadge alert={row} />{' '}
      <SigmaBadge alert={row} />
      {row.comment && <MessageSquare size={12} aria-label="Has a comment" className={styles.comment} />}
    </span>
  ),
};
function entityColumn(most: number, width: string): Column<AlertRow> {
  return {
    id: 'entities',
    title: 'Entities',
    width,
    render: (row) => {
      const all = uniqueEntities(row);
      return (
        <span className={styles.entities}>
          {all.slice(0, most).map((entity) => (
            <span key={entity.id} className={styles.entity}>
              <EntityIcon kind={entity.kind} size={12} /> <span className={styles.entityName}>{entity.name}</span>
            </span>
          ))}
          {all.length > most && <span className={styles.faint}>+{all.length - most}</span>}
        </span>
      );
    },
  };
}
const status: Column<AlertRow> = {
  id: 'status',
  title: 'Status',
  width: '104px',
  isSortable: true,
  render: (row) => <StatusBadge status={row.status} />,
};
const classification: Column<AlertRow> = {
  id: 'classification',
  title: 'Classification',
  width: '118px',
  render: (row) =>
    row.classification === 'not-set' ? <span className={styles.faint}>Not set</span> : CLASSIFICATION_WORDS[row.classification],
};
const tactic: Column<AlertRow> = { id: 'tactic', title: 'Tactic', width: '130px', render: (row) => row.tactics.join(', ') };
const first: Column<AlertRow> = {
  id: 'first',
  title: 'First seen',
  width: '132px',
  isSortable: true,
  render: (row) => <TimeLabel at={row.firstAt} precision="minute" />,
};
const last: Column<AlertRow> = {
  id: 'last',
  title: 'Last seen',
  width: '132px',
  render: (row) => <TimeLabel at={row.lastAt} precision="minute" />,
};
const evidence: Column<AlertRow> = {
  id: 'evidence',
  title: 'Records',
  width: '68px',
  align: 'end',
  render: (row) => formatCount(row.evidenceCount),
};

/** Fewer columns while the detail takes its part of the width. */
export const WIDE_COLUMNS = [
  severity,
  title,
  entityColumn(2, 'minmax(150px, 1.3fr)'),
  status,
  classification,
  tactic,
  first,
  last,
  evidence,
];
export const NARROW_COLUMNS: readonly Column<AlertRow>[] = [
  { ...severity, width: '30px', isTitleHidden: true, isSortable: false, render: (row) => <SeverityMark severity={row.severity} /> },
  title,
  entityColumn(2, 'minmax(130px, 1.3fr)'),
  status,
  first,
];

function uniqueEntities(row: AlertRow) {
  const seen = new Map(row.entities.map((entity) => [entity.id, entity]));
  return [...seen.values()].sort((a, b) => ROLE_ORDER[a.role] - ROLE_ORDER[b.role]);
}
