import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, HelpCircle, Siren, Waypoints } from 'lucide-react';
import type { EntityDetail } from '../../../shared/model/entity.ts';
import { AlertLines } from '../../app/alert-line.tsx';
import { linkTo, navigate } from '../../app/router.ts';
import { useShortcut } from '../../app/shortcuts.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ENTITY_WORDS, EntityIcon } from '../../ui/entity-icon.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LoadingState } from '../../ui/loading-state.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import { EntityIdentifiers } from './entity-identifiers.tsx';
import { EntityLogons } from './entity-logons.tsx';
import styles from './entity-page.module.css';
import { EntityTags, TAG_WORDS } from './entity-tags.tsx';
import { EntityTimeline } from './entity-timeline.tsx';

export function EntityPage({ id, tab }: { readonly id: string; readonly tab: string }) {
  const answer = useQuery(ask('entities.get', { id }));
  if (answer.data) return <Detail detail={answer.data} tab={tab} />;
  if (answer.isError) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  return <LoadingState />;
}

function Detail({ detail, tab }: { readonly detail: EntityDetail; readonly tab: string }) {
  const { row } = detail;
  const count = useQuery(ask('events.count', { filter: { entities: [row.id] } }));
  useShortcut('entity-graph', 'v', 'Show in graph', () => navigate('investigate', { entity: row.id }), 'Entity');
  useShortcut('entity-back', 'escape', 'Back to the inventory', () => navigate('entities'), 'Entity');
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <a className={styles.back} href={linkTo('entities')}>
          <ChevronLeft size={14} aria-hidden="true" /> Entities
        </a>
        <div className={styles.headline}>
          <EntityIcon kind={row.kind} size={22} />
          <h1 className={styles.title}>{row.name}</h1>
          {row.domain && <span className={styles.domain}>{row.domain}</span>}
          {row.tags.map((tag) => (
            <Badge key={tag} tone="warning">
              {TAG_WORDS[tag]}
            </Badge>
          ))}
          {row.roles.map((role) => (
            <Badge key={role}>{role}</Badge>
          ))}
          <div className={styles.actions}>
            <EntityTags row={row} />
            <Button onClick={() => navigate('evidence', { part: 'why-not', entity: row.id })}>
              <HelpCircle aria-hidden="true" /> Why did … not fire?
            </Button>
            <Button look="primary" onClick={() => navigate('investigate', { entity: row.id })}>
              <Waypoints aria-hidden="true" /> Show in graph
            </Button>
          </div>
        </div>
      </header>
      <div className={styles.columns}>
        <Panel label="Identity" className={styles.side}>
          <div className={styles.sideParts}>
            <Section title="Overview">
              <Facts
                facts={[
                  ['Kind', ENTITY_WORDS[row.kind]],
                  ['First seen', <TimeLabel key="first" at={row.firstAt} />],
                  ['Last seen', <TimeLabel key="last" at={row.lastAt} />],
                  ['Events', formatCount(count.data?.count ?? row.eventCount)],
                  ['Alerts', formatCount(row.alertCount)],
                  [
                    'Identifier',
                    <span key="id" className={styles.id}>
                      <code>{row.id}</code>
                      <CopyButton label="Copy the identifier" text={row.id} />
                    </span>,
                  ],
                ]}
              />
            </Section>
            <EntityIdentifiers identifiers={detail.identifiers} />
          </div>
        </Panel>
        <Panel isFlush label="Activity">
          <Tabs
            label="Entity"
            value={tab}
            onChange={(next) => navigate('entities', { entity: row.id, tab: next === 'timeline' ? null : next }, 'replace')}
            tabs={[
              { id: 'timeline', label: 'Timeline', content: <EntityTimeline row={row} /> },
              { id: 'logons', label: 'Logons', count: detail.logons.length, content: <EntityLogons detail={detail} /> },
              { id: 'alerts', label: 'Alerts', count: detail.alertIds.length, content: <EntityAlerts detail={detail} /> },
            ]}
          />
        </Panel>
      </div>
    </div>
  );
}

function EntityAlerts({ detail }: { readonly detail: EntityDetail }) {
  const alerts = useQuery(ask('alerts.page', { filter: { entities: [detail.row.id] }, sort: 'newest', cursor: null, limit: 200 }));
  if (alerts.isError) return <ErrorState error={alerts.error} onRetry={() => void alerts.refetch()} />;
  if (!alerts.data) return <LoadingState />;
  if (alerts.data.rows.length === 0) {
    return (
      <EmptyState icon={Siren} title="No alerts with this entity">
        Its records are in the timeline. Tag it as honeytoken to be told of any activity.
      </EmptyState>
    );
  }
  return (
    <div className={styles.alerts}>
      <AlertLines alerts={alerts.data.rows} />
    </div>
  );
}
