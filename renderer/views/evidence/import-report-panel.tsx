import { useQuery } from '@tanstack/react-query';
import { Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { ImportReport } from '../../../shared/model/import.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatBytes, formatCount, formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { ScrollPart } from '../../ui/scroll-part.tsx';
import { Section } from '../../ui/section.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { CoverageList } from './coverage-list.tsx';
import styles from './evidence.module.css';
import { FileReports } from './file-reports.tsx';
import { STATE_WORDS } from './import-words.ts';
import { RemoveImport } from './remove-import.tsx';

export function ImportReportPanel({ importId, onClose }: { readonly importId: number; readonly onClose: () => void }) {
  const report = useQuery(ask('imports.report', { importId }));
  return (
    <Panel isFlush isHeaded label="Import report" className={styles.report}>
      {report.data ? (
        <Report report={report.data} onClose={onClose} />
      ) : report.isError ? (
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <LoadingState label="Loading the report" />
      )}
    </Panel>
  );
}

function Report({ report, onClose }: { readonly report: ImportReport; readonly onClose: () => void }) {
  const { row, files, cannotFire } = report;
  const [isRemoving, setIsRemoving] = useState(false);
  const { word, tone } = STATE_WORDS[row.state];
  const numbers = [
    ['Files', formatCount(row.files)],
    ['Size', formatBytes(row.bytes)],
    ['Read', formatCount(row.read)],
    ['Stored', formatCount(row.stored)],
    ['Duplicate', formatCount(row.duplicate)],
    ['Rejected', formatCount(row.rejected)],
  ] as const;
  return (
    <>
      <header className={styles.reportHeader}>
        <div className={styles.reportTitle}>
          <h2>{row.label}</h2>
          <Badge tone={tone}>{word}</Badge>
          <span className={styles.tools}>
            <CopyButton label="Copy the report as JSON" text={() => JSON.stringify(report, null, 2)} />
            <Button size="small" disabled={row.state === 'running'} onClick={() => setIsRemoving(true)}>
              <Trash2 aria-hidden="true" /> Remove
            </Button>
            <Button look="quiet" size="small" isIcon aria-label="Close the report" onClick={onClose}>
              <X />
            </Button>
          </span>
        </div>
        <p className={styles.faint}>
          <TimeLabel at={row.startedAt} />
          {row.finishedAt !== null && `, took ${formatDuration(row.finishedAt - row.startedAt)}`}
        </p>
        <dl className={styles.numbers}>
          {numbers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </header>
      <ScrollPart label="Files and coverage" className={styles.reportBody}>
        <Section title="Files" count={formatCounted(files.length, 'file')}>
          <FileReports files={files} />
        </Section>
        {cannotFire.length > 0 && (
          <Section title="Could not fire on this import" count={cannotFire.length}>
            <CoverageList blind={cannotFire} />
          </Section>
        )}
      </ScrollPart>
      {isRemoving && (
        <RemoveImport
          report={report}
          onClose={() => setIsRemoving(false)}
          onRemoved={() => {
            setIsRemoving(false);
            onClose();
          }}
        />
      )}
    </>
  );
}
