import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CatalogueRow, CatalogueState } from '../../../shared/model/catalogue.ts';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Segments } from '../../ui/segments.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { ImportOnlyNote } from './import-only-note.tsx';
import styles from './settings.module.css';

const STATES: Readonly<Record<CatalogueState, readonly [word: string, tone: Tone]>> = {
  works: ['Works', 'good'],
  planned: ['Not yet', 'warning'],
  'needs-packets': ['Needs packets', 'neutral'],
  'needs-directory': ['Needs directory', 'neutral'],
  'import-only': ['Import only', 'neutral'],
};

const COLUMNS: readonly Column<CatalogueRow>[] = [
  { id: 'state', title: 'Here', width: '132px', render: ({ state }) => <Badge tone={STATES[state][1]}>{STATES[state][0]}</Badge> },
  { id: 'number', title: 'Number', width: '70px', align: 'end', render: ({ number }) => number ?? '' },
  { id: 'name', title: 'Alert', width: 'minmax(200px, 1.4fr)', render: ({ name }) => <span title={name}>{name}</span> },
  { id: 'detection', title: 'Detection', width: '170px', render: ({ detection }) => (detection ? <code>{detection}</code> : '') },
  {
    id: 'imported',
    title: 'Imported',
    width: '86px',
    align: 'end',
    render: ({ imported }) =>
      imported ? <a href={linkTo('alerts', { detection: imported.detection, status: 'all' })}>{formatCount(imported.alerts)}</a> : '',
  },
  { id: 'reason', title: 'Why', width: 'minmax(200px, 1.6fr)', render: ({ reason }) => <span title={reason}>{reason}</span> },
];

type Choice = 'all' | CatalogueState;

/** Every alert of the reference catalogue: which detection sees the act, or what is missing. */
export function CatalogueList() {
  const answer = useQuery(ask('detections.catalogue', {}));
  const [state, setState] = useState<Choice>('all');
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState />;
  const all = answer.data;
  const count = (wanted: CatalogueState) => all.filter((row) => row.state === wanted).length;
  const options: { value: Choice; label: string }[] = [
    { value: 'all', label: `All ${all.length}` },
    ...(Object.keys(STATES) as CatalogueState[])
      .filter((value) => count(value) > 0)
      .map((value) => ({ value, label: `${STATES[value][0]} ${count(value)}` })),
  ];
  return (
    <div className={styles.catalogue}>
      <div className={styles.choice}>
        <Segments label="Shown alerts" options={options} value={state} onChange={setState} />
      </div>
      {state === 'import-only' && <ImportOnlyNote />}
      <Table
        label="Catalogue of identity alerts"
        rows={state === 'all' ? all : all.filter((row) => row.state === state)}
        rowKey={(row) => row.key}
        columns={COLUMNS}
        empty={<EmptyState title="No alerts" />}
      />
    </div>
  );
}
