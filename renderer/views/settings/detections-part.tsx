import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { DetectionRow } from '../../../shared/contract/operations.ts';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Split } from '../../ui/split.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { TechniqueList } from '../../ui/technique-list.tsx';
import styles from './settings.module.css';

const COLUMNS: readonly Column<DetectionRow>[] = [
  { id: 'severity', title: 'Severity', width: '92px', render: (row) => <SeverityMark severity={row.severity} withWord /> },
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
      ) : (
        <Badge>Quiet</Badge>
      ),
  },
  { id: 'alerts', title: 'Alerts', width: '64px', align: 'end', render: (row) => formatCount(row.alerts) },
];

export function DetectionsPart() {
  const answer = useQuery(ask('detections.list', {}));
  const [active, setActive] = useState<string | null>(null);
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
        detail={chosen ? <Detection row={chosen} /> : null}
      />
    </div>
  );
}

function Detection({ row }: { readonly row: DetectionRow }) {
  return (
    <Panel title={row.title} className={styles.detection}>
      <div className={styles.detectionParts}>
        {row.cannotFire && (
          <p className={styles.warning}>
            <strong>Cannot fire on this evidence.</strong> {row.cannotFire}
          </p>
        )}
        <Section title="What it sees">
          <p>{row.whatItSees}</p>
        </Section>
        <Section title="What it reads">
          <ul className={styles.bullets}>
            {row.reads.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
        {row.benignCauses.length > 0 && (
          <Section title="Known benign causes">
            <ul className={styles.bullets}>
              {row.benignCauses.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Section>
        )}
        <Facts
          facts={[
            ['Id', <code key="id">{row.id}</code>],
            ['External id', row.externalId ?? 'none'],
            ['Techniques', <TechniqueList key="techniques" techniques={row.techniques} />],
            [
              'Alerts',
              row.alerts > 0 ? (
                <a key="alerts" href={linkTo('alerts', { detection: row.id, status: 'all' })}>
                  {formatCount(row.alerts)}
                </a>
              ) : (
                'none'
              ),
            ],
          ]}
        />
      </div>
    </Panel>
  );
}
