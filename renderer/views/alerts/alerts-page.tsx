import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Download, EyeOff, FlaskConical, Siren } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { navigate, useRoute } from '../../app/router.ts';
import { askPages, rowsOf } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Page } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Split } from '../../ui/split.tsx';
import { Table } from '../../ui/table.tsx';
import { NARROW_COLUMNS, WIDE_COLUMNS } from './alert-columns.tsx';
import { AlertDetailPanel } from './alert-detail-panel.tsx';
import { AlertFilters } from './alert-filters.tsx';
import { type AlertQuery, filterOfAlertQuery, isPlainQuery, paramsOfAlertQuery, parseAlertQuery } from './alert-query.ts';
import { BulkBar } from './bulk-bar.tsx';
import { exportAlerts } from './export-alerts.ts';
import { LeftOut } from './left-out.tsx';
import { useTriageKeys } from './use-triage-keys.ts';

const SORT_OF_COLUMN: Readonly<Record<string, AlertQuery['sort']>> = { severity: 'severity', title: 'title', status: 'status' };

export function AlertsPage() {
  const { params } = useRoute();
  const query = useMemo(() => parseAlertQuery(params), [params]);
  const active = params.alert ?? null;
  const filter = useMemo(() => filterOfAlertQuery(query), [query]);
  const pages = useInfiniteQuery({
    ...askPages('alerts.page', { filter, sort: query.sort, limit: 100 }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const total = pages.data?.pages[0]?.total ?? null;
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const checkedRows = rows.filter((row) => checked.has(row.id));

  const changeQuery = useCallback((next: AlertQuery) => navigate('alerts', paramsOfAlertQuery(next, active), 'replace'), [active]);
  const activate = (id: string | null) => navigate('alerts', paramsOfAlertQuery(query, id), 'replace');
  const sortBy = (column: string) =>
    changeQuery({
      ...query,
      sort: column === 'first' ? (query.sort === 'newest' ? 'oldest' : 'newest') : (SORT_OF_COLUMN[column] ?? 'severity'),
    });
  const { triage } = useTriageKeys({ rows, active, checkedRows, activate, setChecked, checked });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const list = (
    <Panel isFlush label="Alert queue">
      {checkedRows.length > 0 && <BulkBar rows={checkedRows} triage={triage} onClear={() => setChecked(new Set())} />}
      {pages.isError ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingState />
      ) : (
        <Table
          label="Alerts"
          rows={rows}
          rowKey={(row) => row.id}
          columns={active === null ? WIDE_COLUMNS : NARROW_COLUMNS}
          total={total}
          sort={sortShown(query.sort)}
          onSort={sortBy}
          activeKey={active}
          onActivate={(row) => activate(row.id)}
          onOpen={(row) => navigate('investigate', { alert: row.id })}
          checked={checked}
          onCheck={setChecked}
          onEnd={onEnd}
          empty={<NoAlerts query={query} onChange={changeQuery} />}
        />
      )}
    </Panel>
  );
  return (
    <Page
      title="Alerts"
      summary={total === null ? undefined : formatCounted(total, 'alert')}
      actions={
        <Button onClick={() => void exportAlerts(filter, query.sort)} disabled={rows.length === 0}>
          <Download aria-hidden="true" /> Export CSV
        </Button>
      }
    >
      <AlertFilters query={query} rows={rows} onChange={changeQuery} />
      <LeftOut query={query} onChange={changeQuery} />
      <Split
        list={list}
        detail={active === null ? null : <AlertDetailPanel key={active} id={active} onClose={() => activate(null)} triage={triage} />}
      />
    </Page>
  );
}

function sortShown(sort: AlertQuery['sort']) {
  if (sort === 'newest' || sort === 'oldest') return { column: 'first', descending: sort === 'newest' };
  return { column: sort, descending: sort === 'severity' };
}

function NoAlerts({ query, onChange }: { readonly query: AlertQuery; readonly onChange: (query: AlertQuery) => void }) {
  if (query.shown !== 'queue' && isPlainQuery({ ...query, shown: 'queue' }))
    return <NothingApart shown={query.shown} onChange={onChange} />;
  if (!isPlainQuery(query)) {
    return (
      <EmptyState
        icon={Siren}
        title="No alert matches these filters"
        actions={<Button onClick={() => onChange(parseAlertQuery({ status: 'all' }))}>Clear the filters</Button>}
      >
        Take a filter away, or look for the records themselves in Investigate.
      </EmptyState>
    );
  }
  const isOpen = query.status === 'open';
  return (
    <EmptyState
      icon={Siren}
      title={isOpen ? 'No open alerts' : 'No alerts'}
      actions={
        <>
          {isOpen && <Button onClick={() => onChange({ ...query, status: 'all' })}>Show all alerts</Button>}
          <Button onClick={() => navigate('evidence', { part: 'coverage' })}>What could not be detected</Button>
        </>
      }
    >
      Silence is no proof: see which detections lacked the records they need.
    </EmptyState>
  );
}

function NothingApart({ shown, onChange }: { readonly shown: 'test' | 'hidden'; readonly onChange: (query: AlertQuery) => void }) {
  const isTest = shown === 'test';
  return (
    <EmptyState
      icon={isTest ? FlaskConical : EyeOff}
      title={isTest ? 'No alerts in test' : 'No hidden alerts'}
      actions={
        <>
          <Button onClick={() => onChange(parseAlertQuery({}))}>Back to the queue</Button>
          <Button onClick={() => navigate('settings', { part: isTest ? 'detections' : 'exclusions' })}>
            {isTest ? 'Tune detections' : 'Exclusions'}
          </Button>
        </>
      }
    >
      {isTest
        ? 'Alerts of detections in test mode stand here. They never count and join no incident.'
        : 'What exclusions hide from the queue stands here. Nothing of it is deleted.'}
    </EmptyState>
  );
}
