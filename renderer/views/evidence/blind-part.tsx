import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, ScanEye, X } from 'lucide-react';
import { useState } from 'react';
import type { Input } from '../../../shared/contract/operations.ts';
import type { BlindMatrix } from '../../../shared/model/blind-spot.ts';
import { DAY } from '../../../shared/model/time.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { call } from '../../data/client.ts';
import { ask } from '../../data/queries.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Select } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { FilterBar } from '../../ui/page.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Split } from '../../ui/split.tsx';
import { zoneLabel } from '../../ui/time-format.ts';
import { TimeRangeFilter } from '../../ui/time-range-filter.tsx';
import { BlindGrid, type Cell, dayWords } from './blind-grid.tsx';
import { BlindSpotList } from './blind-spot-list.tsx';
import styles from './blind-spots.module.css';
import { DEGREE } from './blind-words.ts';
import { exportBlindSpots } from './export-blind-spots.ts';
import { matrixWords } from './matrix-words.ts';

const HOSTS_A_PAGE = 60;
type Asked = Omit<Input<'detections.blindMatrix'>, 'cursor' | 'limit'>;

/** What the logs, or one detection, could not see: hosts by days, with the reasons beside. */
export function BlindPart() {
  const { params } = useRoute();
  const { data: detections = [] } = useQuery(ask('detections.list', {}));
  const [cell, setCell] = useState<Cell | null>(null);
  const span = { from: params.from ? Number(params.from) : null, to: params.to ? Number(params.to) : null };
  const asked: Asked = { ...(params.detection ? { detection: params.detection } : {}), span };
  const change = (part: Record<string, string | number | null>) => {
    setCell(null);
    navigate('evidence', { ...params, ...part }, 'replace');
  };
  const sorted = [...detections].sort((a, b) => a.title.localeCompare(b.title));
  return (
    <div className={styles.part}>
      <FilterBar label="Blind spots">
        <Select
          className={styles.detection}
          aria-label="Of which detection"
          value={params.detection ?? ''}
          onChange={(event) => change({ detection: event.target.value })}
        >
          <option value="">All logs, whatever reads them</option>
          {sorted.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </Select>
        <TimeRangeFilter range={span} onChange={({ from, to }) => change({ from, to })} />
        <span className={styles.end}>
          <Button onClick={() => void exportBlindSpots(asked)}>
            <Download aria-hidden="true" /> Save as CSV
          </Button>
        </span>
      </FilterBar>
      <Matrix key={JSON.stringify(asked)} asked={asked} cell={cell} onChoose={setCell} />
    </div>
  );
}

type MatrixProps = { readonly asked: Asked; readonly cell: Cell | null; readonly onChoose: (cell: Cell | null) => void };

function Matrix({ asked, cell, onChoose }: MatrixProps) {
  const pages = useInfiniteQuery({
    queryKey: ['detections.blindMatrix', 'pages', asked] as const,
    queryFn: ({ pageParam }) => call('detections.blindMatrix', { ...asked, cursor: pageParam, limit: HOSTS_A_PAGE }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: BlindMatrix) => page.next,
  });
  if (pages.isError) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <LoadingState />;
  const [first] = pages.data.pages;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  if (!first || rows.length === 0 || first.days.length === 0) return <NoHosts matrix={first} />;
  return (
    <Split
      list={
        <div className={styles.matrix}>
          <p className={styles.lead}>{matrixWords(first)}</p>
          {first.cannotFire && (
            <p className={styles.lead}>
              <strong>It cannot fire on this evidence at all.</strong> {first.cannotFire}
            </p>
          )}
          <div className={styles.scroller}>
            <BlindGrid days={first.days} rows={rows} chosen={cell} onChoose={onChoose} />
          </div>
          <footer className={styles.legend}>
            {Object.entries(DEGREE).map(([degree, { sign, word, meaning }]) => (
              <span key={degree} title={meaning}>
                <span className={`${styles.cell} ${styles[degree]}`} aria-hidden="true">
                  {sign}
                </span>
                {word}
              </span>
            ))}
            <span>Days are UTC days.</span>
            {pages.hasNextPage && (
              <Button size="small" onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
                Show more of {formatCounted(first.total, 'host')}
              </Button>
            )}
          </footer>
        </div>
      }
      detail={cell && <Reasons asked={asked} cell={cell} onClose={() => onChoose(null)} />}
    />
  );
}

function NoHosts({ matrix }: { readonly matrix: BlindMatrix | undefined }) {
  return (
    <EmptyState icon={ScanEye} title={matrix?.controllersOnly ? 'No log of a domain controller' : 'No host to tell of'}>
      {matrix?.cannotFire ||
        'There are no records in this time of a host whose logs it reads. Import its logs, or choose another time or detection.'}
    </EmptyState>
  );
}

function Reasons({ asked, cell, onClose }: { readonly asked: Asked; readonly cell: Cell; readonly onClose: () => void }) {
  const { zone } = useAppearance();
  const { detection } = asked;
  const answer = useQuery({
    ...ask('detections.blindSpots', {
      ...(detection === undefined ? {} : { detection }),
      entity: cell.host,
      span: { from: cell.day, to: cell.day + DAY },
      cursor: null,
      limit: 200,
    }),
    placeholderData: keepPreviousData,
  });
  const spots = (answer.data?.rows ?? []).filter((spot) => spot.host === cell.host && spot.day === cell.day);
  const name = spots[0]?.hostName ?? cell.host.replace(/^host:/, '');
  const text = () =>
    [`${name}, ${dayWords(cell.day)} UTC`, ...spots.map((spot) => `${DEGREE[spot.degree].word}: ${spot.words}`)].join('\n');
  return (
    <Panel
      title={`${name}, ${dayWords(cell.day)}`}
      className={styles.reasons}
      actions={
        <>
          {spots.length > 0 && <CopyButton label="Copy the reasons" text={text} />}
          <Button look="quiet" size="small" isIcon aria-label="Close" onClick={onClose}>
            <X />
          </Button>
        </>
      }
    >
      {answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data === undefined ? (
        <LoadingState />
      ) : spots.length === 0 ? (
        <EmptyState icon={ScanEye} title="Nothing is known to be missing">
          What did not fire here on this day did not occur, as far as these logs can tell.
        </EmptyState>
      ) : (
        <>
          <BlindSpotList spots={spots} isOneHost />
          <p className={styles.faint}>Times in {zoneLabel(zone, cell.day)}.</p>
        </>
      )}
    </Panel>
  );
}
