import { useQuery } from '@tanstack/react-query';
import { ScanEye } from 'lucide-react';
import { navigate, useRoute } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { Segments } from '../../ui/segments.tsx';
import { BlindPart } from './blind-part.tsx';
import { CoverageList } from './coverage-list.tsx';
import styles from './evidence.module.css';

/** What could not be detected: by detection over all of the evidence, or by host and day. */
export function CoveragePart() {
  const { params } = useRoute();
  const by = params.by === 'hosts' ? 'hosts' : 'detections';
  const blind = useQuery(ask('app.cannotFire', {}));
  const isEmpty = useQuery(ask('app.status', {})).data?.events === 0;
  if (isEmpty) {
    return (
      <EmptyState icon={ScanEye} title="No evidence yet">
        Import logs to see which detections had no chance, and on which hosts and days.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.by}>
        <Segments
          label="Shown by"
          value={by}
          onChange={(next) => navigate('evidence', { part: 'coverage', by: next === 'hosts' ? next : null }, 'replace')}
          options={[
            { value: 'detections', label: 'By detection' },
            { value: 'hosts', label: 'By host and day' },
          ]}
        />
      </div>
      {by === 'hosts' ? (
        <BlindPart />
      ) : blind.isError ? (
        <ErrorState error={blind.error} onRetry={() => void blind.refetch()} />
      ) : blind.data === undefined ? (
        <LoadingState />
      ) : (
        <CoverageList blind={blind.data} />
      )}
    </>
  );
}
