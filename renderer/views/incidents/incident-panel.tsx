import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { AlertEntity } from '../../../shared/model/alert.ts';
import type { IncidentDetail } from '../../../shared/model/incident.ts';
import { EntityLinks } from '../../app/entity-link.tsx';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { TacticStrip } from '../../ui/tactic-strip.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { HandEdits, HandNote } from './hand-edits.tsx';
import { IncidentActions } from './incident-actions.tsx';
import { IncidentStory } from './incident-story.tsx';
import styles from './incidents.module.css';
import { SplitAlerts } from './split-alerts.tsx';

type Props = {
  readonly id: string;
  readonly onClose: () => void;
  /** Called with the id under which the incident goes on after alerts were split off. */
  readonly onMoved: (id: string) => void;
};

export function IncidentPanel({ id, onClose, onMoved }: Props) {
  const answer = useQuery(ask('incidents.get', { id }));
  return (
    <Panel isFlush isHeaded label="Incident">
      {answer.data ? (
        <Detail detail={answer.data} onClose={onClose} onMoved={onMoved} />
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Detail({ detail, onClose, onMoved }: Omit<Props, 'id'> & { readonly detail: IncidentDetail }) {
  const { row, alerts, links } = detail;
  const [tab, setTab] = useState('story');
  const titles = new Map(alerts.map((alert) => [alert.id, alert.title]));
  const entities = [...new Map(row.entities.map((entity) => [entity.id, entity])).values()];
  return (
    <>
      <header className={styles.header}>
        <div className={styles.headline}>
          <SeverityMark severity={row.severity} withWord />
          <span className={styles.soft}>{formatCounted(row.alertIds.length, 'alert')}</span>
          <span className={styles.soft}>
            <TimeLabel at={row.firstAt} precision="minute" /> – <TimeLabel at={row.lastAt} precision="minute" /> (
            {formatDuration(row.lastAt - row.firstAt)})
          </span>
          <Button className={styles.close} look="quiet" size="small" isIcon aria-label="Close the incident" onClick={onClose}>
            <X />
          </Button>
        </div>
        <h2 className={styles.title}>{row.title}</h2>
        <TacticStrip seen={row.tactics} />
        <IncidentActions detail={detail} />
        <HandNote edits={detail.edits} />
      </header>
      <Tabs
        label="Incident"
        value={tab}
        onChange={setTab}
        tabs={[
          { id: 'story', label: 'Story', content: <IncidentStory detail={detail} /> },
          {
            id: 'alerts',
            label: 'Alerts',
            count: alerts.length,
            content: (
              <div className={styles.tab}>
                <SplitAlerts detail={detail} onSplit={onMoved} />
              </div>
            ),
          },
          {
            id: 'entities',
            label: 'Entities',
            count: entities.length,
            content: (
              <div className={styles.tab}>
                <EntityGroups entities={entities} />
              </div>
            ),
          },
          {
            id: 'links',
            label: 'Why linked',
            count: links.length,
            content: <Links detail={detail} titles={titles} />,
          },
        ]}
      />
    </>
  );
}

function Links({ detail, titles }: { readonly detail: IncidentDetail; readonly titles: ReadonlyMap<string, string> }) {
  const { links, edits } = detail;
  return (
    <div className={styles.tab}>
      <HandEdits edits={edits} />
      <ul className={styles.links}>
        {links.map(({ from, to, reason }) => (
          <li key={`${from}:${to}:${reason}`} className={styles.link}>
            <a href={linkTo('alerts', { alert: from, status: 'all' })}>{titles.get(from) ?? from}</a>
            <span className={styles.soft}>and</span>
            <a href={linkTo('alerts', { alert: to, status: 'all' })}>{titles.get(to) ?? to}</a>
            <span className={styles.reason}>{reason}</span>
          </li>
        ))}
        {links.length === 0 && (
          <li className={styles.soft}>
            {detail.alerts.length === 1
              ? 'A single alert: nothing was linked.'
              : 'Nothing but the edit by hand holds these alerts together.'}
          </li>
        )}
      </ul>
    </div>
  );
}

const KIND_TITLES = {
  user: 'Accounts',
  computer: 'Hosts',
  group: 'Groups',
  service: 'Services',
  address: 'Addresses',
  'well-known': 'Built-in',
} as const;

function EntityGroups({ entities }: { readonly entities: readonly AlertEntity[] }) {
  return (Object.keys(KIND_TITLES) as (keyof typeof KIND_TITLES)[]).map((kind) => {
    const ofKind = entities.filter((entity) => entity.kind === kind);
    return (
      ofKind.length > 0 && (
        <Section key={kind} title={KIND_TITLES[kind]} count={ofKind.length}>
          <EntityLinks entities={ofKind} />
        </Section>
      )
    );
  });
}
