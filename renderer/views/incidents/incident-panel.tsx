import { useQuery } from '@tanstack/react-query';
import { Briefcase, FilePlus2, Waypoints, X } from 'lucide-react';
import { useState } from 'react';
import { ALERT_STATUSES, type AlertEntity, CLASSIFICATIONS } from '../../../shared/model/alert.ts';
import type { IncidentDetail } from '../../../shared/model/incident.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { AlertLines } from '../../app/alert-line.tsx';
import { EntityLinks } from '../../app/entity-link.tsx';
import { evidenceOfAlert } from '../../app/evidence-of-alert.ts';
import { linkTo, navigate } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { useSettings } from '../../app/use-appearance-of-settings.ts';
import { chooseCase } from '../../data/current-case.ts';
import { ask } from '../../data/queries.ts';
import { useChange } from '../../data/use-change.ts';
import { CLASSIFICATION_WORDS, STATUS_WORDS } from '../../ui/alert-words.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Select } from '../../ui/field.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { TacticStrip } from '../../ui/tactic-strip.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import { showProblem, showToast } from '../../ui/toast.tsx';
import { IncidentStory } from './incident-story.tsx';
import styles from './incidents.module.css';

export function IncidentPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const answer = useQuery(ask('incidents.get', { id }));
  return (
    <Panel isFlush isHeaded label="Incident">
      {answer.data ? (
        <Detail detail={answer.data} onClose={onClose} />
      ) : answer.isError ? (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      ) : (
        <LoadingState />
      )}
    </Panel>
  );
}

function Detail({ detail, onClose }: { readonly detail: IncidentDetail; readonly onClose: () => void }) {
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
        <Actions detail={detail} />
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
                <AlertLines alerts={alerts} />
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
            content: (
              <ul className={styles.links}>
                {links.map(({ from, to, reason }) => (
                  <li key={`${from}:${to}:${reason}`} className={styles.link}>
                    <a href={linkTo('alerts', { alert: from, status: 'all' })}>{titles.get(from) ?? from}</a>
                    <span className={styles.soft}>and</span>
                    <a href={linkTo('alerts', { alert: to, status: 'all' })}>{titles.get(to) ?? to}</a>
                    <span className={styles.reason}>{reason}</span>
                  </li>
                ))}
                {links.length === 0 && <li className={styles.soft}>A single alert: nothing was linked.</li>}
              </ul>
            ),
          },
        ]}
      />
    </>
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

function Actions({ detail }: { readonly detail: IncidentDetail }) {
  const { row } = detail;
  const change = useChange();
  const addToCase = useAddToCase();
  const { analyst } = useSettings();
  const update = (part: { status?: typeof row.status; classification?: typeof row.classification }) =>
    change('incidents.update', { ids: [row.id], ...part }).then(
      () =>
        showToast({
          title: part.status ? `Incident ${STATUS_WORDS[part.status].toLowerCase()}` : 'Incident classified',
          action: {
            label: 'Undo',
            run: () =>
              void change('incidents.update', {
                ids: [row.id],
                ...(part.status ? { status: row.status } : {}),
                ...(part.classification ? { classification: row.classification } : {}),
              }).catch(showProblem),
          },
        }),
      showProblem,
    );
  const item = { kind: 'incident' as const, key: row.id, label: row.title };
  const createCase = async () => {
    try {
      const created = await change('cases.create', { title: row.title, author: analyst });
      const alerts = detail.alerts.map(evidenceOfAlert);
      await change('cases.addEvidence', { caseId: created.id, items: [item, ...alerts] });
      chooseCase(created.id);
      navigate('cases', { case: created.id });
    } catch (error) {
      showProblem(error);
    }
  };
  useShortcut('incident-case', 'a', 'Add to case', () => void addToCase([item]), 'Incidents');
  useShortcut('incident-graph', 'v', 'Open graph', () => navigate('investigate', { incident: row.id }), 'Incidents');
  useShortcut('incident-resolve', 'e', 'Resolve', () => void update({ status: 'resolved' }), 'Incidents');
  return (
    <div className={styles.actions}>
      <Button look="primary" onClick={() => navigate('investigate', { incident: row.id })}>
        <Waypoints aria-hidden="true" /> Open graph
      </Button>
      <Button onClick={() => void createCase()}>
        <FilePlus2 aria-hidden="true" /> Create case
      </Button>
      <Button onClick={() => void addToCase([item])}>
        <Briefcase aria-hidden="true" /> Add to case
      </Button>
      <Select aria-label="Status" value={row.status} onChange={(event) => void update({ status: event.target.value as typeof row.status })}>
        {ALERT_STATUSES.map((status) => (
          <option key={status} value={status}>
            {STATUS_WORDS[status]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Classification"
        value={row.classification}
        onChange={(event) => void update({ classification: event.target.value as typeof row.classification })}
      >
        {CLASSIFICATIONS.map((classification) => (
          <option key={classification} value={classification}>
            {classification === 'not-set' ? 'Classification: not set' : CLASSIFICATION_WORDS[classification]}
          </option>
        ))}
      </Select>
    </div>
  );
}
