import { X } from 'lucide-react';
import type { AppStatus } from '../../shared/contract/operations.ts';
import type { ImportProgress } from '../../shared/model/import.ts';
import { shareDone, useRunningImports } from '../data/import-progress.ts';
import { useChange } from '../data/use-change.ts';
import { formatBytes, formatCounted } from '../ui/number-format.ts';
import { Progress } from '../ui/progress.tsx';
import { TimeLabel } from '../ui/time-label.tsx';
import { showProblem } from '../ui/toast.tsx';
import { useImportEvidence } from './import-evidence.tsx';
import { linkTo } from './router.ts';
import styles from './status-line.module.css';

export function StatusLine({ status }: { readonly status: AppStatus }) {
  const running = [...useRunningImports().values()];
  const { upload } = useImportEvidence();
  return (
    <footer className={styles.line}>
      <span>{formatCounted(status.events, 'event')}</span>
      <span>{formatCounted(status.alerts, 'alert')}</span>
      <span>{formatCounted(status.files, 'file')}</span>
      {status.span && (
        <span className={styles.span}>
          <TimeLabel at={status.span.from} precision="minute" /> – <TimeLabel at={status.span.to} precision="minute" />
        </span>
      )}
      {upload && (
        <Job
          label={`Copying ${upload.progress.name}`}
          value={upload.progress.sentBytes / Math.max(1, upload.progress.totalBytes)}
          onCancel={upload.cancel}
        />
      )}
      {running.slice(0, 2).map((progress) => (
        <ImportJob key={progress.importId} progress={progress} />
      ))}
      {running.length > 2 && <a href={linkTo('evidence')}>and {running.length - 2} more</a>}
      {status.notes.map((note) => (
        <span key={note} className={styles.note} title={note}>
          {note}
        </span>
      ))}
      <span className={styles.end} title={status.storePath}>
        Store {formatBytes(status.storeBytes)}
      </span>
      <span>Memory {formatBytes(status.memoryBytes)}</span>
      <span className={styles.runtime}>{status.runtime}</span>
    </footer>
  );
}

const STAGE_WORDS: Readonly<Record<ImportProgress['stage'], string>> = {
  preparing: 'Writing the demo evidence',
  finding: 'Finding files',
  reading: 'Reading',
  detecting: 'Detecting',
  done: 'Done',
};

function ImportJob({ progress }: { readonly progress: ImportProgress }) {
  const change = useChange();
  const cancel = () => void change('imports.cancel', { importId: progress.importId }).catch(showProblem);
  const files = progress.filesTotal > 0 ? `${progress.filesDone}/${progress.filesTotal} files, ` : '';
  return (
    <Job
      label={
        progress.stage === 'preparing'
          ? STAGE_WORDS.preparing
          : `${STAGE_WORDS[progress.stage]}: ${files}${formatCounted(progress.eventsStored, 'event')}`
      }
      title={progress.currentFile}
      value={progress.stage === 'detecting' ? null : shareDone(progress)}
      onCancel={cancel}
    />
  );
}

type JobProps = { readonly label: string; readonly value: number | null; readonly onCancel: () => void; readonly title?: string };

function Job({ label, value, onCancel, title }: JobProps) {
  return (
    <span className={styles.job} title={title}>
      <Progress value={value} label={label} />
      <span className={styles.jobLabel}>{label}</span>
      <button type="button" className={styles.cancel} aria-label={`Cancel: ${label}`} title="Cancel" onClick={onCancel}>
        <X size={12} />
      </button>
    </span>
  );
}
