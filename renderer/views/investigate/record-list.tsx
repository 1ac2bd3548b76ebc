import { useInfiniteQuery } from '@tanstack/react-query';
import type { EventFilter } from '../../../shared/contract/inputs.ts';
import type { EventRow } from '../../../shared/model/event.ts';
import { askPages, rowsOf } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { selectEvent } from './actions.ts';
import styles from './detail-panel.module.css';

/** Records in time order; a click opens the whole record. */
export function RecordList({ filter, empty }: { readonly filter: EventFilter; readonly empty: string }) {
  const pages = useInfiniteQuery(askPages('events.page', { filter, order: 'oldest-first', limit: 60 }));
  const rows = rowsOf<EventRow>(pages.data);
  if (pages.error) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (pages.isPending) return <LoadingState label="Reading records" />;
  if (rows.length === 0 && !pages.hasNextPage) return <p>{empty}</p>;
  return (
    <div className={styles.list}>
      {rows.map((row) => (
        <button
          key={row.index}
          type="button"
          className={styles.item}
          onClick={() => selectEvent(row)}
          title={`${row.summary}\nOpens the record`}
        >
          <span className={styles.line}>
            <TimeLabel at={row.at} tick={row.tick} precision="millisecond" />
            <span className={styles.end}>{row.eventId}</span>
          </span>
          <span className={styles.words}>{row.summary}</span>
        </button>
      ))}
      {pages.hasNextPage && (
        <Button look="quiet" size="small" disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          More records
        </Button>
      )}
    </div>
  );
}
