import type { IncidentDetail, StoryStage } from '../../../shared/model/incident.ts';
import { EntityLink } from '../../app/entity-link.tsx';
import { linkTo } from '../../app/router.ts';
import { useAppearance } from '../../ui/appearance.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { SEVERITY_WORDS } from '../../ui/severity-mark.tsx';
import { zoneLabel } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './incident-stages.module.css';

const ENTITIES_SHOWN = 5;

/** What happened, in a sentence and in stages, and why the incident is as severe as it is. */
export function IncidentStages({ detail }: { readonly detail: IncidentDetail }) {
  const { row, headline, stages } = detail;
  const { zone } = useAppearance();
  const titles = new Map(detail.alerts.map((alert) => [alert.id, alert.title]));
  return (
    <div className={styles.top}>
      <div className={styles.lead}>
        <p className={styles.headline}>{headline}</p>
        <CopyButton text={headline} label="Copy the story" />
      </div>
      {row.severityReasons.length > 0 && (
        <p className={styles.reasons}>
          <strong>{SEVERITY_WORDS[row.severity]}:</strong> {row.severityReasons.join('; ')}
        </p>
      )}
      <Section title="Stages" count={`${stages.length} · times in ${zoneLabel(zone, row.firstAt)}`}>
        <ol className={styles.stages} aria-label="Stages">
          {stages.map((stage) => (
            <Stage key={stage.alertIds[0]} stage={stage} titles={titles} />
          ))}
        </ol>
      </Section>
    </div>
  );
}

function Stage({ stage, titles }: { readonly stage: StoryStage; readonly titles: ReadonlyMap<string, string> }) {
  const { at, tactic, entities, alertIds } = stage;
  return (
    <li className={styles.stage}>
      <span className={styles.time}>
        <TimeLabel at={at} precision="minute" />
      </span>
      <div className={styles.words}>
        <span>{capitalized(stage)}</span>
        <span className={styles.about}>
          {tactic && <span className={styles.tactic}>{tactic}</span>}
          {entities.slice(0, ENTITIES_SHOWN).map((entity) => (
            <EntityLink key={entity.id} entity={entity} />
          ))}
          {entities.length > ENTITIES_SHOWN && <span className={styles.tactic}>and {entities.length - ENTITIES_SHOWN} more</span>}
          {alertIds.length === 1 && <StageAlert id={alertIds[0]!} titles={titles} />}
        </span>
        {alertIds.length > 1 && <StageAlerts alertIds={alertIds} titles={titles} />}
      </div>
    </li>
  );
}

/** A clause as a line of its own; a name at its beginning keeps its letters. */
function capitalized({ text, entities }: StoryStage): string {
  return entities.some(({ name }) => text.startsWith(name)) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function StageAlert({ id, titles }: { readonly id: string; readonly titles: ReadonlyMap<string, string> }) {
  return (
    <a className={styles.alerts} href={linkTo('alerts', { alert: id, status: 'all' })}>
      {titles.get(id) ?? id}
    </a>
  );
}

function StageAlerts({ alertIds, titles }: { readonly alertIds: readonly string[]; readonly titles: ReadonlyMap<string, string> }) {
  return (
    <details className={styles.alerts}>
      <summary>{formatCounted(alertIds.length, 'alert')}</summary>
      <ul>
        {alertIds.map((id) => (
          <li key={id}>
            <StageAlert id={id} titles={titles} />
          </li>
        ))}
      </ul>
    </details>
  );
}
