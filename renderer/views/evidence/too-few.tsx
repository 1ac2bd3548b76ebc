import { ListTree } from 'lucide-react';
import type { FailedNumber, FailedThreshold } from '../../../shared/model/why-not.ts';
import { navigate } from '../../app/router.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCounted } from '../../ui/number-format.ts';
import { Progress } from '../../ui/progress.tsx';
import { formatDuration } from '../../ui/time-format.ts';
import { TimeLabel } from '../../ui/time-label.tsx';
import styles from './why-not.module.css';

/** Records that matched and did not suffice: each threshold with how far it was reached, steps that lack, steps that must not be. */
export function TooFew({ group }: { readonly group: FailedThreshold }) {
  const [first] = group.sampleIndexes;
  return (
    <article className={styles.miss}>
      <header className={styles.missHead}>
        <TimeLabel at={group.firstAt} /> – <TimeLabel at={group.lastAt} />
        <strong>{formatCounted(group.count, 'record')}</strong>
        {group.distinctWords !== '' && (
          <span>
            {group.distinct} {group.distinctWords}
          </span>
        )}
        {first !== undefined && (
          <Button size="small" className={styles.open} onClick={() => navigate('investigate', { index: first })}>
            <ListTree aria-hidden="true" /> Open the first in timeline
          </Button>
        )}
      </header>
      <ul className={styles.conditions}>
        {group.thresholds.map((number) => (
          <li key={`${number.within} ${number.atLeast} ${number.step}`} className={styles.number}>
            <Progress label={numberWords(number, group.distinctWords)} value={shareOf(number)} />
            <span>{numberWords(number, group.distinctWords)}</span>
          </li>
        ))}
        {group.missingSteps.map((step) => (
          <li key={`missing ${step}`}>
            <Badge tone="warning">Lacks</Badge> <span>{step.replaceAll('-', ' ')}</span>
          </li>
        ))}
        {group.excludedBy.map((step) => (
          <li key={`excluded ${step}`}>
            <Badge tone="warning">Left to another detection</Badge> <span>because of {step.replaceAll('-', ' ')}</span>
          </li>
        ))}
      </ul>
    </article>
  );
}

/** "7 of 20 records within 30 min, 3 of 10 distinct accounts" */
export function numberWords({ found, atLeast, within, step, distinct, foundDistinct }: FailedNumber, distinctWords: string): string {
  const records = `${found} of ${formatCounted(atLeast, step === '' ? 'record' : `“${step.replaceAll('-', ' ')}”`, step === '' ? 'records' : `“${step.replaceAll('-', ' ')}”`)}`;
  return `${records} within ${formatDuration(within)}${distinct > 0 ? `, ${foundDistinct} of ${distinct} ${distinctWords}` : ''}`;
}

function shareOf({ found, atLeast, distinct, foundDistinct }: FailedNumber): number {
  return Math.min(1, found / atLeast, distinct === 0 ? 1 : foundDistinct / distinct);
}
