import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { DetectionRow } from '../../../shared/contract/operations.ts';
import type { AlertShelf } from '../../../shared/model/alert.ts';
import { SEVERITIES } from '../../../shared/model/severity.ts';
import { ExclusionDialog } from '../../app/exclusions/exclusion-dialog.tsx';
import { formOfNothing } from '../../app/exclusions/exclusion-form.ts';
import { linkTo } from '../../app/router.ts';
import { ask } from '../../data/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { formatCount, formatCounted } from '../../ui/number-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { Section } from '../../ui/section.tsx';
import { TechniqueList } from '../../ui/technique-list.tsx';
import { DetectionBlindness } from './detection-blindness.tsx';
import { DetectionTuningPart } from './detection-tuning.tsx';
import { entityWords } from './exclusion-columns.tsx';
import styles from './settings.module.css';

/** What a detection sees and leaves out, and how it is tuned. */
export function DetectionDetail({ row }: { readonly row: DetectionRow }) {
  return (
    <Panel title={row.title} className={styles.detection}>
      <div className={styles.detectionParts}>
        {row.cannotFire && (
          <p className={styles.warning}>
            <strong>Cannot fire on this evidence.</strong> {row.cannotFire}
          </p>
        )}
        <Section title="What it sees">
          <p>{row.whatItSees}</p>
        </Section>
        <DetectionTuningPart row={row} />
        <DetectionBlindness detection={row.id} />
        <Section title="Built-in exceptions">
          {row.exceptions.length === 0 ? (
            <p className={styles.faint}>None is stated apart from what it sees.</p>
          ) : (
            <ul className={styles.bullets}>
              {row.exceptions.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </Section>
        <DetectionExclusions detection={row.id} />
        <Section title="What it reads">
          <ul className={styles.bullets}>
            {row.reads.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Section>
        {row.benignCauses.length > 0 && (
          <Section title="Known benign causes">
            <ul className={styles.bullets}>
              {row.benignCauses.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Section>
        )}
        <Facts
          facts={[
            ['Id', <code key="id">{row.id}</code>],
            ['External id', row.externalId ?? 'none'],
            ['Techniques', <TechniqueList key="techniques" techniques={row.techniques} />],
            ['Alerts', <AlertCount key="alerts" row={row} count={row.alerts} shown="queue" />],
            ...(row.hiddenAlerts > 0
              ? [['Hidden by exclusions', <AlertCount key="hidden" row={row} count={row.hiddenAlerts} shown="hidden" />] as const]
              : []),
            ...(row.testAlerts > 0 ? [['In test', <AlertCount key="test" row={row} count={row.testAlerts} shown="test" />] as const] : []),
          ]}
        />
      </div>
    </Panel>
  );
}

/** A number that leads to its alerts. */
function AlertCount({ row, count, shown }: { readonly row: DetectionRow; readonly count: number; readonly shown: AlertShelf }) {
  if (count === 0) return 'none';
  const link = { detection: row.id, status: 'all', severity: SEVERITIES.join('|'), shown: shown === 'queue' ? '' : shown };
  return <a href={linkTo('alerts', link)}>{formatCount(count)}</a>;
}

/** Exclusions that can hide its alerts: its own and those of all detections. */
function DetectionExclusions({ detection }: { readonly detection: string }) {
  const [isAdding, setIsAdding] = useState(false);
  const { data = [] } = useQuery(ask('exclusions.list', {}));
  const rows = data.filter((row) => row.detection === detection || row.detection === '');
  return (
    <Section
      title="Exclusions"
      count={rows.length}
      actions={
        <Button size="small" onClick={() => setIsAdding(true)}>
          <Plus aria-hidden="true" /> Add…
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className={styles.faint}>None hides its alerts.</p>
      ) : (
        <ul className={styles.lines}>
          {rows.map((row) => (
            <li key={row.id} className={row.isExpired ? styles.expired : undefined}>
              <a href={linkTo('settings', { part: 'exclusions', exclusion: row.id })}>
                {[row.entity === '' ? '' : entityWords(row), row.network].filter(Boolean).join(', ') || 'All its alerts'}
              </a>
              <span className={styles.faint}>
                {row.detection === '' ? 'all detections, ' : ''}hides {formatCounted(row.hides, 'alert')}
              </span>
              {row.isExpired && <Badge>Expired</Badge>}
            </li>
          ))}
        </ul>
      )}
      {isAdding && <ExclusionDialog start={formOfNothing({ detection })} onClose={() => setIsAdding(false)} />}
    </Section>
  );
}
