import { useQuery } from '@tanstack/react-query';
import { Download, EyeOff, Plus, Trash2, Upload } from 'lucide-react';
import { useState } from 'react';
import type { ExclusionRow } from '../../../shared/model/tuning.ts';
import { ExclusionDialog } from '../../app/exclusions/exclusion-dialog.tsx';
import { formOfNothing } from '../../app/exclusions/exclusion-form.ts';
import { navigate, useRoute } from '../../app/router.ts';
import { call } from '../../data/client.ts';
import { ask } from '../../data/queries.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { Button } from '../../ui/button.tsx';
import { saveText } from '../../ui/copy-text.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Split } from '../../ui/split.tsx';
import { Table } from '../../ui/table.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { exclusionColumns } from './exclusion-columns.tsx';
import { ExclusionDetail } from './exclusion-detail.tsx';
import { ImportExclusions } from './import-exclusions.tsx';
import styles from './settings.module.css';
import { useRemoveExclusions } from './use-remove-exclusions.ts';

/** All exclusions: what is hidden, by whom, why, and until when. */
export function ExclusionsPart() {
  const { params } = useRoute();
  const { zone } = useAppearance();
  const answer = useQuery(ask('exclusions.list', {}));
  const titles = useTitles();
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'add' | 'import' | null>(null);
  const remove = useRemoveExclusions();
  const activate = (id: string | null) => navigate('settings', { part: 'exclusions', exclusion: id }, 'replace');
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState />;
  const rows = answer.data;
  const active = rows.find(({ id }) => String(id) === params.exclusion) ?? null;
  const checkedIds = rows.filter(({ id }) => checked.has(String(id))).map(({ id }) => id);
  const removeChecked = async () => {
    await remove(checkedIds);
    setChecked(new Set());
  };
  return (
    <div className={styles.catalogue}>
      <Bar rows={rows} checkedIds={checkedIds} onOpen={setDialog} onRemove={() => void removeChecked()} />
      <Split
        list={
          <Table
            label="Exclusions"
            rows={rows}
            rowKey={({ id }) => String(id)}
            columns={exclusionColumns(titles, zone, active !== null)}
            activeKey={active === null ? null : String(active.id)}
            onActivate={({ id }) => activate(String(id))}
            checked={checked}
            onCheck={setChecked}
            rowClass={(row) => (row.isExpired ? styles.expired : undefined)}
            empty={<NoExclusions onOpen={setDialog} />}
          />
        }
        detail={active === null ? null : <ExclusionDetail key={active.id} row={active} titles={titles} onClose={() => activate(null)} />}
      />
      {dialog === 'add' && <ExclusionDialog start={formOfNothing()} onClose={() => setDialog(null)} />}
      {dialog === 'import' && <ImportExclusions onClose={() => setDialog(null)} />}
    </div>
  );
}

function useTitles(): ReadonlyMap<string, string> {
  const { data = [] } = useQuery(ask('detections.list', {}));
  return new Map(data.map(({ id, title }) => [id, title]));
}

type BarProps = {
  readonly rows: readonly ExclusionRow[];
  readonly checkedIds: readonly number[];
  readonly onOpen: (dialog: 'add' | 'import') => void;
  readonly onRemove: () => void;
};

function Bar({ rows, checkedIds, onOpen, onRemove }: BarProps) {
  const expired = rows.filter(({ isExpired }) => isExpired).length;
  const summary = `${formatCounted(rows.length, 'exclusion')}${expired > 0 ? `, ${expired} expired` : ''}`;
  return (
    <div className={styles.bar} role="toolbar" aria-label="Exclusions">
      <span className={styles.faint}>{checkedIds.length > 0 ? `${checkedIds.length} checked` : summary}</span>
      {checkedIds.length > 0 && (
        <Button size="small" onClick={onRemove}>
          <Trash2 aria-hidden="true" /> Remove {checkedIds.length}
        </Button>
      )}
      <span className={styles.push}>
        <Button size="small" onClick={() => onOpen('import')}>
          <Upload aria-hidden="true" /> Import CSV…
        </Button>
        <Button size="small" disabled={rows.length === 0} onClick={() => void exportCsv()}>
          <Download aria-hidden="true" /> Export CSV
        </Button>
        <Button size="small" look="primary" onClick={() => onOpen('add')}>
          <Plus aria-hidden="true" /> Add exclusion…
        </Button>
      </span>
    </div>
  );
}

function NoExclusions({ onOpen }: { readonly onOpen: BarProps['onOpen'] }) {
  return (
    <EmptyState
      icon={EyeOff}
      title="No exclusions"
      actions={
        <>
          <Button look="primary" onClick={() => onOpen('add')}>
            Add exclusion…
          </Button>
          <Button onClick={() => onOpen('import')}>Import CSV…</Button>
        </>
      }
    >
      Nothing is hidden from the queue. Exclude what is expected: from an alert, here, or from a file.
    </EmptyState>
  );
}

async function exportCsv(): Promise<void> {
  try {
    const { text, rows } = await call('exclusions.exportCsv', {});
    saveText('keepwatch-exclusions.csv', text, 'text/csv;charset=utf-8');
    showToast({ title: `${formatCounted(rows, 'exclusion')} saved as keepwatch-exclusions.csv` });
  } catch (error) {
    showProblem(error);
  }
}
