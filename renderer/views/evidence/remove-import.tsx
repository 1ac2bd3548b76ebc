import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportReport } from '../../../shared/model/import.ts';
import { forgetProgress } from '../../data/import-progress.ts';
import { ask } from '../../data/queries.ts';
import { useChange } from '../../data/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { showProblem, showToast } from '../../ui/toast.tsx';
import styles from './evidence.module.css';

type Props = { readonly report: ImportReport; readonly onClose: () => void; readonly onRemoved: () => void };

/** Asks before evidence is taken out of the store, and names what goes with it. */
export function RemoveImport({ report, onClose, onRemoved }: Props) {
  const { row } = report;
  const change = useChange();
  const [isWorking, setIsWorking] = useState(false);
  const status = useQuery(ask('app.status', {}));
  const isOnly = status.data !== undefined && row.stored >= status.data.events;
  const remove = async () => {
    setIsWorking(true);
    try {
      const { events } = await change('imports.remove', { importId: row.id });
      forgetProgress(row.id);
      showToast({ title: `Removed ${row.label}`, description: `${formatCounted(events, 'event')} taken out of the store` });
      onRemoved();
    } catch (error) {
      setIsWorking(false);
      showProblem(error);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="narrow"
      title="Remove this import?"
      description={`“${row.label}” with ${formatCounted(row.files, 'file')} leaves the store. The files themselves are not touched.`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={isWorking} onClick={() => void remove()}>
            {isWorking ? 'Removing…' : 'Remove'}
          </Button>
        </>
      }
    >
      <ul className={styles.lost}>
        <li>{formatCounted(row.stored, 'event')} vanish from graph, timeline and search.</li>
        <li>
          {isOnly && status.data
            ? `${formatCounted(status.data.alerts, 'alert')} and ${formatCounted(status.data.incidents, 'incident')}, all there are, vanish: they rest on this import alone.`
            : 'Alerts and incidents that rest on these events alone vanish; the others are worked out anew.'}
        </li>
        <li>Status, comments and cases stay, and apply again if the same evidence is imported later.</li>
      </ul>
    </Dialog>
  );
}
