import { Check, ListTree, X } from 'lucide-react';
import type { Miss } from '../../../shared/model/why-not.ts';
import { navigate } from '../../app/router.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './why-not.module.css';

const LEFT_OUT = 'left out because ';
const NOT = 'not: ';

/** A record that came near: what it failed, then what held. A built-in exception that took it out is named as such. */
export function NearestMiss({ miss }: { readonly miss: Miss }) {
  return (
    <article className={styles.miss}>
      <header className={styles.missHead}>
        <TimeLabel at={miss.at} precision="second" />
        <strong>Event {miss.eventId}</strong>
        <span>on {miss.computer}</span>
        <Badge title="What the record could have been to the detection">{miss.step.replaceAll('-', ' ')}</Badge>
        {miss.alike > 1 && <span className={styles.faint}>the first of {formatCounted(miss.alike, 'record')} that failed the same</span>}
        <Button size="small" className={styles.open} onClick={() => navigate('investigate', { index: miss.eventIndex })}>
          <ListTree aria-hidden="true" /> Open in timeline
        </Button>
      </header>
      <ul className={styles.conditions}>
        {miss.failed.map((words) => (
          <li key={`failed ${words}`} className={styles.failed}>
            <X size={14} aria-label="Failed" />
            <span>{words.startsWith(LEFT_OUT) ? words.slice(LEFT_OUT.length) : words}</span>
            {words.startsWith(LEFT_OUT) && <Badge tone="warning">Built-in exception</Badge>}
          </li>
        ))}
        {miss.held.map((words) => (
          <li key={`held ${words}`} className={styles.held}>
            <Check size={14} aria-label="Held" />
            <span>{words.startsWith(NOT) ? `no exception: ${words.slice(NOT.length)}` : words}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}
