import { useQuery } from '@tanstack/react-query';
import type { DetectionRow } from '../../../shared/contract/operations.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Split } from '../../ui/split.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { DetectionDetail } from './detection-detail.tsx';
import { LEVEL_WORDS, MODE_WORDS } from './detection-tuning.tsx';
import styles from './settings.module.css';

const COLUMNS: readonly Column<DetectionRow>[] = [
  { id: 'severity', title: 'Severity', width: '112px', render: (row) => <SeverityMark severity={row.severity} withWord /> },
  { id: 'title', title: 'Detection', width: 'minmax(180px, 1.6fr)', render: (row) => <span title={row.whatItSees}>{row.title}</span> },
  { id: 'tactics', title: 'Tactic', width: 'minmax(110px, 0.9fr)', render: (row) => row.tactics.join(', ') },
  {
    id: 'state',
    title: 'On this evidence',
    width: '126px',
    render: (row) =>
      row.cannotFire ? (
        <Badge tone="warning">Cannot fire</Badge>
      ) : row.alerts > 0 ? (
        <Badge tone="accent">Fired</Badge>
      ) : row.hiddenAlerts + row.testAlerts > 0 ? (
        <Badge title="Its alerts are hidden by exclusions or in test">Fired, set apart</Badge>
      ) : (
        <Badge>Quiet</Badge>
      ),
  },
  {
    id: 'tuning',
    title: 'Tuning',
    width: '116px',
    render: ({ mode, level }) => (
      <span className={styles.end}>
        {mode !== 'on' && <Badge tone="warning">{MODE_WORDS[mode]}</Badge>}
        {level !== 'high' && <Badge tone="accent">{LEVEL_WORDS[level]}</Badge>}
      </span>
    ),
  },
  { id: 'alerts', title: 'Alerts', width: '64px', align: 'end', render: (row) => formatCount(row.alerts) },
];

export function DetectionsPart() {
  const answer = useQuery(ask('detections.list', {}));
  const { params } = useRoute();
  const active = params.detection ?? null;
  const setActive = (id: string) => navigate('settings', { part: 'detections', detection: id }, 'replace');
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState />;
  const chosen = answer.data.find(({ id }) => id === active);
  return (
    <div className={styles.fill}>
      <Split
        list={
          <Table
            label="Detections"
            rows={answer.data}
            rowKey={(row) => row.id}
            columns={COLUMNS}
            activeKey={active}
            onActivate={(row) => setActive(row.id)}
            empty={<EmptyState title="No detections" />}
          />
        }
        detail={chosen ? <DetectionDetail key={chosen.id} row={chosen} /> : null}
      />
    </div>
  );
}
