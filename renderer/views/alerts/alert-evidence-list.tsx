import { Briefcase, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { AlertDetail, AlertEvidence } from '../../../shared/model/alert.ts';
import { useAddToCase } from '../../app/add-to-case.ts';
import { navigate } from '../../app/router.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { formatCount } from '../../ui/number-format.ts';
import { Section } from '../../ui/section.tsx';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './alert-evidence.module.css';

const FIRST = 6;

/** The records the alert rests on: which fields say so, what they mean, and where the record lies. */
export function AlertEvidenceList({ detail }: { readonly detail: AlertDetail }) {
  const [isAll, setIsAll] = useState(false);
  const { evidence, row } = detail;
  const shown = isAll ? evidence : evidence.slice(0, FIRST);
  const count =
    evidence.length < row.evidenceCount
      ? `${formatCount(evidence.length)} of ${formatCount(row.evidenceCount)} records`
      : formatCount(row.evidenceCount);
  return (
    <Section title="Evidence" count={count}>
      <ol className={styles.list}>
        {shown.map((one) => (
          <Record key={one.eventKey} one={one} />
        ))}
      </ol>
      {evidence.length > FIRST && (
        <Button size="small" look="quiet" aria-expanded={isAll} onClick={() => setIsAll(!isAll)}>
          {isAll ? 'Show fewer' : `Show all ${formatCount(evidence.length)}`}
        </Button>
      )}
      {evidence.length < row.evidenceCount && (
        <p className={styles.hidden}>
          The other records are in Investigate:{' '}
          <a href={`#/investigate?alert=${encodeURIComponent(row.id)}`}>show all records of this alert</a>.
        </p>
      )}
    </Section>
  );
}

function Record({ one }: { readonly one: AlertEvidence }) {
  const addToCase = useAddToCase();
  const label = `Event ${one.eventId} on ${one.computer}, record ${one.recordId}`;
  const shortFile = one.file.split(/[\\/]/).at(-1) ?? one.file;
  return (
    <li className={styles.record}>
      <div className={styles.head}>
        <TimeLabel at={one.at} tick={one.tick} precision="millisecond" />
        <span className={styles.event}>{one.eventId}</span>
        <span className={styles.computer} title={one.computer}>
          {one.computer}
        </span>
        <span className={styles.tools}>
          <CopyButton label="Copy the record as JSON" text={() => JSON.stringify(one, null, 2)} />
          <Button
            look="quiet"
            size="small"
            isIcon
            aria-label={`Add to case: ${label}`}
            onClick={() => void addToCase([{ kind: 'event', key: one.eventKey, label }])}
          >
            <Briefcase />
          </Button>
          <Button
            look="quiet"
            size="small"
            isIcon
            aria-label={`Show in Investigate: ${label}`}
            onClick={() => navigate('investigate', { index: one.eventIndex })}
          >
            <Waypoints />
          </Button>
        </span>
      </div>
      <table className={styles.fields}>
        <thead className="only-read">
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Value</th>
            <th scope="col">What it says</th>
          </tr>
        </thead>
        <tbody>
          {one.fields.map(([name, value, meaning]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.value}>{value}</td>
              <td className={styles.meaning}>{meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.source} title={one.file}>
        Record {one.recordId} of {shortFile}
      </p>
    </li>
  );
}
