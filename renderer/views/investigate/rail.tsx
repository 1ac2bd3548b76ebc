import { useState } from 'react';
import type { AlertRow } from '../../../shared/model/alert.ts';
import type { EntityRow } from '../../../shared/model/entity.ts';
import type { IncidentRow } from '../../../shared/model/incident.ts';
import type { Severity } from '../../../shared/model/severity.ts';
import { useAnswer } from '../../data/use-answer.ts';
import { classNames } from '../../ui/class-names.ts';
import { EntityIcon } from '../../ui/entity-icon.tsx';
import { formatCount, formatShort } from '../../ui/number-format.ts';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { openMenu } from './action-menu.tsx';
import { focusOn, openIncident, selectAlert } from './actions.ts';
import { entityEntries } from './menus.ts';
import { Questions } from './questions.tsx';
import styles from './rail.module.css';
import { activeBoardOf } from './state.ts';
import { select, useInvestigate } from './store.ts';

/** Where to begin: questions, incidents, alerts, and entities ranked by what is known against them. */
export function Rail({ alerts }: { readonly alerts: readonly AlertRow[] }) {
  const incidents = useAnswer('incidents.page', { filter: {}, cursor: null, limit: 50 });
  const entities = useAnswer('entities.page', { filter: {}, sort: 'alerts', cursor: null, limit: 100 });
  return (
    <nav className={styles.rail} aria-label="Where to begin">
      <Part title="Questions" isOpenAtFirst={false}>
        <Questions />
      </Part>
      <Part title="Incidents" count={incidents.data?.total ?? incidents.data?.rows.length}>
        <Incidents rows={incidents.data?.rows ?? []} isLoaded={incidents.data !== undefined} />
      </Part>
      <Part title="Alerts" count={alerts.length} isOpenAtFirst={false}>
        <Alerts rows={alerts} />
      </Part>
      <Part title="Entities" count={entities.data?.total ?? undefined} isLast>
        <Entities rows={entities.data?.rows ?? []} />
      </Part>
    </nav>
  );
}

type PartProps = {
  readonly title: string;
  readonly count?: number | undefined;
  readonly isOpenAtFirst?: boolean;
  readonly isLast?: boolean;
  readonly children: React.ReactNode;
};

function Part({ title, count, isOpenAtFirst = true, isLast = false, children }: PartProps) {
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <section className={classNames(styles.part, isOpen && styles.open, isLast && styles.last)}>
      <button type="button" className={styles.title} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        <span className={styles.arrow} aria-hidden="true" />
        {title}
        {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
      </button>
      {isOpen && <div className={styles.body}>{children}</div>}
    </section>
  );
}

function Incidents({ rows, isLoaded }: { readonly rows: readonly IncidentRow[]; readonly isLoaded: boolean }) {
  const board = activeBoardOf(useInvestigate());
  if (rows.length === 0)
    return <p className={styles.none}>{isLoaded ? 'No alerts, so no incidents. Rank the entities below or ask a question above.' : ' '}</p>;
  return rows.map((row) => (
    <button
      key={row.id}
      type="button"
      className={classNames(styles.item, styles.tall, board.incidentId === row.id && styles.active)}
      onClick={() => openIncident(row.id, row.title)}
      title={`${row.title}\nOpens its graph, left to right`}
    >
      <SeverityMark severity={row.severity} />
      <span className={styles.two}>
        <span className={styles.name}>{row.title}</span>
        <span className={styles.quiet}>
          {row.alertIds.length} {row.alertIds.length === 1 ? 'alert' : 'alerts'} · <TimeLabel at={row.firstAt} precision="minute" />
        </span>
      </span>
    </button>
  ));
}

function Alerts({ rows }: { readonly rows: readonly AlertRow[] }) {
  const { selection } = useInvestigate();
  if (rows.length === 0) return <p className={styles.none}>No alerts.</p>;
  return rows.slice(0, 200).map((row) => (
    <button
      key={row.id}
      type="button"
      className={classNames(styles.item, styles.tall, selection.kind === 'alert' && selection.id === row.id && styles.active)}
      onClick={() => void selectAlert(row.id)}
      title={row.summary}
    >
      <SeverityMark severity={row.severity} />
      <span className={styles.two}>
        <span className={styles.name}>{row.title}</span>
        <span className={styles.quiet}>
          <TimeLabel at={row.firstAt} precision="minute" />
        </span>
      </span>
    </button>
  ));
}

function Entities({ rows }: { readonly rows: readonly EntityRow[] }) {
  const { selection } = useInvestigate();
  const chosen = new Set(
    selection.kind === 'nodes' ? selection.ids : selection.kind === 'event' || selection.kind === 'alert' ? selection.entities : [],
  );
  return rows.map((row) => (
    <button
      key={row.id}
      type="button"
      className={classNames(styles.item, chosen.has(row.id) && styles.active)}
      title={`${row.domain === '' ? '' : `${row.domain}\\`}${row.name}: ${formatCount(row.eventCount)} events, ${row.alertCount} alerts${row.roles.length > 0 ? `, ${row.roles.join(', ')}` : ''}\nDouble-click focuses the graph`}
      onClick={() => select({ kind: 'nodes', ids: [row.id] })}
      onDoubleClick={() => focusOn([row.id])}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu({ x: event.clientX, y: event.clientY, label: 'Actions', entries: entityEntries(row) });
      }}
    >
      <EntityIcon kind={row.kind} />
      <span className={styles.name}>{row.name}</span>
      {row.tags.includes('honeytoken') && <span className={styles.honeytoken}>H</span>}
      {row.tags.includes('sensitive') && <span className={styles.sensitive}>♛</span>}
      {row.highestSeverity === '' ? (
        <span className={styles.quiet}>{formatShort(row.eventCount)}</span>
      ) : (
        <span className={styles.alerts}>
          <SeverityMark severity={row.highestSeverity as Severity} /> {row.alertCount}
        </span>
      )}
    </button>
  ));
}
