import { Briefcase, ListFilter, SquareArrowOutUpRight, Workflow } from 'lucide-react';
import type { AlertDetail } from '../../../shared/model/alert.ts';
import { MINUTE } from '../../../shared/model/time.ts';
import { linkTo } from '../../app/router.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem } from '../../ui/toast.tsx';
import { openIncident, selectEventIndex } from './actions.ts';
import styles from './detail-panel.module.css';
import { request } from './requests.ts';
import { brushTo, openBoard, select } from './store.ts';

/** One alert: what it says, on which records and fields it rests. */
export function AlertPart({ id }: { readonly id: string }) {
  const answer = useAnswer('alerts.get', { id });
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <LoadingState label="Reading the alert" />;
  const { row, whatHappened, whyItMatters, benignCauses, firstResponse } = answer.data;
  const incident = row.incidentId;
  return (
    <>
      <header className={styles.head}>
        <span className={styles.over}>
          <SeverityMark severity={row.severity} withWord /> · {row.confidence} confidence · {row.status}
          {row.techniques.length > 0 && ` · ${row.techniques.join(', ')}`}
        </span>
        <h2 className={styles.title}>{row.title}</h2>
        <p>{row.summary}</p>
        <span className={styles.quiet}>
          <TimeLabel at={row.firstAt} /> to <TimeLabel at={row.lastAt} />
        </span>
        <span className={styles.buttons}>
          <Button
            size="small"
            onClick={() => openBoard(row.title, { alertIds: [id], layout: 'layered' })}
            title="Its entities and edges on a board of their own"
          >
            <Workflow /> Graph
          </Button>
          {incident !== '' && (
            <Button size="small" onClick={() => openIncident(incident, `Incident of ${row.title}`)}>
              <Workflow /> Incident
            </Button>
          )}
          <Button
            size="small"
            onClick={() => brushTo({ from: row.firstAt - 5 * MINUTE, to: row.lastAt + 5 * MINUTE }, true)}
            title="Range of the alert, five minutes wider on both sides"
          >
            <ListFilter /> Range
          </Button>
          <Button size="small" onClick={() => request({ caseItems: [{ kind: 'alert', key: row.id, label: row.title }] })}>
            <Briefcase /> To case
          </Button>
          <Button size="small" look="quiet" onClick={() => location.assign(linkTo('alerts', { alert: id }))}>
            <SquareArrowOutUpRight /> Page
          </Button>
        </span>
      </header>
      <Evidence detail={answer.data} />
      <section className={styles.part} aria-label="Entities">
        <h3>Entities</h3>
        <span className={styles.buttons}>
          {row.entities.map((entity) => (
            <Button
              key={`${entity.id}|${entity.role}`}
              size="small"
              onClick={() => select({ kind: 'nodes', ids: [entity.id] })}
              title={entity.role}
            >
              {entity.name}
            </Button>
          ))}
        </span>
      </section>
      <Words title="What happened" lines={[whatHappened]} />
      <Words title="Why it matters" lines={[whyItMatters]} />
      <Words title="Known benign causes" lines={benignCauses} />
      <Words title="First response" lines={firstResponse} />
    </>
  );
}

function Evidence({ detail: { row, evidence, conditions } }: { readonly detail: AlertDetail }) {
  return (
    <section className={styles.part} aria-label="Evidence">
      <h3>
        Evidence: {formatCount(row.evidenceCount)} {row.evidenceCount === 1 ? 'record' : 'records'}
      </h3>
      {conditions.map((condition) => (
        <p key={condition.name}>
          {condition.name}: <b>{condition.found}</b>
          {condition.required !== '' && ` (${condition.required})`}
        </p>
      ))}
      <div className={styles.list}>
        {evidence.slice(0, 60).map((item) => (
          <button
            key={item.eventKey}
            type="button"
            className={styles.item}
            onClick={() => void selectEventIndex(item.eventIndex).catch(showProblem)}
            title={`${item.file}, record ${item.recordId}`}
          >
            <span className={styles.line}>
              <TimeLabel at={item.at} tick={item.tick} precision="millisecond" />
              <span className={styles.end}>
                {item.computer} · {item.eventId}
              </span>
            </span>
            {item.fields.slice(0, 4).map(([name, value, meaning]) => (
              <span key={name} className={styles.words}>
                <span className={styles.quiet}>{name}</span> <span className={styles.mono}>{value}</span>{' '}
                {meaning !== '' && <i>{meaning}</i>}
              </span>
            ))}
          </button>
        ))}
      </div>
    </section>
  );
}

function Words({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  const said = lines.filter((line) => line !== '');
  if (said.length === 0) return null;
  return (
    <section className={styles.part} aria-label={title}>
      <h3>{title}</h3>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}
