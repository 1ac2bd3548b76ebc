import { Briefcase, SquareArrowOutUpRight } from 'lucide-react';
import { linkTo } from '../../app/router.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem } from '../../ui/toast.tsx';
import { selectAlert } from './actions.ts';
import styles from './detail-panel.module.css';
import { request } from './requests.ts';

/** The story of an incident in order, beside its graph: each step opens its alert. */
export function IncidentPart({ id }: { readonly id: string }) {
  const answer = useAnswer('incidents.get', { id });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState label="Reading the incident" />;
  const { row, alerts, headline, story } = answer.data;
  const severityOf = new Map(alerts.map((alert) => [alert.id, alert.severity]));
  return (
    <>
      <header className={styles.head}>
        <span className={styles.over}>
          <SeverityMark severity={row.severity} withWord /> · incident · {row.status}
        </span>
        <h2 className={styles.title}>{row.title}</h2>
        <span className={styles.quiet}>
          <TimeLabel at={row.firstAt} /> to <TimeLabel at={row.lastAt} />
        </span>
        <span className={styles.buttons}>
          <Button size="small" onClick={() => request({ caseItems: [{ kind: 'incident', key: row.id, label: row.title }] })}>
            <Briefcase /> To case
          </Button>
          <Button size="small" look="quiet" onClick={() => location.assign(linkTo('incidents', { incident: id }))}>
            <SquareArrowOutUpRight /> Page
          </Button>
        </span>
      </header>
      <section className={styles.part} aria-label="Story">
        <p>{headline}</p>
        <h3>Story: {story.length} steps</h3>
        <div className={styles.list}>
          {story.map((step) => (
            <button
              key={step.alertId}
              type="button"
              className={styles.item}
              onClick={() => void selectAlert(step.alertId).catch(showProblem)}
            >
              <span className={styles.line}>
                <SeverityMark severity={severityOf.get(step.alertId) ?? 'informational'} />
                <TimeLabel at={step.at} />
              </span>
              <span>{step.text}</span>
            </button>
          ))}
        </div>
      </section>
    </>
  );
}
