import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { PencilLine, ShieldAlert } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { AlertFilter } from '../../../shared/contract/inputs.ts';
import type { IncidentRow } from '../../../shared/model/incident.ts';
import { SEVERITIES, type Severity } from '../../../shared/model/severity.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { askPages, rowsOf } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SearchField } from '../../ui/field.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { FilterBar, Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Segments } from '../../ui/segments.tsx';
import { SEVERITY_WORDS, SeverityMark } from '../../ui/severity-mark.tsx';
import { Split } from '../../ui/split.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { rowAtStep } from '../../ui/table-keys.ts';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import styles from './incidents.module.css';
import { MergeBar } from './merge-bar.tsx';

const severity: Column<IncidentRow> = {
  id: 'severity',
  title: 'Severity',
  width: '92px',
  render: (row) => <SeverityMark severity={row.severity} withWord />,
};
const title: Column<IncidentRow> = {
  id: 'title',
  title: 'Incident',
  width: 'minmax(160px, 2fr)',
  render: (row) => (
    <span className={styles.named} title={row.title}>
      <span className={styles.name}>{row.title}</span>
      {row.editIds.length > 0 && <PencilLine size={13} role="img" aria-label="Edited by hand" />}
    </span>
  ),
};
const alerts: Column<IncidentRow> = { id: 'alerts', title: 'Alerts', width: '60px', align: 'end', render: (row) => row.alertIds.length };
const status: Column<IncidentRow> = { id: 'status', title: 'Status', width: '104px', render: (row) => <StatusBadge status={row.status} /> };
const first: Column<IncidentRow> = {
  id: 'first',
  title: 'First seen',
  width: '132px',
  render: (row) => <TimeLabel at={row.firstAt} precision="minute" />,
};
const WIDE: readonly Column<IncidentRow>[] = [
  severity,
  title,
  {
    id: 'tactics',
    title: 'Tactics',
    width: 'minmax(120px, 1.2fr)',
    render: (row) => <span className={styles.soft}>{row.tactics.join(', ')}</span>,
  },
  { id: 'entities', title: 'Entities', width: '70px', align: 'end', render: (row) => new Set(row.entities.map(({ id }) => id)).size },
  alerts,
  status,
  first,
  { id: 'lasted', title: 'Lasted', width: '96px', render: (row) => formatDuration(row.lastAt - row.firstAt) },
];
const NARROW: readonly Column<IncidentRow>[] = [
  { ...severity, width: '30px', title: 'Severity', isTitleHidden: true, render: (row) => <SeverityMark severity={row.severity} /> },
  title,
  alerts,
  status,
];

const keyOf = (row: IncidentRow) => row.id;

export function IncidentsPage() {
  const { params } = useRoute();
  const active = params.incident ?? null;
  const which = params.status === 'resolved' || params.status === 'all' ? params.status : 'open';
  const severities = SEVERITIES.filter((one) => (params.severity ?? '').split('|').includes(one));
  const text = params.text ?? '';
  const filter = useMemo<AlertFilter>(() => toFilter(which, params.severity ?? '', text), [which, params.severity, text]);
  const pages = useInfiniteQuery({ ...askPages('incidents.page', { filter, limit: 100 }), placeholderData: keepPreviousData });
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const checkedRows = rows.filter((row) => checked.has(row.id));
  const go = (change: Readonly<Record<string, string | null>>) => navigate('incidents', { ...params, ...change }, 'replace');
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const step = (steps: number) => go({ incident: rowAtStep(rows, keyOf, active, steps)?.id ?? null });
  useShortcut('incident-next', 'j', 'Next incident', () => step(1), 'Incidents');
  useShortcut('incident-previous', 'k', 'Previous incident', () => step(-1), 'Incidents');
  useShortcut('incident-close', 'escape', 'Close the incident', () => go({ incident: null }), 'Incidents');

  const list = (
    <Panel isFlush label="Incidents">
      {pages.isError ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingState />
      ) : (
        <Table
          label="Incidents"
          rows={rows}
          rowKey={keyOf}
          columns={active === null ? WIDE : NARROW}
          total={pages.data.pages[0]?.total ?? null}
          activeKey={active}
          checked={checked}
          onCheck={setChecked}
          onActivate={(row) => go({ incident: row.id })}
          onOpen={(row) => navigate('investigate', { incident: row.id })}
          onEnd={onEnd}
          empty={
            <EmptyState
              icon={ShieldAlert}
              title={which === 'open' && !text && severities.length === 0 ? 'No open incidents' : 'No incident matches these filters'}
              actions={<Button onClick={() => go({ status: 'all', severity: null, text: null })}>Show all incidents</Button>}
            >
              Alerts that share entities or a logon session within a short time are linked into incidents by themselves.
            </EmptyState>
          }
        />
      )}
    </Panel>
  );
  return (
    <Page title="Incidents" summary={pages.data ? formatCounted(pages.data.pages[0]?.total ?? rows.length, 'incident') : undefined}>
      <FilterBar label="Filters">
        <SearchField label="Filter by text" value={text} onChange={(next) => go({ text: next })} />
        <Segments
          label="Status"
          value={which}
          onChange={(next) => go({ status: next === 'open' ? null : next })}
          options={[
            { value: 'open', label: 'Open' },
            { value: 'resolved', label: 'Resolved' },
            { value: 'all', label: 'All' },
          ]}
        />
        <FilterMenu<Severity>
          label="Severity"
          chosen={severities}
          onChange={(chosen) => go({ severity: chosen.join('|') })}
          options={[...SEVERITIES].reverse().map((value) => ({ value, label: SEVERITY_WORDS[value] }))}
        />
      </FilterBar>
      {checkedRows.length > 0 && (
        <MergeBar
          rows={checkedRows}
          onClear={() => setChecked(new Set())}
          onMerged={(id) => {
            setChecked(new Set());
            go({ incident: id });
          }}
        />
      )}
      <Split
        size="wide"
        list={list}
        detail={
          active === null ? null : (
            <IncidentPanel key={active} id={active} onClose={() => go({ incident: null })} onMoved={(id) => go({ incident: id })} />
          )
        }
      />
    </Page>
  );
}

function toFilter(which: 'open' | 'resolved' | 'all', severity: string, text: string): AlertFilter {
  const severities = SEVERITIES.filter((one) => severity.split('|').includes(one));
  return {
    ...(which === 'open' ? { statuses: ['new', 'in-progress'] } : which === 'resolved' ? { statuses: ['resolved'] } : {}),
    ...(severities.length > 0 ? { severities } : {}),
    ...(text.trim() ? { text: text.trim() } : {}),
  };
}
