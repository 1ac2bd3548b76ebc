import type { AlertRow } from '../../shared/model/alert.ts';
import { ImportedBadge } from '../ui/imported-badge.tsx';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { SigmaBadge } from '../ui/sigma-badge.tsx';
import { StatusBadge } from '../ui/status-badge.tsx';
import { TimeLabel } from '../ui/time-label.tsx';
import styles from './alert-line.module.css';
import { linkTo } from './router.ts';

/** One alert in two lines, leading to it. */
export function AlertLine({ alert }: { readonly alert: AlertRow }) {
  return (
    <a className={styles.line} href={linkTo('alerts', { alert: alert.id, status: 'all' })}>
      <SeverityMark severity={alert.severity} />
      <span className={styles.words}>
        <span className={styles.title}>{alert.title}</span>
        <span className={styles.summary}>{alert.summary}</span>
      </span>
      <span className={styles.end}>
        <ImportedBadge alert={alert} />
        <SigmaBadge alert={alert} />
        <TimeLabel at={alert.firstAt} precision="minute" />
        <StatusBadge status={alert.status} />
      </span>
    </a>
  );
}

export function AlertLines({ alerts }: { readonly alerts: readonly AlertRow[] }) {
  return (
    <ul className={styles.list}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <AlertLine alert={alert} />
        </li>
      ))}
    </ul>
  );
}
