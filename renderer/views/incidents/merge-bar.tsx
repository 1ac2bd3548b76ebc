import { Combine, X } from 'lucide-react';
import type { IncidentRow } from '../../../shared/model/incident.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import styles from './incidents.module.css';
import { useIncidentEdits } from './use-incident-edits.ts';

type Props = {
  readonly rows: readonly IncidentRow[];
  readonly onClear: () => void;
  readonly onMerged: (id: string) => void;
};

/** What can be done with all checked incidents at once. */
export function MergeBar({ rows, onClear, onMerged }: Props) {
  const { merge } = useIncidentEdits();
  const alerts = rows.reduce((sum, row) => sum + row.alertIds.length, 0);
  const run = async () => {
    if (rows.length < 2) return;
    const id = await merge(rows.map((row) => row.id));
    if (id !== null) onMerged(id);
  };
  useShortcut('incident-merge', 'm', 'Merge the checked incidents', () => void run(), 'Incidents');
  return (
    <div className={styles.bar} role="toolbar" aria-label="Checked incidents">
      <strong>{formatCounted(rows.length, 'incident')} checked</strong>
      <Button size="small" disabled={rows.length < 2} onClick={() => void run()}>
        <Combine aria-hidden="true" /> Merge
      </Button>
      <span className={styles.soft}>
        {rows.length < 2
          ? 'Check a second one to merge them.'
          : `Their ${formatCounted(alerts, 'alert')} become one incident, and stay one over later imports.`}
      </span>
      <Button size="small" look="quiet" onClick={onClear}>
        <X aria-hidden="true" /> Uncheck all
      </Button>
    </div>
  );
}
