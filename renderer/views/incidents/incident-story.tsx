import type { IncidentDetail } from '../../../shared/model/incident.ts';
import { linkTo } from '../../app/router.ts';
import { ImportedBadge } from '../../ui/imported-badge.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { SigmaBadge } from '../../ui/sigma-badge.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { IncidentStages } from './incident-stages.tsx';
import styles from './incident-story.module.css';

/** The whole in a sentence and in stages, then every alert in order of time; long silences between them are said. */
export function IncidentStory({ detail }: { readonly detail: IncidentDetail }) {
  const alerts = new Map(detail.alerts.map((alert) => [alert.id, alert]));
  return (
    <>
      <IncidentStages detail={detail} />
      <h3 className={styles.heading}>Every alert in order</h3>
      <ol className={styles.story}>
        {detail.story.map((step, index) => {
          const alert = alerts.get(step.alertId);
          const before = detail.story[index - 1];
          const gap = before ? step.at - before.at : 0;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are told apart by their order.
            <li key={index} className={styles.step}>
              {gap > 600_000_000 && <span className={styles.gap}>{formatDuration(gap)} later</span>}
              <span className={styles.mark}>{alert && <SeverityMark severity={alert.severity} />}</span>
              <span className={styles.time}>
                <TimeLabel at={step.at} />
              </span>
              <span className={styles.words}>
                {alert && (
                  <span className={styles.headline}>
                    <a className={styles.title} href={linkTo('alerts', { alert: alert.id, status: 'all' })}>
                      {alert.title}
                    </a>
                    <ImportedBadge alert={alert} />
                    <SigmaBadge alert={alert} />
                  </span>
                )}
                <span>{step.text}</span>
                {alert && <span className={styles.tactics}>{alert.tactics.join(', ')}</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </>
  );
}
