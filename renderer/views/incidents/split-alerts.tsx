import { Split as SplitIcon, X } from 'lucide-react';
import { useState } from 'react';
import type { IncidentDetail } from '../../../shared/model/incident.ts';
import { AlertLine } from '../../app/alert-line.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import styles from './incidents.module.css';
import { useIncidentEdits } from './use-incident-edits.ts';

type Props = { readonly detail: IncidentDetail; readonly onSplit: (restId: string) => void };

/** The alerts of an incident, oldest first; those that are checked can be made an incident of their own. */
export function SplitAlerts({ detail, onSplit }: Props) {
  const { row, alerts } = detail;
  const { split } = useIncidentEdits();
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const chosen = alerts.filter(({ id }) => checked.has(id));
  const isPossible = chosen.length > 0 && chosen.length < alerts.length;
  const toggle = (id: string) =>
    setChecked((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  const run = async () => {
    if (!isPossible) return;
    const restId = await split(
      row.id,
      chosen.map(({ id }) => id),
    );
    if (restId === null) return;
    setChecked(new Set());
    onSplit(restId);
  };
  useShortcut('incident-split', 's', 'Split off the checked alerts', () => void run(), 'Incidents');
  return (
    <>
      <div className={styles.bar} role="toolbar" aria-label="Checked alerts">
        <Button size="small" disabled={!isPossible} onClick={() => void run()}>
          <SplitIcon aria-hidden="true" /> Split off
        </Button>
        <span className={styles.soft}>{hint(chosen.length, alerts.length)}</span>
        {chosen.length > 0 && (
          <Button size="small" look="quiet" onClick={() => setChecked(new Set())}>
            <X aria-hidden="true" /> Uncheck all
          </Button>
        )}
      </div>
      <ul className={styles.choices}>
        {alerts.map((alert) => (
          <li key={alert.id}>
            <input type="checkbox" aria-label={`Check ${alert.title}`} checked={checked.has(alert.id)} onChange={() => toggle(alert.id)} />
            <AlertLine alert={alert} />
          </li>
        ))}
      </ul>
    </>
  );
}

function hint(chosen: number, all: number): string {
  if (all === 1) return 'The only alert: there is nothing to split it from.';
  if (chosen === 0) return 'Check alerts that do not belong here.';
  if (chosen === all) return 'Leave at least one.';
  return chosen === 1
    ? `1 alert of ${all} becomes an incident of its own.`
    : `${formatCounted(chosen, 'alert')} of ${all} become an incident of their own.`;
}
