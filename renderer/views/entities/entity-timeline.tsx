import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Clock } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { EntityRow } from '../../../shared/model/entity.ts';
import type { EventRow } from '../../../shared/model/event.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { navigate } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ask, askPages, rowsOf } from '../../data/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { ActivityBars } from './activity-bars.tsx';
import styles from './entity-page.module.css';

const BUCKETS = 96;

const COLUMNS: readonly Column<EventRow>[] = [
  { id: 'at', title: 'Time', width: '184px', render: (row) => <TimeLabel at={row.at} tick={row.tick} precision="millisecond" /> },
  { id: 'id', title: 'Event', width: '60px', align: 'end', render: (row) => row.eventId },
  { id: 'kind', title: 'Kind', width: '160px', render: (row) => row.kind.replaceAll('-', ' ') },
  { id: 'summary', title: 'What', width: 'minmax(200px, 1fr)', render: (row) => <span title={row.summary}>{row.summary}</span> },
  {
    id: 'computer',
    title: 'Recorded on',
    width: '120px',
    render: (row) => <span title={row.computer}>{row.host?.name ?? row.computer}</span>,
  },
];

/** Activity over time, and the records themselves; a bar narrows the list to its time. */
export function EntityTimeline({ row }: { readonly row: EntityRow }) {
  const [range, setRange] = useState<{ from: number; to: number } | null>(null);
  const [active, setActive] = useState<string | null>(null);
  const addToCase = useAddToCase();
  const to = Math.max(row.lastAt, row.firstAt) + 1;
  const entityFilter = useMemo(() => ({ entities: [row.id] }), [row.id]);
  const histogram = useQuery({
    ...ask('events.histogram', { filter: entityFilter, from: row.firstAt, to, buckets: BUCKETS }),
    placeholderData: keepPreviousData,
  });
  const filter = range ? { ...entityFilter, span: range } : entityFilter;
  const pages = useInfiniteQuery({
    ...askPages('events.page', { filter, order: 'newest-first', limit: 200 }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => rowsOf(pages.data), [pages.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  useShortcut(
    'entity-case',
    'a',
    'Add the chosen event to the case',
    () => {
      const event = rows.find(({ id }) => id === active);
      if (event) void addToCase([{ kind: 'event', key: event.id, label: event.summary }]);
    },
    'Entity',
  );
  return (
    <div className={styles.timeline}>
      {histogram.data && <ActivityBars histogram={histogram.data} range={range} onRange={setRange} />}
      {pages.isError ? (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      ) : pages.isPending ? (
        <LoadingState />
      ) : (
        <Table
          label="Events"
          rows={rows}
          rowKey={(event) => event.id}
          columns={COLUMNS}
          total={pages.data.pages[0]?.total ?? null}
          activeKey={active}
          onActivate={(event) => setActive(event.id)}
          onOpen={(event) => navigate('investigate', { index: event.index })}
          onEnd={onEnd}
          empty={<EmptyState icon={Clock} title="No records in this span" />}
        />
      )}
    </div>
  );
}
