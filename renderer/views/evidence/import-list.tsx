import { Square } from 'lucide-react';
import type { ImportRow } from '../../../shared/model/import.ts';
import { shareDone, useRunningImports } from '../../data/import-progress.ts';
import { useChange } from '../../data/use-change.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatBytes, formatCount } from '../../ui/number-format.ts';
import { Progress } from '../../ui/progress.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem } from '../../ui/toast.tsx';
import styles from './evidence.module.css';
import { STATE_WORDS } from './import-words.ts';

type Props = { readonly imports: readonly ImportRow[]; readonly active: number | null; readonly onOpen: (importId: number) => void };

const label: Column<ImportRow> = {
  id: 'label',
  title: 'Import',
  width: 'minmax(140px, 1.6fr)',
  render: (row) => (
    <span className={styles.label} title={row.label}>
      {row.label}
    </span>
  ),
};
const state: Column<ImportRow> = { id: 'state', title: 'State', width: 'minmax(150px, 1fr)', render: (row) => <State row={row} /> };
const started: Column<ImportRow> = {
  id: 'started',
  title: 'Started',
  width: '132px',
  render: (row) => <TimeLabel at={row.startedAt} precision="minute" />,
};
const stored: Column<ImportRow> = { id: 'stored', title: 'Stored', width: '84px', align: 'end', render: (row) => formatCount(row.stored) };
const rejected: Column<ImportRow> = {
  id: 'rejected',
  title: 'Rejected',
  width: '76px',
  align: 'end',
  render: (row) => <span className={row.rejected > 0 ? styles.warn : undefined}>{formatCount(row.rejected)}</span>,
};
const WIDE: readonly Column<ImportRow>[] = [
  label,
  state,
  started,
  { id: 'files', title: 'Files', width: '64px', align: 'end', render: (row) => formatCount(row.files) },
  { id: 'bytes', title: 'Size', width: '84px', align: 'end', render: (row) => formatBytes(row.bytes) },
  { id: 'read', title: 'Read', width: '84px', align: 'end', render: (row) => formatCount(row.read) },
  stored,
  { id: 'duplicate', title: 'Duplicate', width: '84px', align: 'end', render: (row) => formatCount(row.duplicate) },
  rejected,
];
const NARROW: readonly Column<ImportRow>[] = [label, state, stored];

export function ImportList({ imports, active, onOpen }: Props) {
  return (
    <Table
      label="Imports"
      rows={imports}
      rowKey={(row) => String(row.id)}
      columns={active === null ? WIDE : NARROW}
      activeKey={active === null ? null : String(active)}
      onActivate={(row) => onOpen(row.id)}
    />
  );
}

function State({ row }: { readonly row: ImportRow }) {
  const change = useChange();
  const progress = useRunningImports().get(row.id) ?? row.progress;
  const { word, tone } = STATE_WORDS[row.state];
  if (row.state !== 'running') return <Badge tone={tone}>{word}</Badge>;
  return (
    <span className={styles.running}>
      <Progress value={progress && progress.stage !== 'detecting' ? shareDone(progress) : null} label={`Import of ${row.label}`} />
      <span>
        {progress
          ? `${progress.stage === 'preparing' ? 'Writing' : progress.stage === 'detecting' ? 'Detecting' : `${progress.filesDone}/${progress.filesTotal} files`}`
          : word}
      </span>
      <Button
        size="small"
        look="quiet"
        isIcon
        aria-label={`Cancel the import of ${row.label}`}
        onClick={(event) => {
          event.stopPropagation();
          change('imports.cancel', { importId: row.id }).catch(showProblem);
        }}
      >
        <Square />
      </Button>
    </span>
  );
}
